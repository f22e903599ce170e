import { Backoff } from "./backoff.js";
import { Watchdog } from "./watchdog.js";

/** A connection that lasted this long was a good one: the next failure begins with short delays again. */
const GOOD_CONNECTION_MILLIS = 10_000;

/**
 * How a stream stands.
 *
 * @typedef {object} StreamStatus
 * @property {"connecting" | "open" | "stale" | "reconnecting" | "closed"} state
 * @property {string} [reason] why it is not open
 * @property {string} [message] what the server said about it
 * @property {number} [retryAt] when the next attempt begins, in milliseconds since the epoch
 *
 * @typedef {object} ConnectionListener
 * @property {(event: import("./wire-event.js").WireEvent) => void} event
 * @property {(status: StreamStatus) => void} status
 *
 * @typedef {(listener: import("./sse-source.js").SourceListener) => () => void} OpenSource opens one connection, and
 *     gives what closes it
 */

/**
 * A connection that is kept: it comes back whenever it is lost, for ever, unless the server says that there is nothing
 * to come back to.
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
   * @param {number} patience after how many milliseconds without a sign of life the connection counts as dead
   * @param {ConnectionListener} listener
   */
  constructor(open, patience, listener) {
    this.#open = open;
    this.#listener = listener;
    this.#watchdog = new Watchdog(patience, () => this.#retry("stale", { reason: "timeout" }));
  }

  /** @param {StreamStatus} status how it begins */
  start(status) {
    this.#running = true;
    this.#connect(status);
  }

  /** Ends it without a word. Idempotent. */
  stop() {
    this.#running = false;
    this.#leave();
  }

  /** The network or the person is back: does not wait any longer, unless the server asked for it. */
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

  /** Drops what there is of the present attempt, or of the wait for the next. */
  #leave() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#watchdog.stop();
    this.#closeSource();
    this.#closeSource = () => {};
  }
}
