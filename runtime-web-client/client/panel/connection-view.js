import { element, setAttribute, showText } from "./dom.js";
import { durationPhrase, reasonSentence, stateWord } from "./words.js";

const TICK_MILLIS = 1_000;
/** A loss that is over sooner is not worth a word. */
const LOSS_WORTH_SAYING_MILLIS = 3_000;

/** How the connection stands, and how old what is shown is. */
export class ConnectionView {
  #stream;
  #announcer;
  #state = element("span", { class: "state" });
  #age = element("span", { class: "age", hidden: "" });
  #retry = element("button", { type: "button", hidden: "" }, "Reconnect now");
  #reason = element("p", { class: "reason", hidden: "" });
  #ticking;
  #lossTimer;
  #isLossSaid = false;

  /** The elements to show: beside the heading, and below it. */
  badge = element("div", { class: "connection" }, this.#state, this.#age, this.#retry);
  notice = this.#reason;

  /**
   * @param {import("../index.js").RuntimeStream} stream
   * @param {import("./announcer.js").Announcer} announcer
   */
  constructor(stream, announcer) {
    this.#stream = stream;
    this.#announcer = announcer;
    this.#retry.addEventListener("click", () => stream.reconnect());
  }

  /** Shows how it stands now. */
  update() {
    const { status, problem } = this.#stream;
    setAttribute(this.#state, "data-state", status.state);
    showText(this.#state, stateWord(status.state));
    this.#retry.hidden = !(status.retryAt && ["stale", "reconnecting"].includes(status.state));
    showText(this.#reason, status.state === "open" ? (problem?.message ?? "") : reasonSentence(status));
    this.#watchAge();
    this.#watchLoss(status);
  }

  /** Ends it. */
  dispose() {
    clearInterval(this.#ticking);
    clearTimeout(this.#lossTimer);
    this.badge.remove();
    this.notice.remove();
  }

  #watchAge() {
    const { state, upstream, problem, observedAt } = this.#stream;
    const isOld = observedAt !== null && (state !== "open" || upstream === "down" || problem !== null);
    clearInterval(this.#ticking);
    this.#ticking = isOld && state !== "closed" ? setInterval(() => this.#showAge(), TICK_MILLIS) : undefined;
    this.#age.hidden = !isOld;
    if (isOld) {
      this.#showAge();
    }
  }

  #showAge() {
    const observedAt = this.#stream.observedAt ?? new Date();
    showText(this.#age, `as of ${durationPhrase(Date.now() - observedAt.getTime())} ago`);
  }

  #watchLoss(status) {
    if (status.state === "open" || status.state === "closed") {
      clearTimeout(this.#lossTimer);
      this.#lossTimer = undefined;
      this.#sayEndOfLoss(status);
    } else if (status.state !== "connecting") {
      this.#lossTimer ??= setTimeout(() => {
        this.#isLossSaid = true;
        this.#announcer.say("The connection is lost. What is shown may be out of date.");
      }, LOSS_WORTH_SAYING_MILLIS);
    }
  }

  #sayEndOfLoss(status) {
    if (status.state === "closed") {
      this.#announcer.say(reasonSentence(status));
    } else if (this.#isLossSaid) {
      this.#announcer.say("Connected again.");
    }
    this.#isLossSaid = false;
  }
}
