import { ReviewNotifier, RuntimeStream } from "./index.js";
import { style } from "./panel/panel-style.js";
import { PanelView } from "./panel/panel-view.js";

/** Shared by all panels of the page without a notifier of their own. @type {ReviewNotifier | undefined} */
let commonNotifier;

/** A server polls a stack at least every 10 s by default, and waits 10 s for an answer. */
const DEFAULT_MAX_AGE_MILLIS = 20_000;
const STREAM_ATTRIBUTES = ["stack", "base-url", "transport", "credentials", "heartbeat-interval", "error-event"];
const VIEW_ATTRIBUTES = ["label", "max-age"];

/**
 * `<stack-runtime-panel stack="checkout">` shows a stack's runtime as it changes. Its attributes are the options of a
 * {@link RuntimeStream}, `label` (the heading; by default the stack's id), and `max-age` (the milliseconds for which
 * the server's upstream may be silent before the data counts as outdated). `stream` and `notifier` can also be set from
 * outside. Fires `stream-change` when it switches to another stream.
 */
export class StackRuntimePanel extends HTMLElement {
  static observedAttributes = [...STREAM_ATTRIBUTES, ...VIEW_ATTRIBUTES];

  #root = this.attachShadow({ mode: "open" });
  /** @type {RuntimeStream | null} */
  #stream = null;
  #isOwnStream = false;
  /** @type {ReviewNotifier | undefined} */
  #notifier;
  /** @type {PanelView | null} */
  #view = null;
  #unwatch = () => {};
  #isUpdateDue = false;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [style];
  }

  /** The stream on display, or null. The panel does not stop a stream that was set from outside. */
  get stream() {
    return this.#stream;
  }

  set stream(stream) {
    this.#hide();
    this.#show(stream, false);
  }

  /** The notifier of reviews; by default one that all panels of a page share. */
  get notifier() {
    return (this.#notifier ??= commonNotifier ??= new ReviewNotifier());
  }

  set notifier(notifier) {
    this.#notifier = notifier;
    this.#removeView();
    this.#updateSoon();
  }

  connectedCallback() {
    this.#updateSoon();
  }

  disconnectedCallback() {
    this.#updateSoon();
  }

  attributeChangedCallback(name, before, after) {
    if (VIEW_ATTRIBUTES.includes(name)) {
      this.#removeView();
      this.#updateSoon();
    } else if (before !== after && (this.#stream === null || this.#isOwnStream)) {
      this.#hide();
      this.#updateSoon();
    }
  }

  /** Defers the update: several attributes may change at once, and moving a panel removes it for a moment. */
  #updateSoon() {
    if (!this.#isUpdateDue) {
      this.#isUpdateDue = true;
      queueMicrotask(() => this.#update());
    }
  }

  #update() {
    this.#isUpdateDue = false;
    const stackId = this.getAttribute("stack")?.trim();
    if (!this.isConnected) {
      this.#leavePage();
    } else if (this.#stream) {
      this.#view ??= this.#newView(this.#stream);
    } else if (stackId) {
      this.#show(new RuntimeStream(stackId, this.#streamOptions()), true);
    }
  }

  /** Stops the panel's own stream; a stream from outside is shown again when the panel is back. */
  #leavePage() {
    if (this.#isOwnStream) {
      this.#hide();
    } else {
      this.#removeView();
    }
  }

  #streamOptions() {
    const attribute = (name) => this.getAttribute(name) ?? undefined;
    return /** @type {import("./index.js").RuntimeStreamOptions} */ ({
      baseUrl: attribute("base-url"),
      transport: attribute("transport"),
      credentials: attribute("credentials"),
      errorEvent: attribute("error-event"),
      heartbeatInterval: this.#millis("heartbeat-interval"),
    });
  }

  #millis(attribute) {
    const millis = Number(this.getAttribute(attribute));
    return millis > 0 ? millis : undefined;
  }

  #show(stream, isOwn) {
    this.#stream = stream;
    this.#isOwnStream = isOwn;
    this.#updateSoon();
    this.dispatchEvent(new Event("stream-change"));
  }

  #newView(stream) {
    const maxAge = this.#millis("max-age") ?? DEFAULT_MAX_AGE_MILLIS;
    const label = this.getAttribute("label")?.trim();
    const view = new PanelView(stream, this.notifier, { maxAge, label });
    this.#root.append(view.root);
    this.#unwatch = this.notifier.watch(stream);
    return view;
  }

  #removeView() {
    this.#unwatch();
    this.#unwatch = () => {};
    this.#view?.dispose();
    this.#view = null;
  }

  #hide() {
    this.#removeView();
    if (this.#isOwnStream) {
      this.#stream?.stop();
    }
    this.#stream = null;
    this.#isOwnStream = false;
  }
}

if (!customElements.get("stack-runtime-panel")) {
  customElements.define("stack-runtime-panel", StackRuntimePanel);
}
