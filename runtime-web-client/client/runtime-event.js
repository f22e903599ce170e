/** The types of all events that a stream fires. */
export const EVENT_TYPES = Object.freeze(
  /** @type {const} */ (["snapshot", "stage-runtime", "review-ready", "heartbeat", "stream-error", "state"]),
);

/**
 * An event of a {@link import("./runtime-stream.js").RuntimeStream}. `data` is what the server sent, or for `state`
 * events how the stream stands.
 */
export class RuntimeEvent extends Event {
  /**
   * @param {string} type
   * @param {any} data
   * @param {{id?: string | null, since?: string | null, inferred?: boolean}} [place]
   */
  constructor(type, data, { id = null, since = null, inferred = false } = {}) {
    super(type);
    /** @readonly */
    this.data = data;
    /** Its place in the stack's history, if it has one. @readonly */
    this.id = id;
    /** Whether this client concluded it from a snapshot. @readonly */
    this.inferred = inferred;
    /** For an inferred event, the id after which it happened. @readonly */
    this.since = since;
  }
}
