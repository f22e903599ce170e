/**
 * The agents that are idle although their stage is in progress, and since when.
 *
 * @typedef {{at: number, isExact: boolean}} IdleSince time in milliseconds since the epoch; not exact if the agent may
 *     have been idle before
 */
export class IdleAgents {
  /** @type {Map<string, IdleSince>} */
  #since;

  /** @param {Iterable<[string, IdleSince]>} [entries] */
  constructor(entries = []) {
    this.#since = new Map(entries);
  }

  /** The contents, in a form that can be sent to another tab. */
  entries() {
    return [...this.#since];
  }

  /** By stage id. @returns {ReadonlyMap<string, IdleSince>} */
  get byStage() {
    return this.#since;
  }

  /**
   * A stage has a new runtime.
   *
   * @param {string} stageId
   * @param {any} before its last runtime; undefined if this is the first
   * @param {any} now
   * @param {number} at time of the change
   */
  changed(stageId, before, now, at) {
    if (!isIdle(now)) {
      this.#since.delete(stageId);
    } else if (!this.#since.has(stageId)) {
      this.#since.set(stageId, { at, isExact: before !== undefined });
    }
  }

  /**
   * A snapshot has arrived. It does not say when its runtimes have changed.
   *
   * @param {Map<string, any>} runtimes by stage id
   * @param {number} at time of the snapshot
   */
  resynced(runtimes, at) {
    const idle = [...runtimes].filter(([, runtime]) => isIdle(runtime));
    this.#since = new Map(idle.map(([id]) => [id, this.#since.get(id) ?? { at, isExact: false }]));
  }
}

const isIdle = (runtime) => runtime?.stageStatus === "in-progress" && runtime.runtimeState === "idle";
