/**
 * Tells reviews that become ready while nobody can say so (a snapshot shows the outcome, not the transition), without
 * telling one twice when the server's own word comes before or after that snapshot.
 *
 * A stage is marked while the server's word and its state may be out of step: `told` if the word came first,
 * `inferred` if the snapshot did. The stage's next runtime ends that, as the server tells a new transition only after
 * the runtime that shows it.
 */
export class ReviewMarks {
  /** @type {Map<string, "told" | "inferred">} */
  #marks;

  /** @param {Iterable<[string, "told" | "inferred"]>} [marks] */
  constructor(marks = []) {
    this.#marks = new Map(marks);
  }

  /** For another tab. */
  entries() {
    return [...this.#marks];
  }

  /** A stage has a new runtime. */
  stageChanged(stageId) {
    this.#marks.delete(stageId);
  }

  /** The server says that a review is ready; false if that was told already. */
  announced(stageId) {
    const isNews = this.#marks.get(stageId) !== "inferred";
    this.#marks.delete(stageId);
    if (isNews) {
      this.#marks.set(stageId, "told");
    }
    return isNews;
  }

  /**
   * A snapshot has come.
   *
   * @param {Map<string, string>} before the statuses that were known, by stage id
   * @param {Map<string, string>} now the statuses of the snapshot
   * @returns {string[]} the stages whose reviews have become ready in between, and were not told
   */
  resynced(before, now) {
    const inferred = [...now.keys()].filter(
      (id) => before.get(id) === "in-progress" && now.get(id) === "review" && this.#marks.get(id) !== "told",
    );
    const open = [...this.#marks.keys()].filter((id) => this.#marks.get(id) === "inferred" && now.get(id) === "review");
    this.#marks = new Map([...open, ...inferred].map((id) => [id, "inferred"]));
    return inferred;
  }
}
