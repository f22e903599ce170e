/** The types of all events that a stream fires. */
export const EVENT_TYPES = Object.freeze(
  /** @type {const} */ (["snapshot", "stage-runtime", "review-ready", "heartbeat", "stream-error", "state"]),
);

/**
 * An event of a {@link import("./runtime-stream.js").RuntimeStream}. `data` is the server's JSON, or the stream's
 * status for `state` events.
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
    /** Position in the stack's history; null for events without one. @readonly */
    this.id = id;
    /** Whether this client inferred the event from a snapshot. @readonly */
    this.inferred = inferred;
    /** For an inferred event, the id after which it happened. @readonly */
    this.since = since;
  }
}
