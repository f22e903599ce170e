import { StoredJson } from "./stored-json.js";

/** Muted notifications of this browser. */
export class MuteSettings {
  #stored = new StoredJson("runtime-stream.mute", { all: false, stacks: /** @type {string[]} */ ([]) });

  /** Storage key. */
  get key() {
    return this.#stored.key;
  }

  /** Whether all stacks are muted. */
  get isAllMuted() {
    return this.#stored.read().all === true;
  }

  /** Whether this stack is muted, regardless of `isAllMuted`. */
  isStackMuted(stackId) {
    return this.#stacks().includes(stackId);
  }

  muteAll(muted) {
    this.#stored.write({ all: muted, stacks: this.#stacks() });
  }

  muteStack(stackId, muted) {
    const others = this.#stacks().filter((id) => id !== stackId);
    this.#stored.write({ all: this.isAllMuted, stacks: muted ? [...others, stackId] : others });
  }

  #stacks() {
    const { stacks } = this.#stored.read();
    return Array.isArray(stacks) ? stacks : [];
  }
}
