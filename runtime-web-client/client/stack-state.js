import { isKnown } from "./event-id.js";
import { IdleAgents } from "./idle-agents.js";
import { Problems } from "./problems.js";
import { ReviewMarks } from "./review-marks.js";

/**
 * The known state of a stack: the server's events merged, whichever tab received them. Independent of connections and
 * of the page.
 *
 * @typedef {import("./wire-event.js").WireEvent & {inferred?: boolean, since?: string | null}} StackEvent an event for
 *     the page; an inferred review-ready follows from a snapshot, and lies between the ids `since` and `id`
 */
export class StackState {
  /** @type {{id: string, title: string, status: string}[]} in the stack's order */
  stages = [];
  /** @type {Map<string, any>} */
  runtimes = new Map();
  problems = new Problems();
  idleAgents = new IdleAgents();
  /** @type {string | null} where to resume */
  lastEventId = null;
  /** @type {string | null} health of the upstream, from the last heartbeat; null while it is unknown */
  upstream = null;
  /** @type {number | null} time of the next poll while the upstream is not well, by the clock of this computer */
  nextPollAt = null;
  /** @type {number | null} time of the last successful upstream call, by the clock of this computer */
  observedAt = null;
  #reviews = new ReviewMarks();

  /**
   * Applies an event.
   *
   * @param {import("./wire-event.js").WireEvent} event
   * @returns {StackEvent[]} the events for the page: this one, unless it was known, and those that follow from it
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
        this.problems.report(event.data);
        return [event];
    }
  }

  #resync({ id, data }, since) {
    const before = this.#statuses();
    this.runtimes = new Map(Object.entries(data.runtimeByStageId));
    this.stages = orderedStages(data.stages ?? [], this.runtimes);
    this.idleAgents.resynced(this.runtimes, timeOf(data));
    this.problems.retain(new Set(this.stages.map((stage) => stage.id)));
    this.#answered(data);
    const titles = new Map(this.stages.map((stage) => [stage.id, stage.title]));
    return this.#reviews.resynced(before, this.#statuses()).map((stageId) => ({
      name: "review-ready",
      id,
      since,
      inferred: true,
      data: { stageId, stageTitle: titles.get(stageId), observedAt: data.observedAt },
    }));
  }

  #merge(data) {
    const { stageId, runtime } = data;
    this.idleAgents.changed(stageId, this.runtimes.get(stageId), runtime, timeOf(data));
    this.runtimes.set(stageId, runtime);
    const known = this.stages.some((stage) => stage.id === stageId);
    const listed = known ? this.stages : [...this.stages, { id: stageId, title: stageId, status: "" }];
    this.stages = orderedStages(listed, this.runtimes);
    this.#reviews.stageChanged(stageId);
    this.problems.stageAnswered(stageId);
    this.#answered(data);
  }

  /**
   * The upstream has answered, which ends an outage. Whether all stages are well, the next heartbeat reports. A server
   * may send a state that it has known for long: its clock is the best guess of the age until the next heartbeat.
   */
  #answered(data) {
    this.observedAt = Math.max(this.observedAt ?? 0, Math.min(timeOf(data), Date.now()));
    if (this.upstream === "down") {
      this.upstream = null;
      this.nextPollAt = null;
    }
  }

  #beat({ now, upstream, observedAt, nextPollAt }) {
    this.upstream = typeof upstream === "string" ? upstream : null;
    this.problems.upstreamReported(this.upstream);
    const wait = Date.parse(nextPollAt) - Date.parse(now);
    this.nextPollAt = wait >= 0 ? Date.now() + wait : null;
    const age = Date.parse(now) - Date.parse(observedAt);
    if (age >= 0) {
      this.observedAt = Date.now() - age;
    }
  }

  #statuses() {
    return new Map(this.stages.map((stage) => [stage.id, stage.status]));
  }

  /** Everything that another tab needs to continue from here. */
  toMemory() {
    return {
      lastEventId: this.lastEventId,
      stages: this.stages,
      runtimes: [...this.runtimes],
      problems: this.problems.entries(),
      idleAgents: this.idleAgents.entries(),
      reviews: this.#reviews.entries(),
      upstream: this.upstream,
      nextPollAt: this.nextPollAt,
      observedAt: this.observedAt,
    };
  }

  /**
   * Takes over the state of another tab, unless this one is newer. Acts like a snapshot.
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
    const events = id === null ? [] : this.apply({ name: "snapshot", id, data });
    this.problems = new Problems(memory.problems);
    this.idleAgents = new IdleAgents(memory.idleAgents);
    this.#reviews = new ReviewMarks(memory.reviews);
    this.upstream = memory.upstream;
    this.nextPollAt = memory.nextPollAt ?? null;
    this.observedAt = memory.observedAt;
    return events;
  }
}

/** Time at which the server observed this, or now if it does not say so. */
const timeOf = ({ observedAt }) => Date.parse(observedAt) || Date.now();

/** A runtime is fresher than the list of stages; stages that are not listed come last. */
function orderedStages(listed, runtimes) {
  const unlisted = new Set(runtimes.keys());
  const ordered = listed.map(({ id, title, status }) => {
    unlisted.delete(id);
    return { id, title: title ?? id, status: runtimes.get(id)?.stageStatus ?? status };
  });
  const added = [...unlisted].map((id) => ({ id, title: id, status: runtimes.get(id).stageStatus }));
  return [...ordered, ...added];
}
