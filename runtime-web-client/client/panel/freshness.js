import { durationPhrase, stateWord } from "./words.js";

/**
 * How far the data on display can be trusted:
 *
 * - `none`: there is no data yet
 * - `current`
 * - `partly`: some stages could not be brought up to date
 * - `outdated`: the connection or the server's upstream is lost
 *
 * @typedef {"none" | "current" | "partly" | "outdated"} Freshness
 *
 * @typedef {Pick<import("../index.js").RuntimeStream,
 *     "status" | "upstream" | "problem" | "problemByStageId" | "observedAt" | "nextPollAt">} Source what it depends on
 */

/**
 * @param {Source} source
 * @param {boolean} isSilent whether the upstream has not answered for too long
 * @returns {Freshness}
 */
export function freshnessOf({ status, upstream, problem, problemByStageId, observedAt }, isSilent) {
  if (observedAt === null) {
    return "none";
  }
  const isUpstreamLost = isSilent || problem !== null || ![null, "ok", "degraded"].includes(upstream);
  if (status.state !== "open" || isUpstreamLost) {
    return "outdated";
  }
  return upstream === "degraded" || problemByStageId.size > 0 ? "partly" : "current";
}

/**
 * The label: the state of the connection if there is no data or no way back, otherwise the state of the data.
 *
 * @param {import("../index.js").StreamState} state
 * @param {Freshness} freshness
 */
export function freshnessLabel(state, freshness) {
  if (state === "closed" || (freshness === "none" && state !== "open")) {
    return stateWord(state);
  }
  return LABELS[freshness];
}

const LABELS = {
  none: "Waiting for data",
  current: stateWord("open"),
  partly: "Partly not up to date",
  outdated: "Not up to date",
};

/**
 * The age of outdated data and the time of the next attempt, such as `as of 27 s ago · next attempt in 3 s`; empty if
 * there is nothing to say.
 *
 * @param {Source} source
 * @param {Freshness} freshness
 * @param {number} now in milliseconds since the epoch
 */
export function agePhrase(source, freshness, now) {
  const { observedAt } = source;
  const age = freshness === "outdated" && observedAt ? `as of ${durationPhrase(now - observedAt.getTime())} ago` : "";
  return [age, freshness === "current" ? "" : attemptPhrase(source, now)].filter(Boolean).join(" · ");
}

function attemptPhrase({ status, nextPollAt }, now) {
  if (status.state === "stale" || status.state === "reconnecting") {
    return countdown(status.retryAt ?? now, now);
  }
  return status.state === "open" && nextPollAt ? countdown(nextPollAt.getTime(), now) : "";
}

const countdown = (time, now) =>
  time > now ? `next attempt in ${durationPhrase(Math.max(time - now, 1_000))}` : "trying again";
