/**
 * Why a stream failed or was refused.
 *
 * @typedef {object} Failure
 * @property {string} reason
 * @property {number} [status] the HTTP status, if there was a response
 * @property {boolean} [final] whether retrying is pointless
 * @property {string} [message] the server's text, for people
 * @property {number} [retryAfter] the delay that the server asks for, in milliseconds
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
 * Finds out why a stream was refused, since neither EventSource nor WebSocket exposes the response: sends another
 * request and aborts it once the head of the response and any error body have been read.
 *
 * @param {URL} url a resource that is refused for the same reasons
 * @param {RequestCredentials} credentials
 * @param {AbortSignal} signal aborts the request
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

/** The error object of a response; empty if the response is not from this server. */
async function errorOf(response) {
  try {
    const { code, message } = (await response.json()).error;
    return { code, message: typeof message === "string" ? message : undefined };
  } catch {
    return {};
  }
}

/**
 * Parses a `Retry-After` header: seconds, or a date.
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
