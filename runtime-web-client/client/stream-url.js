const ROUTES = { sse: "runtime/stream", websocket: "runtime/ws" };

/**
 * The address of a stack's stream.
 *
 * @param {string | URL} baseUrl of the server, with or without a slash at its end
 * @param {string} stackId
 * @param {"sse" | "websocket"} transport
 * @returns {URL}
 */
export function streamUrl(baseUrl, stackId, transport) {
  const url = routeUrl(baseUrl, stackId, ROUTES[transport]);
  if (transport === "websocket") {
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  }
  return url;
}

/**
 * The address of a stack's state, which a server with any transport has.
 *
 * @param {string | URL} baseUrl of the server, with or without a slash at its end
 * @param {string} stackId
 * @returns {URL}
 */
export function snapshotUrl(baseUrl, stackId) {
  return routeUrl(baseUrl, stackId, "runtime");
}

function routeUrl(baseUrl, stackId, route) {
  const base = new URL(baseUrl, document.baseURI);
  base.pathname = base.pathname.replace(/\/*$/, "/");
  return new URL(`api/stacks/${pathSegment(stackId)}/${route}`, base);
}

/** URLs cannot hold `.` and `..` as segments, encoded or not; the server drops the space that makes them others. */
function pathSegment(id) {
  const encoded = encodeURIComponent(id);
  return /^\.{1,2}$/.test(encoded) ? `${encoded}%20` : encoded;
}

/**
 * The same stream from an event on.
 *
 * @param {URL} url
 * @param {string | null} lastEventId
 * @returns {URL}
 */
export function resumingAt(url, lastEventId) {
  const resuming = new URL(url);
  if (lastEventId) {
    resuming.searchParams.set("lastEventId", lastEventId);
  }
  return resuming;
}
