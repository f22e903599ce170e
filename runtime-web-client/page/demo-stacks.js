/**
 * Shows links to the stacks of the server's demo. Shows nothing if there are none.
 *
 * @param {string[]} stackIds
 * @param {string} current
 */
export function showDemoStacks(stackIds, current) {
  const nav = /** @type {HTMLElement} */ (document.querySelector("#demo"));
  nav.hidden = stackIds.length === 0;
  nav.querySelector("ul")?.append(...stackIds.map((id) => item(id, id === current)));
}

function item(stackId, isCurrent) {
  const link = document.createElement("a");
  link.href = `?${new URLSearchParams({ stack: stackId })}`;
  link.textContent = stackId;
  if (isCurrent) {
    link.setAttribute("aria-current", "page");
  }
  const listItem = document.createElement("li");
  listItem.append(link);
  return listItem;
}
