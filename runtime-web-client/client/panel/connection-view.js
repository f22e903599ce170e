import { element, setAttribute, showText } from "./dom.js";
import { durationPhrase, reasonSentence, stateWord } from "./words.js";

const TICK_MILLIS = 1_000;
/** A shorter loss is not announced. */
const MIN_ANNOUNCED_LOSS_MILLIS = 3_000;

/** Shows the state of the connection, and the age of data that may be out of date. */
export class ConnectionView {
  #stream;
  #announcer;
  #state = element("span", { class: "state" });
  #age = element("span", { class: "age", hidden: "" });
  #retry = element("button", { type: "button", hidden: "" }, "Reconnect now");
  #reason = element("p", { class: "reason", hidden: "" });
  #ticking;
  #lossTimer;
  #isLossAnnounced = false;

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

  /** Shows the current state. */
  update() {
    const { status, problem } = this.#stream;
    setAttribute(this.#state, "data-state", status.state);
    showText(this.#state, stateWord(status.state));
    this.#retry.hidden = !(status.retryAt && ["stale", "reconnecting"].includes(status.state));
    showText(this.#reason, status.state === "open" ? (problem?.message ?? "") : reasonSentence(status));
    this.#watchAge();
    this.#watchLoss(status);
  }

  /** Stops all timers and removes the elements. */
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
      this.#announceEndOfLoss(status);
    } else if (status.state !== "connecting") {
      this.#lossTimer ??= setTimeout(() => {
        this.#isLossAnnounced = true;
        this.#announcer.say("Connection lost. The data may be out of date.");
      }, MIN_ANNOUNCED_LOSS_MILLIS);
    }
  }

  #announceEndOfLoss(status) {
    if (status.state === "closed") {
      this.#announcer.say(reasonSentence(status));
    } else if (this.#isLossAnnounced) {
      this.#announcer.say("Connected again.");
    }
    this.#isLossAnnounced = false;
  }
}
