import { probe } from "./probe.js";
import { EVENT_NAMES, wireEvent } from "./wire-event.js";

/**
 * Meaning of the server's close codes. 1008 (access revoked) is left out: the cookie may have been renewed meanwhile,
 * so the response to the next attempt decides whether the refusal is final.
 */
const REASONS = new Map([
  [1001, { reason: "draining" }],
  [1011, { reason: "server-error" }],
  [4404, { reason: "gone", final: true }],
]);

/**
 * Opens a WebSocket for one connection.
 *
 * @param {URL} url with the id to resume at
 * @param {{credentials: RequestCredentials, errorEvent: string, probeUrl: URL}} options `probeUrl` is the URL of the
 *     stack's state, which is refused for the same reasons and whose response can be read
 * @param {import("./sse-source.js").SourceListener} listener
 * @returns {() => void} closes it
 */
export function openWebSocket(url, { credentials, errorEvent, probeUrl }, listener) {
  const closing = new AbortController();
  const socket = new WebSocket(url);
  const on = (type, handler) => socket.addEventListener(type, handler, { signal: closing.signal });
  let opened = false;

  on("open", () => {
    opened = true;
    listener.opened();
  });
  on("message", (message) => {
    const event = parseFrame(message.data, errorEvent);
    if (event) {
      listener.event(event);
    }
  });
  on("close", async (event) => {
    const known = REASONS.get(event.code) ?? { reason: "connection-lost" };
    const failure = opened ? known : await refusal(probeUrl, credentials, closing.signal);
    if (!closing.signal.aborted) {
      closing.abort();
      listener.failed(failure);
    }
  });
  return () => {
    closing.abort();
    socket.close();
  };
}

/**
 * Requests the stack's state to find the reason. If that route is not served, its response says nothing about the
 * WebSocket.
 *
 * @returns {Promise<import("./probe.js").Failure>}
 */
async function refusal(probeUrl, credentials, signal) {
  const failure = await probe(probeUrl, credentials, signal);
  return failure.reason === "not-served" ? { reason: "connection-lost" } : failure;
}

function parseFrame(text, errorEvent) {
  let frame;
  try {
    frame = JSON.parse(text);
  } catch {
    return null;
  }
  const name = frame?.event === errorEvent ? "stream-error" : frame?.event;
  return EVENT_NAMES.includes(name) ? wireEvent(name, frame.id, frame.data) : null;
}
