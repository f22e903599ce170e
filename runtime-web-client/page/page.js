import "../client/panel.js";
import { showDemoStacks } from "./demo-stacks.js";
import { EventLog } from "./event-log.js";

const config = JSON.parse(document.querySelector("meta[name=runtime-config]")?.getAttribute("content") ?? "{}");
const query = new URLSearchParams(location.search);
const stackId = query.get("stack")?.trim() ?? "";
const panel = /** @type {import("../client/panel.js").StackRuntimePanel} */ (
  document.querySelector("stack-runtime-panel")
);
const log = new EventLog(/** @type {HTMLElement} */ (document.querySelector("#log ol")));

showDemoStacks(config.demoStackIds ?? [], stackId);
panel.addEventListener("stream-change", () => panel.stream && log.follow(panel.stream));
if (stackId) {
  document.title = `${stackId} – ${document.title}`;
  /** @type {HTMLInputElement} */ (document.querySelector("#stack")).value = stackId;
  /** @type {HTMLElement} */ (document.querySelector("#hint")).hidden = true;
  panel.hidden = false;
  panel.setAttribute("heartbeat-interval", config.heartbeatIntervalMillis);
  panel.setAttribute("error-event", config.errorEvent);
  panel.setAttribute("transport", query.get("transport") ?? config.transport);
  panel.setAttribute("stack", stackId);
}
