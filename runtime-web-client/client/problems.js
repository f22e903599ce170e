/**
 * What is wrong at the moment. The server tells a failure when it begins, and that it is over by the next runtime of the
 * stage or by its heartbeats.
 *
 * @typedef {{code: string, message: string}} Problem
 */
export class Problems {
  /** @type {Map<string, Problem>} */
  #ofStages = new Map();
  /** @type {Problem | null} */
  #ofStack = null;

  /** @param {{stack: Problem | null, stages: [string, Problem][]}} [entries] */
  constructor({ stack, stages } = { stack: null, stages: [] }) {
    this.#ofStack = stack;
    this.#ofStages = new Map(stages);
  }

  /** For another tab. */
  entries() {
    return { stack: this.#ofStack, stages: [...this.#ofStages] };
  }

  /** Of the stack as a whole; null if there is none. */
  get ofStack() {
    return this.#ofStack;
  }

  /** By stage id. @type {ReadonlyMap<string, Problem>} */
  get ofStages() {
    return this.#ofStages;
  }

  /** The server tells a failure. */
  tell({ code, message, stageId }) {
    const problem = { code, message: String(message ?? code) };
    if (typeof stageId === "string") {
      this.#ofStages.set(stageId, problem);
    } else if (code !== "malformed-event") {
      this.#ofStack = problem;
    }
  }

  /** A stage has a new runtime, so both it and its stack can be asked. */
  stageAnswered(stageId) {
    this.#ofStages.delete(stageId);
    this.#ofStack = null;
  }

  /** A snapshot names the stages that there are. */
  retain(stageIds) {
    for (const stageId of this.#ofStages.keys()) {
      if (!stageIds.has(stageId)) {
        this.#ofStages.delete(stageId);
      }
    }
    this.#ofStack = null;
  }

  /** A heartbeat says how the upstream does. */
  heard(upstream) {
    if (upstream === "ok") {
      this.#ofStages.clear();
    }
    if (upstream !== "down") {
      this.#ofStack = null;
    }
  }
}
