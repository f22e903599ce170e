/**
 * Why there is no stream (any more).
 *
 * @typedef {object} Failure
 * @property {string} reason
 * @property {number} [status] the HTTP status, if there was an answer
 * @property {boolean} [final] whether trying again is of no use
 * @property {string} [message] for people, as the server said it
 * @property {number} [retryAfter] how long the server wants to be left alone, in milliseconds
 */

const REASONS = new Map([
  [400, { reason: "invalid", final: true }],
  [401, { reason: "unauthenticated", final: true }],
  [403, { reason: "forbidden", final: true }],
  [404, { reason: "gone", final: true }],
  [410, { reason: "gone", final: true }],
  [429, { reason: "unavailable" }],
  [503, { reason: "unavailable" }],
]);

/**
 * Finds out why a stream is refused, which neither EventSource nor WebSocket tells: asks once more and leaves as soon as
 * the head of the answer is there.
 *
 * @param {URL} url of what is refused for the same reason
 * @param {RequestCredentials} credentials
 * @param {AbortSignal} signal ends it early
 * @returns {Promise<Failure>}
 */
export async function probe(url, credentials, signal) {
  const ended = new AbortController();
  const end = () => ended.abort();
  signal.addEventListener("abort", end);
  try {
    const response = await fetch(url, { credentials, cache: "no-store", signal: ended.signal });
    return await failure(response);
  } catch {
    return { reason: "network" };
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
}

async function failure(response) {
  if (response.ok) {
    return { reason: "connection-lost" };
  }
  const known = REASONS.get(response.status) ?? { reason: "server-error" };
  const retryAfter = parseRetryAfter(response.headers.get("Retry-After"), Date.now());
  return { ...known, status: response.status, message: await errorMessage(response), retryAfter };
}

async function errorMessage(response) {
  try {
    const message = (await response.json()).error.message;
    return typeof message === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads a `Retry-After` header: seconds, or a date.
 *
 * @param {string | null} value
 * @param {number} now
 * @returns {number | undefined} milliseconds from now
 */
export function parseRetryAfter(value, now) {
  if (!value) {
    return undefined;
  }
  const millis = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isFinite(millis) ? Math.max(0, millis) : undefined;
}
