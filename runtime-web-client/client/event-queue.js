/**
 * The events of a stream for one reader that takes them at its own pace. Bounded: beyond the limit, the queued events
 * are replaced by one snapshot of the current state, the newest review-ready of each stage and the newest event of
 * every other type.
 *
 * @template {{type: string, data: any}} E
 * @implements {AsyncIterableIterator<E>}
 */
export class EventQueue {
  #limit;
  #snapshot;
  #leave;
  /** @type {E[]} */
  #waiting = [];
  #ended = false;
  /** Readers that wait for an event, in order of their calls. @type {(() => void)[]} */
  #readers = [];

  /**
   * @param {number} limit
   * @param {() => E | null} snapshot returns the current state as an event
   * @param {() => void} leave called once, when the queue ends
   */
  constructor(limit, snapshot, leave) {
    this.#limit = limit;
    this.#snapshot = snapshot;
    this.#leave = leave;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  /** Adds an event. */
  put(event) {
    this.#waiting.push(event);
    if (this.#waiting.length > this.#limit) {
      this.#waiting = this.#conflated();
    }
    this.#wake();
  }

  #conflated() {
    const newest = new Map();
    for (const event of this.#waiting) {
      if (event.type !== "snapshot" && event.type !== "stage-runtime") {
        newest.set(event.type === "review-ready" ? `review-ready ${event.data.stageId}` : event.type, event);
      }
    }
    const snapshot = this.#snapshot();
    return [...(snapshot ? [snapshot] : []), ...newest.values()];
  }

  /** Wakes all readers; each checks the queue again. */
  #wake() {
    const readers = this.#readers;
    this.#readers = [];
    readers.forEach((wake) => wake());
  }

  /** Ends the queue: no events follow. Idempotent. */
  end() {
    if (!this.#ended) {
      this.#ended = true;
      this.#leave();
      this.#wake();
    }
  }

  /** @returns {Promise<IteratorResult<E>>} */
  async next() {
    while (this.#waiting.length === 0 && !this.#ended) {
      await new Promise((resolve) => {
        this.#readers.push(() => resolve(undefined));
      });
    }
    const value = this.#waiting.shift();
    return value === undefined ? { done: true, value: undefined } : { done: false, value };
  }

  /** @returns {Promise<IteratorResult<E>>} */
  async return() {
    this.#waiting = [];
    this.end();
    return { done: true, value: undefined };
  }
}
