/**
 * Watches the page that a stream lives in.
 *
 * @param {object} on
 * @param {() => void} on.wake the network or the user is back
 * @param {() => void} on.hide the page is hidden; the browser may restore it later
 * @param {() => void} on.restore the browser restored the page
 * @returns {() => void} stops watching
 */
export function watchPage({ wake, hide, restore }) {
  const watching = new AbortController();
  const options = { signal: watching.signal };
  addEventListener("online", wake, options);
  addEventListener("pagehide", hide, options);
  addEventListener("pageshow", (event) => event.persisted && restore(), options);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake(), options);
  return () => watching.abort();
}
