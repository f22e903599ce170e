import { MuteSettings } from "./mute-settings.js";
import { NotificationLedger } from "./notification-ledger.js";
import { stageName } from "./stage-name.js";

/**
 * Shows a browser notification when a review is ready: once per transition and browser, if the user granted permission
 * and did not mute it. Fires `change` when the permission or a mute setting has changed, in any tab.
 */
export class ReviewNotifier extends EventTarget {
  #mute = new MuteSettings();
  #ledger = new NotificationLedger();
  #content;

  /**
   * @param {object} [options]
   * @param {(review: import("./index.js").ReadyReview) => NotificationOptions & {title?: string}} [options.content]
   *     overrides the contents of a notification
   */
  constructor({ content = () => ({}) } = {}) {
    super();
    this.#content = content;
    addEventListener("storage", (event) => event.key === this.#mute.key && this.#changed());
    navigator.permissions?.query({ name: "notifications" }).then(
      (status) => status.addEventListener("change", () => this.#changed()),
      () => {}, // this browser does not report changes of the permission
    );
  }

  /** `granted`, `denied`, `default` (not asked yet), or `unsupported` by this browser. */
  get permission() {
    return "Notification" in globalThis ? Notification.permission : "unsupported";
  }

  /** Asks the user. Call it from a click handler: browsers refuse to ask otherwise. */
  async requestPermission() {
    if (this.permission === "default") {
      await Notification.requestPermission();
      this.#changed();
    }
    return this.permission;
  }

  /** Whether all stacks are muted. Kept in this browser. */
  get muted() {
    return this.#mute.isAllMuted;
  }

  set muted(muted) {
    this.#mute.muteAll(muted);
    this.#changed();
  }

  /** Whether this stack is muted, regardless of `muted`. */
  isStackMuted(stackId) {
    return this.#mute.isStackMuted(stackId);
  }

  /** Mutes or unmutes one stack. Kept in this browser. */
  setStackMuted(stackId, muted) {
    this.#mute.muteStack(stackId, muted);
    this.#changed();
  }

  /**
   * Shows notifications for this stream.
   *
   * @param {import("./index.js").RuntimeStream} stream
   * @returns {() => void} stops watching
   */
  watch(stream) {
    const ready = ({ id, since, inferred, data }) =>
      this.#notify({ stackId: stream.stackId, stageId: data.stageId, id, since, inferred }, data.stageTitle);
    stream.addEventListener("review-ready", ready);
    return () => stream.removeEventListener("review-ready", ready);
  }

  async #notify(transition, stageTitle) {
    const { stackId, stageId } = transition;
    if (this.#isWanted(stackId) && (await this.#ledger.claim(transition))) {
      this.#show({ stackId, stageId, stageTitle: stageName(stageTitle, stageId) });
    }
  }

  #isWanted(stackId) {
    return this.permission === "granted" && !this.muted && !this.isStackMuted(stackId);
  }

  #show(review) {
    const { title = "Ready for review", ...options } = this.#content(review);
    const tag = `review:${review.stackId}:${review.stageId}`;
    const body = `${review.stageTitle} (${review.stackId})`;
    try {
      const notification = new Notification(title, { body, ...options, tag });
      notification.onclick = () => {
        window.focus();
        notification.close();
        this.dispatchEvent(new CustomEvent("click", { detail: review }));
      };
    } catch {
      // Some mobile browsers have the class, but only service workers can show notifications.
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
