/**
 * Watches the page that a stream lives in.
 *
 * @param {object} on
 * @param {() => void} on.wake the network is back, or the person is
 * @param {() => void} on.hide the page is left; it may come back as it was
 * @param {() => void} on.restore it did
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
