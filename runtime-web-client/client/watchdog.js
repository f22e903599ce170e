/** Calls back after too long a silence. Runs from the first sign of life until it barks or is stopped. */
export class Watchdog {
  #patience;
  #bark;
  #timer;
  #lastSign = 0;

  /**
   * @param {number} patience in milliseconds
   * @param {() => void} bark
   */
  constructor(patience, bark) {
    this.#patience = patience;
    this.#bark = bark;
  }

  /** Records a sign of life. */
  alive() {
    this.stop();
    this.#lastSign = Date.now();
    this.#timer = setTimeout(() => this.#expire(), this.#patience);
  }

  /** Checks at once: timers stand still while a computer sleeps, and are late in hidden tabs. */
  check() {
    if (this.#timer !== undefined && Date.now() - this.#lastSign >= this.#patience) {
      this.#expire();
    }
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #expire() {
    this.stop();
    this.#bark();
  }
}
