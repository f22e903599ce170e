/** What is said within this time is said in one go. */
const BREATH_MILLIS = 500;

/** Says things to screen readers, by a live region that it fills. */
export class Announcer {
  #region;
  /** @type {string[]} */
  #pending = [];
  #timer;

  /** @param {HTMLElement} region */
  constructor(region) {
    this.#region = region;
  }

  /** @param {string} sentence */
  say(sentence) {
    this.#pending.push(sentence);
    this.#timer ??= setTimeout(() => this.#speak(), BREATH_MILLIS);
  }

  #speak() {
    this.#timer = undefined;
    this.#region.textContent = [...new Set(this.#pending)].join(" ");
    this.#pending = [];
  }
}
