import { element, setAttribute, showText } from "./dom.js";
import { summaryPhrase } from "./summary.js";

/** A longer stack hides the stages that are done, until the user asks for them. */
const MAX_UNFOLDED_STAGES = 10;

/** A line that counts the stages, and a button that unfolds those that are done. */
export class SummaryView {
  #text = element("p");
  #toggle = element("button", { type: "button", class: "fold", hidden: "" });
  #isUnfolded = false;

  /** The element to show. */
  root = element("div", { class: "summary", hidden: "" }, this.#text, this.#toggle);

  /**
   * @param {string} listId id of the element with the stages
   * @param {() => void} onToggle
   */
  constructor(listId, onToggle) {
    setAttribute(this.#toggle, "aria-controls", listId);
    this.#toggle.addEventListener("click", () => {
      this.#isUnfolded = !this.#isUnfolded;
      onToggle();
    });
  }

  /**
   * Shows the counts of a stream's stages.
   *
   * @param {import("../index.js").RuntimeStream} stream
   * @returns {boolean} whether the stages that are done are folded
   */
  update({ stages, runtimeByStageId, problemByStageId }) {
    const done = stages.filter(({ status }) => status === "done").length;
    const canFold = done > 0 && stages.length > MAX_UNFOLDED_STAGES;
    this.root.hidden = stages.length < 2;
    showText(this.#text, summaryPhrase(stages, runtimeByStageId, problemByStageId));
    showText(this.#toggle, canFold ? "Done stages" : "");
    setAttribute(this.#toggle, "aria-expanded", String(this.#isUnfolded));
    return canFold && !this.#isUnfolded;
  }
}
