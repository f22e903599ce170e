/**
 * Makes an element. Children are nodes or text, and nothing is ever read as HTML.
 *
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Shows a text, or hides the element if there is none. What is shown already is not touched. */
export function showText(node, text) {
  node.hidden = !text;
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Sets an attribute, or removes it if the value is null. */
export function setAttribute(node, name, value) {
  if (value === null) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

/** Brings the children of a node into an order, and lets the focus stay where it is if the browser can. */
export function arrange(parent, children) {
  const wanted = new Set(children);
  [...parent.children].filter((child) => !wanted.has(child)).forEach((child) => child.remove());
  children.forEach((child, index) => {
    if (parent.children[index] !== child) {
      place(child, parent, parent.children[index] ?? null);
    }
  });
}

function place(child, parent, next) {
  if (child.parentNode === parent && "moveBefore" in parent) {
    parent.moveBefore(child, next);
  } else {
    parent.insertBefore(child, next);
  }
}

/** An address that is safe to link to: http or https. Null if it is none. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
