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
  [429, { reason: "unavailable" }],
  [503, { reason: "unavailable" }],
]);

/** A 404 with the code `not-found`. */
const GONE = { reason: "gone", final: true };

/** A 404 that says nothing about the stack: a transport that is switched off, or a proxy's own page. */
const NOT_SERVED = { reason: "not-served" };

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
    return { reason: (await answersForeignPages(url, ended.signal)) ? "origin-not-allowed" : "network" };
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
}

/**
 * Whether a server of another origin answers at all. A browser hides an answer that this page may not read behind the
 * same error as a server that is down, unless the page does not want to read it.
 */
async function answersForeignPages(url, signal) {
  if (new URL(url).origin === globalThis.location?.origin) {
    return false;
  }
  try {
    await fetch(url, { mode: "no-cors", credentials: "omit", cache: "no-store", signal });
    return true;
  } catch {
    return false;
  }
}

async function failure(response) {
  if (response.ok) {
    return { reason: "connection-lost" };
  }
  const { code, message } = await errorOf(response);
  const retryAfter = parseRetryAfter(response.headers.get("Retry-After"), Date.now());
  return { ...meaning(response.status, code), status: response.status, message, retryAfter };
}

function meaning(status, code) {
  if (code === "origin-not-allowed") {
    return { reason: "origin-not-allowed" };
  }
  if (status === 404) {
    return code === "not-found" ? GONE : NOT_SERVED;
  }
  return REASONS.get(status) ?? { reason: "server-error" };
}

/** The error of an answer; empty if the answer is not from this server. */
async function errorOf(response) {
  try {
    const { code, message } = (await response.json()).error;
    return { code, message: typeof message === "string" ? message : undefined };
  } catch {
    return {};
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
