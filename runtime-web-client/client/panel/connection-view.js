import { element, setAttribute, showText } from "./dom.js";
import { Explanation } from "./explanation.js";
import { agePhrase, freshnessLabel, freshnessOf } from "./freshness.js";
import { reasonSentence, stackProblemSentence } from "./words.js";

const TICK_MILLIS = 1_000;
/** A shorter loss is not announced. */
const MIN_ANNOUNCED_LOSS_MILLIS = 3_000;

/** Shows whether the data is up to date; if not, its age, the next attempt and the reason. */
export class ConnectionView {
  #stream;
  #announcer;
  #maxAge;
  #state = element("span", { class: "state" });
  #age = element("span", { class: "age", hidden: "" });
  #retry = element("button", { type: "button", hidden: "" }, "Reconnect now");
  #reason = new Explanation("reason");
  #isSilent = false;
  #ticking;
  #lossTimer;
  #isLossAnnounced = false;
  #stopListening = new AbortController();

  /** The elements to show: beside the heading, and below it. */
  badge = element("div", { class: "connection" }, this.#state, this.#age, this.#retry);
  notice = this.#reason.root;

  /**
   * @param {import("../index.js").RuntimeStream} stream
   * @param {import("./announcer.js").Announcer} announcer
   * @param {number} maxAge milliseconds for which the upstream may be silent
   */
  constructor(stream, announcer, maxAge) {
    this.#stream = stream;
    this.#announcer = announcer;
    this.#maxAge = maxAge;
    this.#retry.addEventListener("click", () => stream.reconnect());
    const options = { signal: this.#stopListening.signal };
    stream.addEventListener("heartbeat", () => (this.#isSilent = this.#isOverdue()), options);
  }

  /** Shows the current state. @returns {import("./freshness.js").Freshness} */
  update() {
    this.#isSilent &&= this.#isOverdue();
    const { status, problem } = this.#stream;
    const freshness = freshnessOf(this.#stream, this.#isSilent);
    setAttribute(this.#state, "data-state", status.state);
    setAttribute(this.#state, "data-freshness", freshness);
    showText(this.#state, freshnessLabel(status.state, freshness));
    this.#retry.hidden = !(status.retryAt && ["stale", "reconnecting"].includes(status.state));
    this.#explain(status, problem);
    this.#watchAge(freshness);
    this.#watchLoss(status, freshness);
    return freshness;
  }

  /** Stops all timers and removes the elements. */
  dispose() {
    this.#stopListening.abort();
    clearInterval(this.#ticking);
    clearTimeout(this.#lossTimer);
    this.badge.remove();
    this.notice.remove();
  }

  #explain(status, problem) {
    if (status.state !== "open") {
      // That a stack does not exist needs no details.
      this.#reason.show(reasonSentence(status), status.reason === "gone" ? "" : status.message);
    } else if (problem !== null) {
      this.#reason.show(stackProblemSentence(problem), problem.message);
    } else {
      this.#reason.show(this.#isSilent ? "The source of this stack is silent." : "");
    }
  }

  /** Between two heartbeats an unchanged state is not confirmed, so only a heartbeat can show a silence. */
  #isOverdue() {
    const { observedAt } = this.#stream;
    return observedAt !== null && Date.now() - observedAt.getTime() > this.#maxAge;
  }

  #watchAge(freshness) {
    const show = () => showText(this.#age, agePhrase(this.#stream, freshness, Date.now()));
    clearInterval(this.#ticking);
    show();
    this.#ticking = this.#age.hidden ? undefined : setInterval(show, TICK_MILLIS);
  }

  #watchLoss(status, freshness) {
    const isConnected = ["open", "connecting", "closed"].includes(status.state);
    if (status.state === "closed" || (isConnected && freshness !== "outdated")) {
      clearTimeout(this.#lossTimer);
      this.#lossTimer = undefined;
      this.#announceEndOfLoss(status);
    } else {
      this.#lossTimer ??= setTimeout(() => this.#announceLoss(), MIN_ANNOUNCED_LOSS_MILLIS);
    }
  }

  #announceLoss() {
    this.#isLossAnnounced = true;
    const isOpen = this.#stream.state === "open";
    this.#announcer.say(isOpen ? "The data is not up to date." : "Connection lost. The data may be out of date.");
  }

  #announceEndOfLoss(status) {
    if (status.state === "closed") {
      this.#announcer.say(reasonSentence(status));
    } else if (this.#isLossAnnounced) {
      this.#announcer.say("The data is up to date again.");
    }
    this.#isLossAnnounced = false;
  }
}
