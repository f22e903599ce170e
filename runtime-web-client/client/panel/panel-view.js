import { EVENT_TYPES } from "../index.js";
import { stageName } from "../stage-name.js";
import { Announcer } from "./announcer.js";
import { ConnectionView } from "./connection-view.js";
import { arrange, element, setAttribute } from "./dom.js";
import { NotificationControls } from "./notification-controls.js";
import { StageRow } from "./stage-row.js";
import { SummaryView } from "./summary-view.js";

const LIST_ID = "stages";

/** Shows one stream. */
export class PanelView {
  #stream;
  #connection;
  #controls;
  /** @type {Map<string, StageRow>} */
  #rows = new Map();
  #list = element("ol", { class: "stages", id: LIST_ID });
  #summary = new SummaryView(LIST_ID, () => this.#update());
  #empty = element("p", { class: "empty", hidden: "" }, "This stack has no stages.");
  #stopListening = new AbortController();
  #isUpdateDue = false;
  root;

  /**
   * @param {import("../index.js").RuntimeStream} stream
   * @param {import("../index.js").ReviewNotifier} notifier
   * @param {{maxAge: number, label?: string}} options milliseconds for which the upstream may be silent; heading
   */
  constructor(stream, notifier, { maxAge, label }) {
    this.#stream = stream;
    const region = element("p", { class: "announcements", role: "status" });
    const announcer = new Announcer(region);
    this.#connection = new ConnectionView(stream, announcer, maxAge);
    this.#controls = new NotificationControls(notifier, stream.stackId);
    const heading = label || stream.stackId;
    this.root = element(
      "section",
      { "aria-label": `Stack ${heading}` },
      element("header", {}, element("h2", { dir: "auto" }, heading), this.#connection.badge, this.#controls.root),
      this.#connection.notice,
      this.#summary.root,
      this.#list,
      this.#empty,
      region,
    );
    this.#listen(announcer);
    this.#update();
  }

  /** Stops listening and removes the elements. The stream goes on. */
  dispose() {
    this.#stopListening.abort();
    this.#connection.dispose();
    this.#controls.dispose();
    this.root.remove();
  }

  #listen(announcer) {
    const options = { signal: this.#stopListening.signal };
    EVENT_TYPES.forEach((type) => this.#stream.addEventListener(type, () => this.#updateSoon(), options));
    this.#stream.addEventListener(
      "review-ready",
      ({ data }) => announcer.say(`${stageName(data.stageTitle, data.stageId)} is ready for review.`),
      options,
    );
  }

  /** Defers the update, so that events that arrive together cause one. */
  #updateSoon() {
    if (!this.#isUpdateDue) {
      this.#isUpdateDue = true;
      queueMicrotask(() => this.#update());
    }
  }

  #update() {
    this.#isUpdateDue = false;
    const { stages, lastEventId } = this.#stream;
    const isFolded = this.#summary.update(this.#stream);
    this.#rows = new Map(stages.map(({ id }) => [id, this.#rows.get(id) ?? new StageRow()]));
    stages.forEach((stage, index) => {
      const row = /** @type {StageRow} */ (this.#rows.get(stage.id));
      row.update(index + 1, stage, this.#stream);
      row.setFolded(isFolded && stage.status === "done");
    });
    arrange(this.#list, [...this.#rows.values()].map((row) => row.root));
    this.#empty.hidden = stages.length > 0 || lastEventId === null;
    setAttribute(this.root, "data-freshness", this.#connection.update());
  }
}
