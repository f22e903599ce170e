const ROUTES = { sse: "runtime/stream", websocket: "runtime/ws" };

/**
 * Returns the URL of a stack's stream.
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
 * Returns the URL of a stack's state, which every server has, whatever its transports.
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

/** URLs cannot hold `.` and `..` as segments, encoded or not, so a space is added, which the server drops. */
function pathSegment(id) {
  const encoded = encodeURIComponent(id);
  return /^\.{1,2}$/.test(encoded) ? `${encoded}%20` : encoded;
}

/**
 * Returns the URL of the same stream, resumed after an event.
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
