/** Sentences within this time are announced together. */
const BREATH_MILLIS = 500;

/** Announces sentences to screen readers through a live region. */
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
