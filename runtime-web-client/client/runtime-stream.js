import { Connection } from "./connection.js";
import { EventQueue } from "./event-queue.js";
import { watchPage } from "./page-events.js";
import { EVENT_TYPES, RuntimeEvent } from "./runtime-event.js";
import { SharedConnection, canShare } from "./shared-connection.js";
import { openEventSource } from "./sse-source.js";
import { StackState } from "./stack-state.js";
import { withDefaults } from "./stream-options.js";
import { resumingAt, snapshotUrl, streamUrl } from "./stream-url.js";
import { openWebSocket } from "./websocket-source.js";

/** A connection counts as dead after this many heartbeat intervals without any event. */
const PATIENCE_IN_HEARTBEATS = 2.5;
const ITERATOR_LIMIT = 256;

/**
 * The runtime of one stack, kept up to date over one connection for all tabs of this origin. It connects by itself, and
 * reconnects whenever the connection is lost, until `stop()` is called or the stack is gone.
 */
export class RuntimeStream extends EventTarget {
  #options;
  #state = new StackState();
  /** @type {import("./connection.js").StreamStatus} */
  #status = { state: "connecting" };
  #isFresh = true;
  #link;
  #unwatchPage;

  /**
   * @param {string} stackId
   * @param {import("./index.js").RuntimeStreamOptions} [options]
   */
  constructor(stackId, options = {}) {
    super();
    this.stackId = String(stackId).trim();
    if (this.stackId === "") {
      throw new TypeError("A stack id must not be blank.");
    }
    this.#options = withDefaults(options);
    this.#link = this.#newLink();
    this.#unwatchPage = watchPage({
      wake: () => this.#link.nudge(),
      hide: () => this.#link.stop(),
      restore: () => this.#link.start({ state: "reconnecting", reason: "page-restored" }),
    });
    // Deferred, so that the caller can add listeners first.
    queueMicrotask(() => this.#isClosed || this.#link.start(this.#status));
  }

  /** State of the connection: `connecting`, `open`, `stale`, `reconnecting` or `closed`. */
  get state() {
    return this.#status.state;
  }

  /** State of the connection, with the reason. */
  get status() {
    return this.#status;
  }

  /** All stages, in the stack's order. */
  get stages() {
    return this.#state.stages;
  }

  /** The known runtimes, by stage id. @returns {ReadonlyMap<string, import("./index.js").StageRuntime>} */
  get runtimeByStageId() {
    return this.#state.runtimes;
  }

  /** Current failure of the stack as a whole, or null. */
  get problem() {
    return this.#state.problems.ofStack;
  }

  /** Current failures of single stages, by stage id. */
  get problemByStageId() {
    return this.#state.problems.ofStages;
  }

  /** The agents that are idle although their stage is in progress, by stage id. */
  get idleSinceByStageId() {
    return this.#state.idleAgents.byStage;
  }

  /** Health of the server's upstream: `ok`, `degraded` or `down`; null while it is unknown. */
  get upstream() {
    return this.#state.upstream;
  }

  /** Time of the server's next poll while the upstream is not well; otherwise null. */
  get nextPollAt() {
    return this.#state.nextPollAt === null ? null : new Date(this.#state.nextPollAt);
  }

  /** Time at which the state was last confirmed; null before the first snapshot. */
  get observedAt() {
    return this.#state.observedAt === null ? null : new Date(this.#state.observedAt);
  }

  /** The id of the last event. */
  get lastEventId() {
    return this.#state.lastEventId;
  }

  /** Starts the next attempt at once, if the stream is waiting for one. */
  reconnect() {
    this.#link.nudge();
  }

  /** Closes the stream; it cannot be restarted. Idempotent. */
  stop() {
    if (!this.#isClosed) {
      this.#setStatus({ state: "closed", reason: "stopped" });
    }
  }

  /** All events from now on, until the stream is closed. */
  [Symbol.asyncIterator]() {
    const put = (event) => queue.put(event);
    const closed = () => this.#isClosed && queue.end();
    const queue = new EventQueue(ITERATOR_LIMIT, () => this.#snapshot(), () => {
      EVENT_TYPES.forEach((type) => this.removeEventListener(type, put));
      this.removeEventListener("state", closed);
    });
    EVENT_TYPES.forEach((type) => this.addEventListener(type, put));
    this.addEventListener("state", closed);
    closed();
    return queue;
  }

  get #isClosed() {
    return this.#status.state === "closed";
  }

  #newLink() {
    const { baseUrl, transport, credentials, share, heartbeatInterval } = this.#options;
    const patience = heartbeatInterval * PATIENCE_IN_HEARTBEATS;
    const listener = {
      event: (event) => this.#emit(this.#state.apply(event)),
      status: (status) => this.#setStatus(status),
      memory: () => this.#state.toMemory(),
      adopt: (memory) => this.#emit(this.#state.adopt(memory)),
    };
    const open = this.#sourceOpener();
    if (!share || !canShare()) {
      return new Connection(open, patience, listener);
    }
    const name = `${credentials} ${streamUrl(baseUrl, this.stackId, transport)}`;
    return new SharedConnection(name, patience, (own) => new Connection(open, patience, own), listener);
  }

  /** @returns {import("./connection.js").OpenSource} */
  #sourceOpener() {
    const { baseUrl, transport, credentials, errorEvent } = this.#options;
    const url = streamUrl(baseUrl, this.stackId, transport);
    const probeUrl = snapshotUrl(baseUrl, this.stackId);
    const openSource = transport === "websocket" ? openWebSocket : openEventSource;
    return (listener) =>
      openSource(resumingAt(url, this.lastEventId), { credentials, errorEvent, probeUrl }, listener);
  }

  /** @param {import("./stack-state.js").StackEvent[]} events */
  #emit(events) {
    for (const event of events) {
      if (!this.#isClosed) {
        this.dispatchEvent(new RuntimeEvent(event.name, event.data, event));
      }
    }
  }

  #setStatus(status) {
    if (JSON.stringify(status) === JSON.stringify(this.#status) && !this.#isFresh) {
      return;
    }
    this.#isFresh = false;
    this.#status = status;
    if (this.#isClosed) {
      this.#unwatchPage();
      this.#link.stop();
    }
    this.dispatchEvent(new RuntimeEvent("state", status));
  }

  #snapshot() {
    const { stages, runtimes, lastEventId } = this.#state;
    const data = { stackId: this.stackId, runtimeByStageId: Object.fromEntries(runtimes), stages };
    return new RuntimeEvent("snapshot", data, { id: lastEventId });
  }
}
