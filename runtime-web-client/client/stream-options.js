import { SERVER_BASE_URL } from "./base-url.js";

const DEFAULT_HEARTBEAT_MILLIS = 15_000;

/**
 * Validates the options of a stream and adds the defaults. An undefined option counts as absent.
 *
 * @param {import("./index.js").RuntimeStreamOptions} options
 * @returns {Required<import("./index.js").RuntimeStreamOptions>}
 */
export function withDefaults(options) {
  const defined = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  /** @type {Required<import("./index.js").RuntimeStreamOptions>} */
  const all = {
    baseUrl: SERVER_BASE_URL,
    transport: "sse",
    credentials: "same-origin",
    heartbeatInterval: DEFAULT_HEARTBEAT_MILLIS,
    errorEvent: "error",
    share: true,
    ...defined,
  };
  if (!["sse", "websocket"].includes(all.transport)) {
    throw new TypeError(`A transport is "sse" or "websocket", not "${all.transport}".`);
  }
  if (!(all.heartbeatInterval > 0)) {
    throw new TypeError(`A heartbeat interval is a positive number of milliseconds, not ${all.heartbeatInterval}.`);
  }
  return all;
}
