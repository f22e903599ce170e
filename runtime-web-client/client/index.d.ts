/** Progress of a stage. A server may send values that are not listed. */
export type StageStatus = "not-started" | "in-progress" | "review" | "approved" | "done" | (string & {});

/** Activity of a stage's session. A server may send values that are not listed. */
export type RuntimeState = "idle" | "busy" | "retry" | "missing" | (string & {});

/** A pull request, as far as it is known. */
export interface PullRequest {
  readonly number?: number;
  readonly title?: string;
  readonly state?: string;
  readonly isDraft?: boolean;
  readonly url?: string;
  readonly updatedAt?: string;
  readonly commentCount?: number;
  readonly reviewDecision?: string;
  readonly headRefOid?: string;
  readonly checks?: {
    readonly completed: number;
    readonly total: number;
    readonly passed: number;
    readonly failed: number;
    readonly items?: readonly { readonly name: string; readonly status: string }[];
  };
  readonly [field: string]: unknown;
}

/** Result of a stage's reconcile. Fields that are not listed pass through. */
export interface StageRuntime {
  readonly stageStatus: StageStatus;
  readonly runtimeState: RuntimeState;
  readonly todoCompleted: number;
  readonly todoTotal: number;
  readonly approvedCommitSha?: string;
  readonly pullRequest?: PullRequest;
  readonly [field: string]: unknown;
}

/** A stage in its stack. */
export interface Stage {
  readonly id: string;
  readonly title: string;
  readonly status: StageStatus;
}

/** The full state of a stack. */
export interface Snapshot {
  readonly stackId?: string;
  readonly runtimeByStageId: Readonly<Record<string, StageRuntime>>;
  readonly stages: readonly Stage[];
  readonly observedAt?: string;
}

/** A change of one stage; the runtime replaces the previous one. */
export interface StageRuntimeChange {
  readonly stageId: string;
  readonly runtime: StageRuntime;
  readonly observedAt?: string;
}

/** A stage went from `in-progress` to `review`. */
export interface ReviewReady {
  readonly stageId: string;
  readonly stageTitle: string;
  readonly observedAt?: string;
}

/** A periodic sign that the connection is alive. */
export interface Heartbeat {
  readonly now: string;
  readonly upstream?: "ok" | "degraded" | "down";
  /** Time of the last successful poll. */
  readonly observedAt?: string;
  /** Time of the next poll, while `upstream` is not `ok`. */
  readonly nextPollAt?: string;
}

/** A failure that does not end the stream. */
export interface StreamError {
  readonly code: string;
  readonly message: string;
  readonly stageId?: string;
  readonly retryable: boolean;
}

/** A failure that has not ended yet. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

/** Since when an agent is idle. */
export interface IdleSince {
  /** In milliseconds since the epoch, by the server's clock. */
  readonly at: number;
  /** False if the agent may have been idle before, since the change itself was not seen. */
  readonly isExact: boolean;
}

/**
 * - `connecting`: the first attempt
 * - `open`
 * - `stale`: the server has gone silent, so the state may be out of date
 * - `reconnecting`: the connection was lost; attempts go on without limit
 * - `closed`: final
 */
export type StreamState = "connecting" | "open" | "stale" | "reconnecting" | "closed";

/**
 * Why a stream is not open. `unauthenticated`, `forbidden`, `gone`, `invalid` and `stopped` come with `closed`, the others
 * with the other states. `origin-not-allowed` means that the server answers, but not to pages of this origin: it is not in
 * `--allowed-origin`, or a proxy before the server has answered.
 */
export type StreamReason =
  | "timeout"
  | "network"
  | "origin-not-allowed"
  | "connection-lost"
  | "draining"
  | "unavailable"
  | "server-error"
  | "not-served"
  | "unauthenticated"
  | "forbidden"
  | "hand-over"
  | "nudged"
  | "page-restored"
  | "gone"
  | "invalid"
  | "stopped";

/** The status of a stream. */
export interface StreamStatus {
  readonly state: StreamState;
  readonly reason?: StreamReason;
  /** The server's explanation. */
  readonly message?: string;
  /** Time of the next attempt, in milliseconds since the epoch. */
  readonly retryAt?: number;
}

export interface RuntimeStreamOptions {
  /** URL of the server, relative to the document; by default `/`, or the base path of the server of this library. */
  readonly baseUrl?: string | URL;
  /** `sse` by default. */
  readonly transport?: "sse" | "websocket";
  /** `include` sends cookies to other origins; `same-origin` by default. */
  readonly credentials?: "same-origin" | "include";
  /** The server's heartbeat interval in milliseconds; 15 000 by default, like the server's. */
  readonly heartbeatInterval?: number;
  /** The server's name for error events; `error` by default, like the server's. */
  readonly errorEvent?: string;
  /** Whether all tabs share one connection, if the browser supports it; true by default. */
  readonly share?: boolean;
}

interface RuntimeEventData {
  readonly snapshot: Snapshot;
  readonly "stage-runtime": StageRuntimeChange;
  readonly "review-ready": ReviewReady;
  readonly heartbeat: Heartbeat;
  readonly "stream-error": StreamError;
  readonly state: StreamStatus;
}

/** The types of the events that a stream fires. */
export type RuntimeEventType = keyof RuntimeEventData;

/** The types of all events that a stream fires. */
export const EVENT_TYPES: readonly RuntimeEventType[];

/** An event of a {@link RuntimeStream}. */
export class RuntimeEvent<K extends RuntimeEventType = RuntimeEventType> extends Event {
  constructor(
    type: K,
    data: RuntimeEventData[K],
    place?: { id?: string | null; since?: string | null; inferred?: boolean },
  );
  readonly type: K;
  readonly data: RuntimeEventData[K];
  /** Position in the stack's history; null for events without one. */
  readonly id: string | null;
  /** Whether this client inferred the event from a snapshot. */
  readonly inferred: boolean;
  /** For an inferred event, the id after which it happened. */
  readonly since: string | null;
}

/** Any event of a stream, discriminated by `type`. */
export type AnyRuntimeEvent = { [K in RuntimeEventType]: RuntimeEvent<K> }[RuntimeEventType];

type RuntimeListener<K extends RuntimeEventType> =
  | ((this: RuntimeStream, event: RuntimeEvent<K>) => unknown)
  | { handleEvent(event: RuntimeEvent<K>): unknown };

/**
 * The runtime of one stack, kept up to date over one connection for all tabs of an origin. It connects by itself, and
 * reconnects whenever the connection is lost, until `stop()` is called or the stack is gone.
 */
export class RuntimeStream extends EventTarget implements AsyncIterable<AnyRuntimeEvent> {
  /** @throws TypeError if the id is blank or an option is invalid */
  constructor(stackId: string, options?: RuntimeStreamOptions);
  readonly stackId: string;
  /** State of the connection. */
  get state(): StreamState;
  /** State of the connection, with the reason. */
  get status(): StreamStatus;
  /** All stages, in the stack's order. */
  get stages(): readonly Stage[];
  /** The known runtimes, by stage id. */
  get runtimeByStageId(): ReadonlyMap<string, StageRuntime>;
  /** Current failure of the stack as a whole; null if there is none. */
  get problem(): Problem | null;
  /** Current failures of single stages, by stage id. */
  get problemByStageId(): ReadonlyMap<string, Problem>;
  /** The agents that are idle although their stage is in progress, by stage id. */
  get idleSinceByStageId(): ReadonlyMap<string, IdleSince>;
  /** Health of the server's upstream; null before the first heartbeat, and just after an outage. */
  get upstream(): string | null;
  /** Time of the server's next poll while `upstream` is not `ok`, by this computer's clock; otherwise null. */
  get nextPollAt(): Date | null;
  /** Time at which the state was last confirmed, by this computer's clock; null before the first snapshot. */
  get observedAt(): Date | null;
  /** The id of the last event. */
  get lastEventId(): string | null;
  /** Starts the next attempt at once, if the stream is waiting for one. */
  reconnect(): void;
  /** Closes the stream; it cannot be restarted. Idempotent. */
  stop(): void;
  /** All events from now on, until the stream is closed. A slow reader gets newer state instead of a backlog. */
  [Symbol.asyncIterator](): AsyncIterableIterator<AnyRuntimeEvent>;

  addEventListener<K extends RuntimeEventType>(
    type: K,
    listener: RuntimeListener<K> | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends RuntimeEventType>(
    type: K,
    listener: RuntimeListener<K> | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** A review that a notification is about. */
export interface ReadyReview {
  readonly stackId: string;
  readonly stageId: string;
  readonly stageTitle: string;
}

export interface ReviewNotifierOptions {
  /** Overrides the contents of a notification. The tag is always `review:<stackId>:<stageId>`. */
  readonly content?: (review: ReadyReview) => NotificationOptions & { title?: string };
}

interface ReviewNotifierEvents {
  /** The permission or a mute setting has changed. */
  readonly change: Event;
  /** A notification was clicked; the tab has the focus. */
  readonly click: CustomEvent<ReadyReview>;
}

/**
 * Shows a browser notification when a review is ready: once per transition and browser, if the user granted permission
 * and did not mute it.
 */
export class ReviewNotifier extends EventTarget {
  constructor(options?: ReviewNotifierOptions);
  /** `default` means that the user was not asked yet. */
  get permission(): NotificationPermission | "unsupported";
  /** Asks the user. Call it from a click handler: browsers refuse to ask otherwise. */
  requestPermission(): Promise<NotificationPermission | "unsupported">;
  /** Whether all stacks are muted. Kept in this browser. */
  get muted(): boolean;
  set muted(muted: boolean);
  /** Whether this stack is muted, regardless of `muted`. */
  isStackMuted(stackId: string): boolean;
  /** Mutes or unmutes one stack. Kept in this browser. */
  setStackMuted(stackId: string, muted: boolean): void;
  /** Shows notifications for this stream, until the returned function is called. */
  watch(stream: RuntimeStream): () => void;

  addEventListener<K extends keyof ReviewNotifierEvents>(
    type: K,
    listener: ((this: ReviewNotifier, event: ReviewNotifierEvents[K]) => unknown) | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof ReviewNotifierEvents>(
    type: K,
    listener: ((this: ReviewNotifier, event: ReviewNotifierEvents[K]) => unknown) | null,
    options?: boolean | EventListenerOptions,
  ): void;
}
