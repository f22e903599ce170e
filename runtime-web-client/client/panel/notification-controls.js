import { element, setAttribute, showText } from "./dom.js";

/** Buttons to allow and mute notifications. */
export class NotificationControls {
  #notifier;
  #stackId;
  #ask = element("button", { type: "button" }, "Notify me of reviews");
  #muteStack = element("button", { type: "button" }, "Mute this stack");
  #muteAll = element("button", { type: "button" }, "Mute all");
  #note = element("span", { class: "note" });
  #stopListening = new AbortController();

  /** The element to show. */
  root = element(
    "div",
    { class: "controls", role: "group", "aria-label": "Notifications" },
    this.#ask,
    this.#muteStack,
    this.#muteAll,
    this.#note,
  );

  /**
   * @param {import("../index.js").ReviewNotifier} notifier
   * @param {string} stackId
   */
  constructor(notifier, stackId) {
    this.#notifier = notifier;
    this.#stackId = stackId;
    this.#ask.addEventListener("click", () => notifier.requestPermission());
    this.#muteStack.addEventListener("click", () => notifier.setStackMuted(stackId, !notifier.isStackMuted(stackId)));
    this.#muteAll.addEventListener("click", () => (notifier.muted = !notifier.muted));
    notifier.addEventListener("change", () => this.#update(), { signal: this.#stopListening.signal });
    this.#update();
  }

  /** Stops listening and removes the element. */
  dispose() {
    this.#stopListening.abort();
    this.root.remove();
  }

  #update() {
    const { permission, muted } = this.#notifier;
    this.#ask.hidden = permission !== "default";
    this.#muteStack.hidden = permission !== "granted";
    this.#muteAll.hidden = permission !== "granted";
    setAttribute(this.#muteStack, "aria-pressed", String(this.#notifier.isStackMuted(this.#stackId)));
    setAttribute(this.#muteAll, "aria-pressed", String(muted));
    showText(this.#note, permission === "denied" ? "Notifications are blocked for this site." : "");
  }
}
