import assert from "node:assert/strict";
import { test } from "node:test";
import { summaryPhrase } from "../../client/panel/summary.js";

const stagesOf = (...statuses) => statuses.map((status, index) => ({ id: `s${index}`, title: "", status }));

test("stages are counted by status, from done to not started", () => {
  const stages = stagesOf("not-started", "review", "done", "in-progress", "done", "approved", "paused", "review");

  assert.equal(
    summaryPhrase(stages, new Map(), new Map()),
    "2 done · 1 approved · 2 in review · 1 in progress · 1 not started · 1 other",
  );
  assert.equal(summaryPhrase([], new Map(), new Map()), "");
});

test("a stage fails if it cannot be brought up to date, or if its checks failed before it was merged", () => {
  const stages = stagesOf("review", "in-progress", "done", "review");
  const failed = { total: 3, passed: 2, failed: 1 };
  const runtimes = new Map([
    ["s0", { pullRequest: { state: "OPEN", checks: failed } }],
    ["s2", { pullRequest: { state: "MERGED", checks: failed } }],
    ["s3", { pullRequest: { state: "OPEN", checks: { ...failed, failed: 0 } } }],
  ]);

  assert.match(summaryPhrase(stages, runtimes, new Map()), /· 1 failing$/);
  assert.match(summaryPhrase(stages, runtimes, new Map([["s1", {}], ["s0", {}]])), /· 2 failing$/);
});
