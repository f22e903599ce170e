/**
 * Creates an element. Children are nodes or text; nothing is parsed as HTML.
 *
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    created.setAttribute(name, value);
  }
  created.append(...children);
  return created;
}

/** Shows a text, or hides the element if it is empty. Does not touch the node if the text is the same. */
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

/** Orders the children of a node, and keeps the focus if the browser can. */
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

/** Returns a URL that is safe to link to (http or https), or null. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
