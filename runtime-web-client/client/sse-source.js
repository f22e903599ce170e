import { probe } from "./probe.js";
import { EVENT_NAMES, parseWireEvent } from "./wire-event.js";

/**
 * Receives the events of a source. `failed` is the last call.
 *
 * @typedef {object} SourceListener
 * @property {() => void} opened
 * @property {(event: import("./wire-event.js").WireEvent) => void} event
 * @property {(failure: import("./probe.js").Failure) => void} failed
 */

/**
 * Opens an EventSource for one connection. The browser's own reconnects are not used: they have no back-off, and stop
 * for good at the first response that is not a 200.
 *
 * @param {URL} url with the id to resume at
 * @param {{credentials: RequestCredentials, errorEvent: string}} options
 * @param {SourceListener} listener
 * @returns {() => void} closes it
 */
export function openEventSource(url, { credentials, errorEvent }, listener) {
  const closing = new AbortController();
  const source = new EventSource(url, { withCredentials: credentials === "include" });
  const on = (type, handler) => source.addEventListener(type, handler, { signal: closing.signal });
  const close = () => {
    closing.abort();
    source.close();
  };

  let opened = false;

  const refused = async () => {
    const failure = await probe(url, credentials, closing.signal);
    if (!closing.signal.aborted) {
      listener.failed(failure);
    }
  };
  const broken = () => {
    // The browser itself closes an open source only when the page is unloaded.
    const wasRefused = !opened && source.readyState === EventSource.CLOSED;
    source.close();
    if (wasRefused) {
      refused();
    } else {
      close();
      listener.failed({ reason: "connection-lost" });
    }
  };
  const emit = (name, message) => listener.event(parseWireEvent(name, message.lastEventId, message.data));

  on("open", () => {
    opened = true;
    listener.opened();
  });
  on("error", (event) => {
    // The server's own error event has data; an error of the connection has none.
    if (!(event instanceof MessageEvent)) {
      broken();
    } else if (errorEvent === "error") {
      emit("stream-error", event);
    }
  });
  for (const name of EVENT_NAMES) {
    const type = name === "stream-error" ? errorEvent : name;
    if (type !== "error") {
      on(type, (event) => emit(name, event));
    }
  }
  return close;
}
