/**
 * Infers reviews that became ready from snapshots, which show the outcome but not the transition, and reports none
 * twice when the server's own review-ready comes before or after the snapshot.
 *
 * A stage is marked while its review-ready and its state may be out of step: `announced` if the review-ready came
 * first, `inferred` if the snapshot did. The stage's next runtime clears the mark, since the server sends a new
 * review-ready only after the runtime that shows the transition.
 */
export class ReviewMarks {
  /** @type {Map<string, "announced" | "inferred">} */
  #marks;

  /** @param {Iterable<[string, "announced" | "inferred"]>} [marks] */
  constructor(marks = []) {
    this.#marks = new Map(marks);
  }

  /** The marks, in a form that can be sent to another tab. */
  entries() {
    return [...this.#marks];
  }

  /** A stage has a new runtime. */
  stageChanged(stageId) {
    this.#marks.delete(stageId);
  }

  /** The server reports that a review is ready. Returns false if it was reported already. */
  announced(stageId) {
    const isNews = this.#marks.get(stageId) !== "inferred";
    this.#marks.delete(stageId);
    if (isNews) {
      this.#marks.set(stageId, "announced");
    }
    return isNews;
  }

  /**
   * A snapshot has arrived.
   *
   * @param {Map<string, string>} before the statuses before the snapshot, by stage id
   * @param {Map<string, string>} now the statuses of the snapshot
   * @returns {string[]} the stages whose reviews became ready in between and were not announced
   */
  resynced(before, now) {
    const inferred = [...now.keys()].filter(
      (id) => before.get(id) === "in-progress" && now.get(id) === "review" && this.#marks.get(id) !== "announced",
    );
    const open = [...this.#marks.keys()].filter((id) => this.#marks.get(id) === "inferred" && now.get(id) === "review");
    this.#marks = new Map([...open, ...inferred].map((id) => [id, "inferred"]));
    return inferred;
  }
}
