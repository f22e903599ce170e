/**
 * The browser client of Stacked Runtime: a stream that stays connected, and notifications of reviews that are ready.
 *
 * @module runtime-stream
 */
export { ReviewNotifier } from "./review-notifier.js";
export { EVENT_TYPES, RuntimeEvent } from "./runtime-event.js";
export { RuntimeStream } from "./runtime-stream.js";
