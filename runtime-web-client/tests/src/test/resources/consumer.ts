import { EVENT_TYPES, ReviewNotifier, RuntimeEvent, RuntimeStream } from "runtime-stream";
import type { AnyRuntimeEvent, ReadyReview, StageRuntime, StreamStatus } from "runtime-stream";
import { StackRuntimePanel } from "runtime-stream/panel";

const stream = new RuntimeStream("checkout", {
  baseUrl: new URL("https://runtime.example"),
  transport: "websocket",
  credentials: "include",
  heartbeatInterval: 15_000,
  errorEvent: "failure",
  share: false,
});

stream.addEventListener("snapshot", ({ data }) => data.stages.map((stage) => stage.title.toUpperCase()));
stream.addEventListener("stage-runtime", ({ data, id }) => {
  const runtime: StageRuntime = data.runtime;
  const passed: number | undefined = runtime.pullRequest?.checks?.passed;
  const future: unknown = runtime["fieldOfTheFuture"];
  return [passed, future, id?.length];
});
stream.addEventListener("review-ready", function (event) {
  const inferred: boolean = event.inferred;
  const self: RuntimeStream = this;
  return [event.data.stageTitle, event.since, inferred, self];
});
stream.addEventListener("state", ({ data }: RuntimeEvent<"state">) => {
  const status: StreamStatus = data;
  if (status.state === "reconnecting" && status.reason !== "gone") {
    return new Date(status.retryAt ?? 0);
  }
});
stream.addEventListener("stream-error", { handleEvent: ({ data }) => data.code.length }, { once: true });
// @ts-expect-error There is no such event.
stream.addEventListener("message", () => {});
// @ts-expect-error The state is the stream's own.
stream.state = "open";

export const titles: string[] = stream.stages.map((stage) => stage.title);
export const busy = [...stream.runtimeByStageId].filter(([, runtime]) => runtime.runtimeState === "busy");
export const age: number | undefined = stream.observedAt?.getTime();
export const nextPoll: number = (stream.nextPollAt ?? new Date(stream.status.retryAt ?? 0)).getTime();
export const idleSince: number[] = [...stream.idleSinceByStageId.values()].map(({ at, isExact }) => (isExact ? at : 0));
export const types: readonly string[] = EVENT_TYPES;

export async function read(): Promise<void> {
  for await (const event of stream) {
    const any: AnyRuntimeEvent = event;
    if (any.type === "heartbeat") {
      console.log(any.data.upstream);
    }
  }
}

const notifier = new ReviewNotifier({
  content: ({ stageTitle }: ReadyReview) => ({ title: "Review, please", body: stageTitle, icon: "/icon.png" }),
});
export const unwatch: () => void = notifier.watch(stream);
notifier.muted = !notifier.isStackMuted("checkout");
notifier.setStackMuted("checkout", true);
notifier.addEventListener("click", ({ detail }) => detail.stageId);
notifier.requestPermission().then((permission) => permission === "granted");

const panel: StackRuntimePanel = document.createElement("stack-runtime-panel");
panel.stream = stream;
panel.notifier = notifier;
stream.reconnect();
stream.stop();
