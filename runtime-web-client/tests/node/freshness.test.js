import assert from "node:assert/strict";
import { test } from "node:test";
import { agePhrase, freshnessLabel, freshnessOf } from "../../client/panel/freshness.js";

const NOW = Date.parse("2026-11-22T09:38:34Z");
const after = (seconds) => new Date(NOW + seconds * 1_000);

/** A stream that is well, with differences. */
const stream = (differences = {}) => ({
  status: { state: "open" },
  upstream: "ok",
  problem: null,
  problemByStageId: new Map(),
  observedAt: after(-27),
  nextPollAt: null,
  ...differences,
});

const shown = (source, isSilent = false) => {
  const freshness = freshnessOf(source, isSilent);
  return [freshnessLabel(source.status.state, freshness), agePhrase(source, freshness, NOW)];
};

const FAILURE = { code: "reconcile-failed", message: "no answer" };

test("only an open stream with a healthy upstream is live", () => {
  assert.deepEqual(shown(stream()), ["Live", ""]);
  assert.deepEqual(shown(stream({ upstream: null })), ["Live", ""]);
});

test("data whose upstream is down, failing or silent has an age", () => {
  const outdated = ["Not up to date", "as of 27 s ago"];
  assert.deepEqual(shown(stream({ upstream: "down" })), outdated);
  assert.deepEqual(shown(stream({ upstream: "of the future" })), outdated);
  assert.deepEqual(shown(stream({ problem: FAILURE })), outdated);
  assert.deepEqual(shown(stream(), true), outdated);
});

test("the next poll of a failing upstream is announced, and that it is under way", () => {
  const down = { upstream: "down", problem: FAILURE };
  assert.equal(shown(stream({ ...down, nextPollAt: after(3) }))[1], "as of 27 s ago · next attempt in 3 s");
  assert.equal(shown(stream({ ...down, nextPollAt: after(0.2) }))[1], "as of 27 s ago · next attempt in 1 s");
  assert.equal(shown(stream({ ...down, nextPollAt: after(-1) }))[1], "as of 27 s ago · trying again");
});

test("data of a lost connection has an age, and the next attempt to connect", () => {
  const lost = { state: "reconnecting", retryAt: NOW + 8_000 };
  assert.deepEqual(shown(stream({ status: lost })), ["Not up to date", "as of 27 s ago · next attempt in 8 s"]);
  assert.deepEqual(shown(stream({ status: { state: "stale" } })), ["Not up to date", "as of 27 s ago · trying again"]);
});

test("a stream that has ended has an age and no next attempt", () => {
  assert.deepEqual(shown(stream({ status: { state: "closed" }, nextPollAt: after(3) })), ["Closed", "as of 27 s ago"]);
});

test("a failure of some stages makes the data partly outdated", () => {
  const label = "Partly not up to date";
  assert.deepEqual(shown(stream({ upstream: "degraded", nextPollAt: after(2) })), [label, "next attempt in 2 s"]);
  assert.deepEqual(shown(stream({ problemByStageId: new Map([["cart", FAILURE]]) })), [label, ""]);
});

test("without data the connection is shown", () => {
  const empty = (status) => stream({ status, observedAt: null, upstream: null });
  assert.deepEqual(shown(empty({ state: "connecting" })), ["Connecting", ""]);
  assert.deepEqual(shown(empty({ state: "open" })), ["Waiting for data", ""]);
  assert.deepEqual(shown(empty({ state: "reconnecting" })), ["Reconnecting", "trying again"]);
  assert.deepEqual(shown(empty({ state: "closed" })), ["Closed", ""]);
});
