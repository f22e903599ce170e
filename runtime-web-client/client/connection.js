import { Backoff } from "./backoff.js";
import { Watchdog } from "./watchdog.js";

/** A connection that lasted this long resets the back-off: the next failure starts with short delays again. */
const GOOD_CONNECTION_MILLIS = 10_000;

/**
 * The status of a stream.
 *
 * @typedef {object} StreamStatus
 * @property {"connecting" | "open" | "stale" | "reconnecting" | "closed"} state
 * @property {string} [reason] why it is not open
 * @property {string} [message] the server's explanation
 * @property {number} [retryAt] time of the next attempt, in milliseconds since the epoch
 *
 * @typedef {object} ConnectionListener
 * @property {(event: import("./wire-event.js").WireEvent) => void} event
 * @property {(status: StreamStatus) => void} status
 *
 * @typedef {(listener: import("./sse-source.js").SourceListener) => () => void} OpenSource opens one connection and
 *     returns a function that closes it
 */

/**
 * A connection that reconnects whenever it is lost. It gives up only if the server reports a final failure, such as a
 * stack that does not exist.
 */
export class Connection {
  #open;
  #listener;
  #watchdog;
  #backoff = new Backoff();
  #running = false;
  /** @type {() => void} */
  #closeSource = () => {};
  #timer;
  #openedAt = Infinity;
  #notBefore = 0;

  /**
   * @param {OpenSource} open
   * @param {number} patience milliseconds without any event after which the connection counts as dead
   * @param {ConnectionListener} listener
   */
  constructor(open, patience, listener) {
    this.#open = open;
    this.#listener = listener;
    this.#watchdog = new Watchdog(patience, () => this.#retry("stale", { reason: "timeout" }));
  }

  /** @param {StreamStatus} status the initial status */
  start(status) {
    this.#running = true;
    this.#connect(status);
  }

  /** Closes the connection without reporting a status. Idempotent. */
  stop() {
    this.#running = false;
    this.#leave();
  }

  /** The network or the user is back: retries at once, unless the server asked for a delay. */
  nudge() {
    if (this.#timer === undefined) {
      this.#watchdog.check();
    } else if (Date.now() >= this.#notBefore) {
      this.#connect({ state: "reconnecting", reason: "nudged" });
    }
  }

  #connect(status) {
    this.#leave();
    this.#listener.status(status);
    if (!this.#running) {
      return;
    }
    this.#watchdog.alive();
    this.#closeSource = this.#open({
      opened: () => this.#opened(),
      event: (event) => this.#received(event),
      failed: (failure) => this.#failed(failure),
    });
  }

  #opened() {
    this.#openedAt = Date.now();
    this.#watchdog.alive();
    this.#listener.status({ state: "open" });
  }

  #received(event) {
    this.#watchdog.alive();
    this.#listener.event(event);
    if (event.name === "stream-error" && event.data.code === "stack-not-found") {
      this.#end({ reason: "gone", message: event.data.message });
    }
  }

  #failed(failure) {
    if (failure.final) {
      this.#end(failure);
    } else {
      this.#retry("reconnecting", failure);
    }
  }

  /**
   * @param {"stale" | "reconnecting"} state
   * @param {import("./probe.js").Failure} failure
   */
  #retry(state, { reason, message, retryAfter = 0 }) {
    this.#leave();
    if (Date.now() - this.#openedAt >= GOOD_CONNECTION_MILLIS) {
      this.#backoff.reset();
    }
    this.#openedAt = Infinity;
    this.#notBefore = Date.now() + retryAfter;
    const delay = retryAfter + this.#backoff.next();
    this.#timer = setTimeout(() => this.#connect({ state: "reconnecting", reason, message }), delay);
    this.#listener.status({ state, reason, message, retryAt: Date.now() + delay });
  }

  #end({ reason, message }) {
    this.stop();
    this.#listener.status({ state: "closed", reason, message });
  }

  /** Abandons the current attempt, or the wait for the next. */
  #leave() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#watchdog.stop();
    this.#closeSource();
    this.#closeSource = () => {};
  }
}
