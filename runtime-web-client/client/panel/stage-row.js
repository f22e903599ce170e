import { stageName } from "../stage-name.js";
import { element, setAttribute, showText, webAddress } from "./dom.js";
import { Explanation } from "./explanation.js";
import { activityWord, idlePhrase, requestPhrase, stageProblemSentence, statusWord, todosPhrase } from "./words.js";

/** A longer title may be clamped, so it is also the tooltip. */
const MAX_SHORT_TITLE = 60;

/** The row of one stage; kept as long as the stage exists. */
export class StageRow {
  #marker = element("span", { class: "marker", "aria-hidden": "true" });
  #title = element("span", { class: "title", dir: "auto" });
  #badge = element("span", { class: "badge", dir: "auto" });
  #activity = element("span", { class: "activity", hidden: "" });
  #progress = /** @type {HTMLProgressElement} */ (element("progress"));
  #todosText = element("span");
  #todos = element("div", { class: "todos", hidden: "" }, this.#progress, this.#todosText);
  #number = element("span");
  #requestTitle = element("bdi");
  #link = element("a", { target: "_blank", rel: "noopener noreferrer" }, this.#number, this.#requestTitle);
  #requestText = element("span");
  #request = element("p", { class: "request", hidden: "" }, this.#link, " ", this.#requestText);
  #problem = new Explanation("problem");

  /** The element to show. */
  root = element(
    "li",
    { class: "stage" },
    this.#marker,
    element("div", { class: "headline" }, this.#title, this.#badge, this.#activity),
    element("div", { class: "details" }, this.#todos, this.#request, this.#problem.root),
  );

  /**
   * @param {number} position from 1
   * @param {import("../index.js").Stage} stage
   * @param {import("../index.js").RuntimeStream} stream
   */
  update(position, stage, { runtimeByStageId, problemByStageId, idleSinceByStageId }) {
    const runtime = runtimeByStageId.get(stage.id);
    const problem = problemByStageId.get(stage.id);
    setAttribute(this.root, "data-status", String(stage.status));
    showText(this.#marker, String(position));
    const name = stageName(stage.title, stage.id);
    showText(this.#title, name);
    setAttribute(this.#title, "title", name.length > MAX_SHORT_TITLE ? name : null);
    showText(this.#badge, statusWord(stage.status));
    this.#updateActivity(runtime, idleSinceByStageId.get(stage.id));
    this.#updateTodos(name, runtime);
    this.#updateRequest(runtime?.pullRequest);
    setAttribute(this.root, "data-freshness", problem ? "outdated" : null);
    this.#problem.show(problem ? stageProblemSentence(problem) : "", problem?.message);
  }

  /** Hides or shows the row. One that has the focus stays. */
  setFolded(isFolded) {
    this.root.hidden = isFolded && !this.root.matches(":focus-within");
  }

  #updateActivity(runtime, idleSince) {
    const text = idleSince ? idlePhrase(idleSince, new Date()) : activityWord(runtime?.runtimeState);
    showText(this.#activity, text);
    setAttribute(this.#activity, "data-activity", String(runtime?.runtimeState ?? ""));
  }

  #updateTodos(name, runtime) {
    const completed = Number(runtime?.todoCompleted);
    const total = Number(runtime?.todoTotal);
    this.#todos.hidden = !(total > 0);
    if (total > 0) {
      this.#progress.max = total;
      this.#progress.value = completed;
      setAttribute(this.#progress, "aria-label", `Todos of ${name}`);
      showText(this.#todosText, todosPhrase(completed, total));
    }
  }

  #updateRequest(request) {
    this.#request.hidden = !request;
    if (request) {
      showText(this.#number, request.number ? `#${request.number} ` : "");
      showText(this.#requestTitle, request.title || (request.number ? "" : "Pull request"));
      setAttribute(this.#link, "href", webAddress(request.url));
      showText(this.#requestText, requestPhrase(request));
    }
  }
}
