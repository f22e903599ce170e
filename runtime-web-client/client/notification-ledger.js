import { isAfter, isKnown, parseEventId } from "./event-id.js";
import { StoredJson } from "./stored-json.js";

const KEPT = 200;
/** Longer than any tab can lag behind another. */
const CLAIM_MILLIS = 60_000;

/**
 * One transition to review: reported by the server (`id` is its own), or inferred (it lies after `since` and not after
 * `id`).
 *
 * @typedef {{stackId: string, stageId: string, id: string | null, since: string | null, inferred: boolean}} Transition
 */

/** Remembers which transitions were notified, for all tabs of this browser and over reloads. */
export class NotificationLedger {
  #stored = new StoredJson("runtime-stream.notified", { transitions: /** @type {Transition[]} */ ([]) });

  /**
   * Claims a transition for this tab.
   *
   * @param {Transition} transition
   * @returns {Promise<boolean>} whether this tab, and no other, shows the notification
   */
  async claim(transition) {
    // Transitions without an id cannot be distinguished; the notification's tag has to suffice.
    return transition.id === null || ((await holdsLock(transition)) && this.#enter(transition));
  }

  #enter(transition) {
    const { transitions } = this.#stored.read();
    const entered = Array.isArray(transitions) ? transitions : [];
    if (entered.some((other) => isSame(other, transition))) {
      return false;
    }
    this.#stored.write({ transitions: [...entered, transition].slice(-KEPT) });
    return true;
  }
}

/**
 * Writes to storage reach other tabs with a delay, so the first tab also holds a lock until they have surely arrived.
 * In browsers without locks, the notification's tag lets a second notification replace the first.
 *
 * @returns {Promise<boolean>}
 */
function holdsLock({ stackId, stageId, id }) {
  if (!("locks" in navigator)) {
    return Promise.resolve(true);
  }
  const name = `runtime-stream:notify ${JSON.stringify([stackId, stageId, id])}`;
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise((release) => setTimeout(release, CLAIM_MILLIS));
    });
  });
}

function isSame(a, b) {
  const isSameStage = a.stackId === b.stackId && a.stageId === b.stageId;
  return isSameStage && (a.id === b.id || covers(a, b.id) || covers(b, a.id));
}

/** Whether an event lies in the range of an inferred transition. */
function covers({ inferred, since, id }, eventId) {
  if (!inferred) {
    return false;
  }
  const isSameHistory = parseEventId(since)?.epoch === parseEventId(id)?.epoch;
  const isAfterBegin = isAfter(eventId, since);
  const isBeforeEnd = isKnown(eventId, id);
  return isSameHistory ? isAfterBegin && isBeforeEnd : isAfterBegin || isBeforeEnd;
}
