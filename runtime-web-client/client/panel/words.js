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

/** A status for people; one that is not known as it is. */
export const statusWord = (status) => STATUSES.get(status) ?? String(status || "Unknown");

/** What a stage's session does, if that is worth a word. */
export const activityWord = (runtimeState) => ACTIVITIES.get(runtimeState) ?? "";

/** The state of a connection. */
export const stateWord = (state) => STATES.get(state) ?? state;

/**
 * Why a stream is not open; empty if that is not worth a word.
 *
 * @param {import("../index.js").StreamStatus} status
 */
export const reasonSentence = ({ reason, message }) => REASONS.get(reason ?? "") ?? message ?? "";

/** How far the todos are. */
export const todosPhrase = (completed, total) => `${completed} of ${total} ${total === 1 ? "todo" : "todos"}`;

/** How a pull request stands, such as `2 of 3 checks passed · review required`. */
export function requestPhrase(request) {
  const decision = DECISIONS.get(request.reviewDecision) ?? String(request.reviewDecision ?? "").toLowerCase();
  const stand = request.state === "MERGED" || request.state === "CLOSED" ? request.state.toLowerCase() : "";
  return [stand, request.isDraft ? "draft" : "", checksPhrase(request.checks), decision].filter(Boolean).join(" · ");
}

function checksPhrase(checks) {
  if (!(checks?.total > 0)) {
    return "";
  }
  const failed = checks.failed > 0 ? `, ${checks.failed} failed` : "";
  return `${checks.passed} of ${checks.total} checks passed${failed}`;
}

/** A length of time in one unit, such as `12 s`. */
export function durationPhrase(millis) {
  const seconds = Math.max(0, Math.round(millis / 1_000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
