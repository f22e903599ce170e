/**
 * A JSON value under a key of `localStorage`, or in memory where a browser grants no storage.
 *
 * @template T
 */
export class StoredJson {
  #key;
  #initial;
  /** @type {string | null} */
  #inMemory = null;

  /**
   * @param {string} key
   * @param {T} initial the value while nothing readable is stored
   */
  constructor(key, initial) {
    this.#key = key;
    this.#initial = initial;
  }

  get key() {
    return this.#key;
  }

  /** @returns {T} */
  read() {
    try {
      return { ...this.#initial, ...JSON.parse(this.#text() ?? "{}") };
    } catch {
      return this.#initial;
    }
  }

  /** @param {T} value */
  write(value) {
    this.#inMemory = JSON.stringify(value);
    try {
      localStorage.setItem(this.#key, this.#inMemory);
    } catch {
      // No storage, or no space left: the value lasts as long as the page.
    }
  }

  #text() {
    try {
      return localStorage.getItem(this.#key) ?? this.#inMemory;
    } catch {
      return this.#inMemory;
    }
  }
}
