import { Watchdog } from "./watchdog.js";

/**
 * @typedef {import("./connection.js").ConnectionListener & {memory: () => any, adopt: (memory: any) => void}}
 *     SharedListener `memory` returns this tab's state, `adopt` takes over another tab's
 */

/** Whether this browser can share a connection between tabs, which requires a secure context. */
export function canShare() {
  return "locks" in navigator && "BroadcastChannel" in globalThis;
}

/**
 * One connection for all tabs of an origin. The tab that holds a lock, the leader, is connected and forwards everything
 * that it receives to the others. The lock passes to the next tab when the leader is closed or crashes; a visible tab
 * takes it when the leader seems to hang.
 */
export class SharedConnection {
  #name;
  #connect;
  #listener;
  #watchdog;
  #tab = `${Date.now()}-${Math.random()}`;
  #running = false;
  /** @type {string | null} the tab that this one listens to */
  #leader = null;
  #isAsking = false;
  /** @type {import("./connection.js").StreamStatus} */
  #status = { state: "connecting" };
  /** @type {BroadcastChannel | undefined} */
  #channel;
  /** @type {AbortController | undefined} */
  #waiting;
  /** @type {import("./connection.js").Connection | null} */
  #connection = null;
  #resign = () => {};

  /**
   * @param {string} name of the connection
   * @param {number} patience of the connection, in milliseconds
   * @param {(listener: import("./connection.js").ConnectionListener) => import("./connection.js").Connection} connect
   * @param {SharedListener} listener
   */
  constructor(name, patience, connect, listener) {
    this.#name = `runtime-stream:${name}`;
    this.#connect = connect;
    this.#listener = listener;
    this.#watchdog = new Watchdog(patience, () => this.#leaderIsSilent());
  }

  /** @param {import("./connection.js").StreamStatus} status the initial status */
  start(status) {
    this.#running = true;
    this.#reportStatus(status);
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = (message) => this.#received(message.data);
    this.#join();
    this.#waitForLead({});
  }

  /** Leaves without reporting a status; another tab takes the lead. Idempotent. */
  stop() {
    this.#running = false;
    this.#follow();
    this.#watchdog.stop();
    this.#waiting?.abort();
    this.#channel?.close();
    this.#channel = undefined;
    this.#resign();
  }

  /** See {@link import("./connection.js").Connection#nudge}; reaches the leader in any tab. */
  nudge() {
    if (this.#connection) {
      this.#connection.nudge();
    } else {
      this.#post({ kind: "nudge" });
      this.#watchdog.check();
    }
  }

  /** Asks the leader for its state. */
  #join() {
    this.#watchdog.alive();
    this.#post({ kind: "hello" });
  }

  async #waitForLead({ steal = false }) {
    this.#waiting?.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    try {
      await navigator.locks.request(this.#name, steal ? { steal } : { signal: waiting.signal }, () => this.#lead());
    } catch {
      // Either aborted, or stolen by a tab that took this one for hung.
      if (this.#running && this.#waiting === waiting) {
        this.#follow();
        this.#join();
        this.#waitForLead({});
      }
    }
  }

  /** Leads until this tab resigns. */
  #lead() {
    if (!this.#running) {
      return undefined;
    }
    const lead = new Promise((resolve) => {
      this.#resign = () => resolve(undefined);
    });
    this.#watchdog.stop();
    const connection = this.#connect({
      event: (event) => {
        this.#post({ kind: "event", event });
        this.#listener.event(event);
      },
      status: (status) => {
        this.#post({ kind: "status", status });
        this.#reportStatus(status);
      },
    });
    const isNew = this.#listener.memory().lastEventId === null;
    this.#connection = connection;
    this.#post({ kind: "lead", memory: this.#listener.memory(), status: this.#status });
    connection.start(isNew ? { state: "connecting" } : { state: "reconnecting", reason: "hand-over" });
    return lead;
  }

  #follow() {
    this.#leader = null;
    this.#connection?.stop();
    this.#connection = null;
  }

  #received(message) {
    if (!this.#connection) {
      this.#receivedFromLeader(message);
    } else if (message.kind === "hello") {
      this.#post({ kind: "welcome", to: message.from, memory: this.#listener.memory(), status: this.#status });
    } else if (message.kind === "nudge") {
      this.#connection.nudge();
    }
  }

  #receivedFromLeader(message) {
    if (message.kind === "lead" || (message.kind === "welcome" && message.to === this.#tab)) {
      this.#leader = message.from;
      this.#leaderIsAlive();
      this.#listener.adopt(message.memory);
      this.#reportStatus(message.status);
    } else if (message.kind === "event" && message.from === this.#leader) {
      this.#leaderIsAlive();
      this.#listener.event(message.event);
    } else if (message.kind === "status" && message.from === this.#leader) {
      this.#leaderIsAlive();
      this.#reportStatus(message.status);
    }
  }

  #leaderIsAlive() {
    this.#isAsking = false;
    this.#watchdog.alive();
  }

  /** Asks the leader once more, since it may have had nothing to send. Only a visible tab goes on to take the lead. */
  #leaderIsSilent() {
    if (this.#isAsking && document.visibilityState === "visible") {
      this.#isAsking = false;
      this.#waitForLead({ steal: true });
    } else {
      this.#isAsking = true;
      this.#join();
    }
  }

  #reportStatus(status) {
    this.#status = status;
    this.#listener.status(status);
  }

  #post(message) {
    this.#channel?.postMessage({ ...message, from: this.#tab });
  }
}
