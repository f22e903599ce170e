import { isKnown } from "./event-id.js";
import { Problems } from "./problems.js";
import { ReviewMarks } from "./review-marks.js";

/**
 * What is known of a stack: the server's events merged, in whichever tab they arrived. Makes no connection and knows no
 * page.
 *
 * @typedef {import("./wire-event.js").WireEvent & {inferred?: boolean, since?: string | null}} StackEvent an event for
 *     the page; an inferred review-ready is one that a snapshot shows, and lies between the ids `since` and `id`
 */
export class StackState {
  /** @type {{id: string, title: string, status: string}[]} in the stack's order */
  stages = [];
  /** @type {Map<string, any>} */
  runtimes = new Map();
  problems = new Problems();
  /** @type {string | null} where to resume */
  lastEventId = null;
  /** @type {string | null} how the upstream does, as the last heartbeat says */
  upstream = null;
  /** @type {number | null} when the upstream was last asked with success, by the clock of this computer */
  observedAt = null;
  #reviews = new ReviewMarks();

  /**
   * Takes in an event.
   *
   * @param {import("./wire-event.js").WireEvent} event
   * @returns {StackEvent[]} what to tell the page: the event, unless it was known, and what follows from it
   */
  apply(event) {
    if (event.name !== "snapshot" && isKnown(event.id, this.lastEventId)) {
      return [];
    }
    const since = this.lastEventId;
    this.lastEventId = event.id ?? since;
    switch (event.name) {
      case "snapshot":
        return [event, ...this.#resync(event, since)];
      case "stage-runtime":
        this.#merge(event.data);
        return [event];
      case "review-ready":
        return this.#reviews.announced(event.data.stageId) ? [event] : [];
      case "heartbeat":
        this.#beat(event.data);
        return [event];
      default:
        this.problems.tell(event.data);
        return [event];
    }
  }

  #resync({ id, data }, since) {
    const before = this.#statuses();
    this.runtimes = new Map(Object.entries(data.runtimeByStageId));
    this.stages = orderedStages(data.stages ?? [], this.runtimes);
    this.problems.retain(new Set(this.stages.map((stage) => stage.id)));
    this.observedAt = Date.now();
    const titles = new Map(this.stages.map((stage) => [stage.id, stage.title]));
    return this.#reviews.resynced(before, this.#statuses()).map((stageId) => ({
      name: "review-ready",
      id,
      since,
      inferred: true,
      data: { stageId, stageTitle: titles.get(stageId), observedAt: data.observedAt },
    }));
  }

  #merge({ stageId, runtime }) {
    this.runtimes.set(stageId, runtime);
    const known = this.stages.some((stage) => stage.id === stageId);
    const listed = known ? this.stages : [...this.stages, { id: stageId, title: stageId, status: "" }];
    this.stages = orderedStages(listed, this.runtimes);
    this.#reviews.stageChanged(stageId);
    this.problems.stageAnswered(stageId);
    this.observedAt = Date.now();
  }

  #beat({ now, upstream, observedAt }) {
    this.upstream = typeof upstream === "string" ? upstream : null;
    this.problems.heard(this.upstream);
    const age = Date.parse(now) - Date.parse(observedAt);
    if (age >= 0) {
      this.observedAt = Date.now() - age;
    }
  }

  #statuses() {
    return new Map(this.stages.map((stage) => [stage.id, stage.status]));
  }

  /** Everything that another tab needs to go on from here. */
  toMemory() {
    return {
      lastEventId: this.lastEventId,
      stages: this.stages,
      runtimes: [...this.runtimes],
      problems: this.problems.entries(),
      reviews: this.#reviews.entries(),
      upstream: this.upstream,
      observedAt: this.observedAt,
    };
  }

  /**
   * Takes over what another tab knows, unless this one knows more. Like a snapshot.
   *
   * @param {ReturnType<StackState["toMemory"]>} memory
   * @returns {StackEvent[]}
   */
  adopt(memory) {
    const { stages, lastEventId: id } = memory;
    const isOlder = id === null ? this.lastEventId !== null : isKnown(id, this.lastEventId);
    if (isOlder) {
      return [];
    }
    const data = { runtimeByStageId: Object.fromEntries(memory.runtimes), stages };
    const told = id === null ? [] : this.apply({ name: "snapshot", id, data });
    this.problems = new Problems(memory.problems);
    this.#reviews = new ReviewMarks(memory.reviews);
    this.upstream = memory.upstream;
    this.observedAt = memory.observedAt;
    return told;
  }
}

/** A runtime is fresher than the list of stages; a stage that no list names comes last. */
function orderedStages(listed, runtimes) {
  const unlisted = new Set(runtimes.keys());
  const ordered = listed.map(({ id, title, status }) => {
    unlisted.delete(id);
    return { id, title: title ?? id, status: runtimes.get(id)?.stageStatus ?? status };
  });
  const added = [...unlisted].map((id) => ({ id, title: id, status: runtimes.get(id).stageStatus }));
  return [...ordered, ...added];
}
