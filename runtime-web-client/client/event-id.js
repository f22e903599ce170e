const EVENT_ID = /^([A-Za-z0-9]+)-([0-9]{1,15})$/;

/**
 * Parses the position of an event in its stack's history.
 *
 * @param {string | null | undefined} text `<epoch>-<number>`
 * @returns {{epoch: string, number: number} | null} null if the text is not an event id
 */
export function parseEventId(text) {
  const parts = EVENT_ID.exec(text ?? "");
  return parts && { epoch: parts[1], number: Number(parts[2]) };
}

/**
 * Whether an event comes after another one of the same history. Events of different histories have no order.
 *
 * @param {string | null | undefined} id
 * @param {string | null | undefined} other
 */
export function isAfter(id, other) {
  const [a, b] = [parseEventId(id), parseEventId(other)];
  return a !== null && b !== null && a.epoch === b.epoch && a.number > b.number;
}

/**
 * Whether a reader that has seen all events up to `last` has seen this one.
 *
 * @param {string | null | undefined} id
 * @param {string | null | undefined} last
 */
export function isKnown(id, last) {
  const [a, b] = [parseEventId(id), parseEventId(last)];
  return a !== null && b !== null && a.epoch === b.epoch && a.number <= b.number;
}
