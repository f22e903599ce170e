import type { ReviewNotifier, RuntimeStream } from "./index.js";

/**
 * `<stack-runtime-panel stack="checkout">`: shows a stack's runtime as it changes. Attributes: `stack`, `base-url`,
 * `transport`, `credentials`, `heartbeat-interval` (milliseconds), `error-event`, `label` (the heading; by default
 * the stack's id), and `max-age` (the milliseconds for which the server's upstream may be silent before the data counts
 * as outdated; by default 20 000). Fires
 * `stream-change` when it switches to another stream.
 */
export class StackRuntimePanel extends HTMLElement {
  /** The stream on display. The panel does not stop a stream that was set from outside. */
  get stream(): RuntimeStream | null;
  set stream(stream: RuntimeStream | null);
  /** The notifier of reviews; by default one that all panels of a page share. */
  get notifier(): ReviewNotifier;
  set notifier(notifier: ReviewNotifier);
}

declare global {
  interface HTMLElementTagNameMap {
    "stack-runtime-panel": StackRuntimePanel;
  }
}
