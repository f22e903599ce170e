const STATUSES = new Map([
  ["not-started", "Not started"],
  ["in-progress", "In progress"],
  ["review", "In review"],
  ["approved", "Approved"],
  ["done", "Done"],
]);

const ACTIVITIES = new Map([
  ["busy", "Working"],
  ["retry", "Retrying"],
]);

const DECISIONS = new Map([
  ["APPROVED", "approved"],
  ["CHANGES_REQUESTED", "changes requested"],
  ["REVIEW_REQUIRED", "review required"],
]);

const STATES = new Map([
  ["connecting", "Connecting"],
  ["open", "Live"],
  ["stale", "No signal"],
  ["reconnecting", "Reconnecting"],
  ["closed", "Closed"],
]);

const REASONS = new Map([
  ["timeout", "The server has gone silent."],
  ["network", "The server cannot be reached."],
  ["origin-not-allowed", "The server does not allow pages of this origin."],
  ["connection-lost", "The connection was lost."],
  ["draining", "The server is restarting."],
  ["unavailable", "The server has no room at the moment."],
  ["server-error", "The server has a fault."],
  ["not-served", "The server does not offer this stream."],
  ["unauthenticated", "You are not signed in."],
  ["forbidden", "You are not allowed to see this stack."],
  ["gone", "This stack does not exist."],
  ["invalid", "This is no stack id."],
  ["stopped", "Updates were stopped."],
]);

const STACK_PROBLEMS = new Map([
  ["upstream-unavailable", "The source of this stack does not answer."],
  ["invalid-upstream-response", "The source of this stack sent an answer that cannot be read."],
]);

const STAGE_PROBLEMS = new Map([
  ["upstream-unavailable", "Not up to date: the last check got no answer."],
  ["invalid-upstream-response", "Not up to date: the last check got an answer that cannot be read."],
]);

/** Label of a status; unknown values are shown as they are. */
export const statusWord = (status) => STATUSES.get(status) ?? String(status || "Unknown");

/** Label of a session's activity; empty if it is not worth showing. */
export const activityWord = (runtimeState) => ACTIVITIES.get(runtimeState) ?? "";

/**
 * An agent that is idle, such as `Agent idle since 15:04`, with the date unless it was today.
 *
 * @param {import("../index.js").IdleSince} since
 * @param {Date} now
 */
export function idlePhrase({ at, isExact }, now) {
  const then = new Date(at);
  /** @type {Intl.DateTimeFormatOptions} */
  const day = then.toDateString() === now.toDateString() ? {} : { day: "numeric", month: "short" };
  const time = then.toLocaleString("en-GB", { ...day, hour: "2-digit", minute: "2-digit" });
  return `Agent idle since ${time}${isExact ? "" : " or earlier"}`;
}

/** Label of a connection's state. */
export const stateWord = (state) => STATES.get(state) ?? state;

/**
 * Explains why a stream is not open; empty if there is nothing to explain.
 *
 * @param {import("../index.js").StreamStatus} status
 */
export const reasonSentence = ({ reason, message }) => REASONS.get(reason ?? "") ?? message ?? "";

/** Explains a failure of the stack as a whole, without the server's own words. */
export const stackProblemSentence = ({ code }) => STACK_PROBLEMS.get(code) ?? "The last check of this stack failed.";

/** Explains a failure of one stage, without the server's own words. */
export const stageProblemSentence = ({ code }) => STAGE_PROBLEMS.get(code) ?? "Not up to date: the last check failed.";

/** Progress of the todos, such as `2 of 3 todos`. */
export const todosPhrase = (completed, total) => `${completed} of ${total} ${total === 1 ? "todo" : "todos"}`;

/**
 * State of a pull request, such as `2 of 3 checks passed · review required`. One that is merged or closed is neither a
 * draft nor waits for a review.
 */
export function requestPhrase({ state, isDraft, checks, reviewDecision }) {
  if (state === "MERGED" || state === "CLOSED") {
    return join(state.toLowerCase(), checksPhrase(checks));
  }
  const decision = DECISIONS.get(reviewDecision) ?? String(reviewDecision ?? "").toLowerCase();
  return join(isDraft ? "draft" : "", checksPhrase(checks), decision);
}

const join = (...phrases) => phrases.filter(Boolean).join(" · ");

function checksPhrase(checks) {
  if (!(checks?.total > 0)) {
    return "";
  }
  const failed = checks.failed > 0 ? `, ${checks.failed} failed` : "";
  return `${checks.passed} of ${checks.total} checks passed${failed}`;
}

/** A duration in one unit, such as `12 s`. */
export function durationPhrase(millis) {
  const seconds = Math.max(0, Math.round(millis / 1_000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
