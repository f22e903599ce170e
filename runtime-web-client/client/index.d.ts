/** How far a stage has come. A server may know more than these. */
export type StageStatus = "not-started" | "in-progress" | "review" | "approved" | "done" | (string & {});

/** What a stage's session does. A server may know more than these. */
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

/** What a reconcile found out about a stage. Fields that are not listed pass through. */
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

/** One stage has changed; the runtime replaces the one before. */
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

/** A sign of life. */
export interface Heartbeat {
  readonly now: string;
  readonly upstream?: "ok" | "degraded" | "down";
  /** When the upstream was last asked with success. */
  readonly observedAt?: string;
}

/** Something is wrong, and the stream goes on. */
export interface StreamError {
  readonly code: string;
  readonly message: string;
  readonly stageId?: string;
  readonly retryable: boolean;
}

/** Something that is wrong at the moment. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

/**
 * - `connecting`: for the first time
 * - `open`
 * - `stale`: the server has gone silent, so what is known may be out of date
 * - `reconnecting`: the connection was lost; there will be attempts for ever
 * - `closed`: for good
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

/** How a stream stands. */
export interface StreamStatus {
  readonly state: StreamState;
  readonly reason?: StreamReason;
  /** What the server said about it. */
  readonly message?: string;
  /** When the next attempt begins, in milliseconds since the epoch. */
  readonly retryAt?: number;
}

export interface RuntimeStreamOptions {
  /** Of the server, relative to the document. The default is `/`, or the base path of the server that serves the library. */
  readonly baseUrl?: string | URL;
  /** `sse` by default. */
  readonly transport?: "sse" | "websocket";
  /** `include` sends cookies to other origins; `same-origin` by default. */
  readonly credentials?: "same-origin" | "include";
  /** The server's heartbeat interval in milliseconds; 15 000 by default, as the server's. */
  readonly heartbeatInterval?: number;
  /** The name under which the server tells errors; `error` by default, as the server's. */
  readonly errorEvent?: string;
  /** Whether all tabs share one connection, where the browser can; true by default. */
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
  /** Its place in the stack's history, if it has one. */
  readonly id: string | null;
  /** Whether this client concluded it from a snapshot. */
  readonly inferred: boolean;
  /** For an inferred event, the id after which it happened. */
  readonly since: string | null;
}

/** Any event of a stream; `type` tells which. */
export type AnyRuntimeEvent = { [K in RuntimeEventType]: RuntimeEvent<K> }[RuntimeEventType];

type RuntimeListener<K extends RuntimeEventType> =
  | ((this: RuntimeStream, event: RuntimeEvent<K>) => unknown)
  | { handleEvent(event: RuntimeEvent<K>): unknown };

/**
 * The runtime of one stack, kept up to date over one connection for all tabs of an origin. It begins by itself, and
 * comes back whenever the connection is lost, until `stop()` is called or the stack is gone.
 */
export class RuntimeStream extends EventTarget implements AsyncIterable<AnyRuntimeEvent> {
  /** @throws TypeError if the id is blank or an option is none */
  constructor(stackId: string, options?: RuntimeStreamOptions);
  readonly stackId: string;
  /** How the stream stands. */
  get state(): StreamState;
  /** How the stream stands, with the reason. */
  get status(): StreamStatus;
  /** All stages in the stack's order. */
  get stages(): readonly Stage[];
  /** The runtimes that are known. */
  get runtimeByStageId(): ReadonlyMap<string, StageRuntime>;
  /** What is wrong with the stack as a whole. */
  get problem(): Problem | null;
  /** What is wrong with single stages. */
  get problemByStageId(): ReadonlyMap<string, Problem>;
  /** How the server's upstream does; null before the first heartbeat. */
  get upstream(): string | null;
  /** When the state was last confirmed, by this computer's clock; null before it is known. */
  get observedAt(): Date | null;
  /** The id of the last event. */
  get lastEventId(): string | null;
  /** Does not wait any longer for the next attempt, if the stream is waiting for one. */
  reconnect(): void;
  /** Ends it for good. Idempotent. */
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
  /** What a notification says, where that is to be different. The tag is always `review:<stackId>:<stageId>`. */
  readonly content?: (review: ReadyReview) => NotificationOptions & { title?: string };
}

interface ReviewNotifierEvents {
  /** The permission or a mute setting has changed. */
  readonly change: Event;
  /** A notification was clicked; the tab has the focus. */
  readonly click: CustomEvent<ReadyReview>;
}

/**
 * Shows a browser notification when a review is ready: once per transition and browser, if the person granted it and
 * did not mute it.
 */
export class ReviewNotifier extends EventTarget {
  constructor(options?: ReviewNotifierOptions);
  /** `default` means that the person was not asked yet. */
  get permission(): NotificationPermission | "unsupported";
  /** Asks the person. Call it on a click: browsers refuse to ask otherwise. */
  requestPermission(): Promise<NotificationPermission | "unsupported">;
  /** Whether all stacks are muted. Kept in this browser. */
  get muted(): boolean;
  set muted(muted: boolean);
  /** Whether this stack is muted, by itself. */
  isStackMuted(stackId: string): boolean;
  /** Mutes one stack, or ends that. Kept in this browser. */
  setStackMuted(stackId: string, muted: boolean): void;
  /** Notifies what this stream tells, until the returned function is called. */
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
