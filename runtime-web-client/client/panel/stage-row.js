import { element, setAttribute, showText, webAddress } from "./dom.js";
import { activityWord, requestPhrase, statusWord, todosPhrase } from "./words.js";

/** The row of one stage; kept as long as the stage exists. */
export class StageRow {
  #marker = element("span", { class: "marker", "aria-hidden": "true" });
  #title = element("span", { class: "title" });
  #badge = element("span", { class: "badge" });
  #activity = element("span", { class: "activity", hidden: "" });
  #progress = /** @type {HTMLProgressElement} */ (element("progress"));
  #todosText = element("span");
  #todos = element("div", { class: "todos", hidden: "" }, this.#progress, this.#todosText);
  #link = element("a", { target: "_blank", rel: "noopener noreferrer" });
  #requestText = element("span");
  #request = element("p", { class: "request", hidden: "" }, this.#link, " ", this.#requestText);
  #problem = element("p", { class: "problem", hidden: "" });

  /** The element to show. */
  root = element(
    "li",
    { class: "stage" },
    this.#marker,
    element("div", { class: "headline" }, this.#title, this.#badge, this.#activity),
    element("div", { class: "details" }, this.#todos, this.#request, this.#problem),
  );

  /**
   * @param {number} position from 1
   * @param {import("../index.js").Stage} stage
   * @param {import("../index.js").StageRuntime | undefined} runtime
   * @param {import("../index.js").Problem | undefined} problem
   */
  update(position, stage, runtime, problem) {
    setAttribute(this.root, "data-status", String(stage.status));
    showText(this.#marker, String(position));
    showText(this.#title, String(stage.title));
    showText(this.#badge, statusWord(stage.status));
    showText(this.#activity, activityWord(runtime?.runtimeState));
    setAttribute(this.#activity, "data-activity", String(runtime?.runtimeState ?? ""));
    this.#updateTodos(stage, runtime);
    this.#updateRequest(runtime?.pullRequest);
    setAttribute(this.root, "data-freshness", problem ? "outdated" : null);
    showText(this.#problem, problem ? `Not up to date: ${problem.message}` : "");
  }

  /** Hides or shows the row. One that has the focus stays. */
  setFolded(isFolded) {
    this.root.hidden = isFolded && !this.root.matches(":focus-within");
  }

  #updateTodos(stage, runtime) {
    const completed = Number(runtime?.todoCompleted);
    const total = Number(runtime?.todoTotal);
    this.#todos.hidden = !(total > 0);
    if (total > 0) {
      this.#progress.max = total;
      this.#progress.value = completed;
      setAttribute(this.#progress, "aria-label", `Todos of ${stage.title}`);
      showText(this.#todosText, todosPhrase(completed, total));
    }
  }

  #updateRequest(request) {
    this.#request.hidden = !request;
    if (request) {
      const title = [request.number ? `#${request.number}` : "", request.title].filter(Boolean).join(" ");
      showText(this.#link, title || "Pull request");
      setAttribute(this.#link, "href", webAddress(request.url));
      showText(this.#requestText, requestPhrase(request));
    }
  }
}
