/**
 * Failures that have not ended yet. The server reports a failure when it begins; the next runtime of the stage, or a
 * heartbeat, shows that it is over.
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

  /** The contents, in a form that can be sent to another tab. */
  entries() {
    return { stack: this.#ofStack, stages: [...this.#ofStages] };
  }

  /** Failure of the stack as a whole, or null. */
  get ofStack() {
    return this.#ofStack;
  }

  /** Failures by stage id. @type {ReadonlyMap<string, Problem>} */
  get ofStages() {
    return this.#ofStages;
  }

  /** The server reports a failure. */
  report({ code, message, stageId }) {
    const problem = { code, message: String(message ?? code) };
    if (typeof stageId === "string") {
      this.#ofStages.set(stageId, problem);
    } else if (code !== "malformed-event") {
      this.#ofStack = problem;
    }
  }

  /** A stage has a new runtime, so both the stage and its stack are reachable. */
  stageAnswered(stageId) {
    this.#ofStages.delete(stageId);
    this.#ofStack = null;
  }

  /** A snapshot lists the stages that exist. */
  retain(stageIds) {
    for (const stageId of this.#ofStages.keys()) {
      if (!stageIds.has(stageId)) {
        this.#ofStages.delete(stageId);
      }
    }
    this.#ofStack = null;
  }

  /** A heartbeat reports the health of the upstream. */
  upstreamReported(upstream) {
    if (upstream === "ok") {
      this.#ofStages.clear();
    }
    if (upstream !== "down") {
      this.#ofStack = null;
    }
  }
}
