/**
 * An event as received from the server.
 *
 * @typedef {object} WireEvent
 * @property {string} name `snapshot`, `stage-runtime`, `review-ready`, `heartbeat` or `stream-error`
 * @property {string | null} id position in the stack's history; null for heartbeats and errors
 * @property {any} data
 */

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === "string";

const SHAPES = {
  snapshot: (data) => isObject(data.runtimeByStageId) && (data.stages === undefined || Array.isArray(data.stages)),
  "stage-runtime": (data) => isText(data.stageId) && isObject(data.runtime),
  "review-ready": (data) => isText(data.stageId),
  heartbeat: () => true,
  "stream-error": (data) => isText(data.code),
};

const NUMBERED = new Set(["snapshot", "stage-runtime", "review-ready"]);

/** The names of all events that a server sends, by this library's naming. */
export const EVENT_NAMES = Object.freeze(Object.keys(SHAPES));

/**
 * Validates an event. An event that breaks the contract becomes a `stream-error`, so that it does not go unnoticed.
 *
 * @param {string} name
 * @param {string | null} id
 * @param {unknown} data
 * @returns {WireEvent}
 */
export function wireEvent(name, id, data) {
  if (isObject(data) && SHAPES[name](data)) {
    // An EventSource gives an event without an id the id of the previous one.
    return { name, id: (NUMBERED.has(name) && id) || null, data };
  }
  const message = `The server sent a ${name} event that cannot be read.`;
  return { name: "stream-error", id: null, data: { code: "malformed-event", message, retryable: true } };
}

/**
 * Parses and validates an event whose data is JSON text.
 *
 * @param {string} name
 * @param {string | null} id
 * @param {string} json
 */
export function parseWireEvent(name, id, json) {
  let data;
  try {
    data = JSON.parse(json);
  } catch {
    data = undefined;
  }
  return wireEvent(name, id, data);
}
