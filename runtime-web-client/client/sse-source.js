import { probe } from "./probe.js";
import { EVENT_NAMES, parseWireEvent } from "./wire-event.js";

/**
 * What a source tells. After `failed` it tells nothing more.
 *
 * @typedef {object} SourceListener
 * @property {() => void} opened
 * @property {(event: import("./wire-event.js").WireEvent) => void} event
 * @property {(failure: import("./probe.js").Failure) => void} failed
 */

/**
 * Opens an EventSource for one connection. Its own reconnects are not used: they know no back-off, and end for ever at
 * the first answer that is not a 200.
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
    // One that was open is closed by the browser only when the page is left.
    const wasRefused = !opened && source.readyState === EventSource.CLOSED;
    source.close();
    if (wasRefused) {
      refused();
    } else {
      close();
      listener.failed({ reason: "connection-lost" });
    }
  };
  const tell = (name, message) => listener.event(parseWireEvent(name, message.lastEventId, message.data));

  on("open", () => {
    opened = true;
    listener.opened();
  });
  on("error", (event) => {
    // The server's own error event has data, and the connection's has not.
    if (!(event instanceof MessageEvent)) {
      broken();
    } else if (errorEvent === "error") {
      tell("stream-error", event);
    }
  });
  for (const name of EVENT_NAMES) {
    const type = name === "stream-error" ? errorEvent : name;
    if (type !== "error") {
      on(type, (event) => tell(name, event));
    }
  }
  return close;
}
