import type { ReviewNotifier, RuntimeStream } from "./index.js";

/**
 * `<stack-runtime-panel stack="checkout">`: shows a stack's runtime as it changes. Attributes: `stack`, `base-url`,
 * `transport`, `credentials`, `heartbeat-interval` (milliseconds) and `error-event`. Fires `stream-change` when it has
 * begun another stream.
 */
export class StackRuntimePanel extends HTMLElement {
  /** What is shown. One that is set from outside is not stopped by the panel. */
  get stream(): RuntimeStream | null;
  set stream(stream: RuntimeStream | null);
  /** What notifies of reviews; by default one that all panels of a page share. */
  get notifier(): ReviewNotifier;
  set notifier(notifier: ReviewNotifier);
}

declare global {
  interface HTMLElementTagNameMap {
    "stack-runtime-panel": StackRuntimePanel;
  }
}
