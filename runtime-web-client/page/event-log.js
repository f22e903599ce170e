import { EVENT_TYPES } from "../client/index.js";

const KEPT = 200;

/** The last events of a stream, newest first. */
export class EventLog {
  #list;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#list = list;
  }

  /** @param {import("../client/index.js").RuntimeStream} stream */
  follow(stream) {
    for (const type of EVENT_TYPES) {
      stream.addEventListener(type, (event) => this.#add(event));
    }
  }

  #add({ type, id, inferred, data }) {
    const name = document.createElement("b");
    name.textContent = inferred ? `${type} (inferred)` : type;
    const entry = document.createElement("li");
    entry.append(`${new Date().toISOString().slice(11, 23)}  `, name, id ? `  ${id}` : "", `  ${JSON.stringify(data)}`);
    this.#list.prepend(entry);
    while (this.#list.childElementCount > KEPT) {
      this.#list.lastElementChild?.remove();
    }
  }
}
