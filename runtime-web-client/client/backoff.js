/**
 * Delays between attempts: exponential with full jitter, so that clients that lost their connection together do not
 * reconnect together. The nth delay is random between 0 and a ceiling that doubles from `shortest` to `longest`.
 */
export class Backoff {
  #attempts = 0;
  #shortest;
  #longest;
  #random;

  /**
   * @param {object} [options]
   * @param {number} [options.shortest] the first ceiling, in milliseconds
   * @param {number} [options.longest] the last ceiling, in milliseconds
   * @param {() => number} [options.random] returns numbers from 0 to 1
   */
  constructor({ shortest = 1_000, longest = 30_000, random = Math.random } = {}) {
    this.#shortest = shortest;
    this.#longest = longest;
    this.#random = random;
  }

  /** The next delay, in milliseconds. */
  next() {
    const ceiling = Math.min(this.#longest, this.#shortest * 2 ** this.#attempts);
    this.#attempts += 1;
    return Math.round(this.#random() * ceiling);
  }

  /** Starts over with the first ceiling, after a successful attempt. */
  reset() {
    this.#attempts = 0;
  }
}
