import assert from "node:assert/strict";
import { test } from "node:test";
import { reasonSentence, requestPhrase, stackProblemSentence, stageProblemSentence } from "../../client/panel/words.js";

const CHECKS = { completed: 3, total: 3, passed: 2, failed: 1 };

test("a pull request that is merged or closed waits for nothing", () => {
  const waiting = { isDraft: true, checks: CHECKS, reviewDecision: "REVIEW_REQUIRED" };
  const checked = "2 of 3 checks passed, 1 failed";

  assert.equal(requestPhrase({ ...waiting, state: "OPEN" }), `draft · ${checked} · review required`);
  assert.equal(requestPhrase({ ...waiting, state: "MERGED" }), `merged · ${checked}`);
  assert.equal(requestPhrase({ ...waiting, state: "CLOSED", checks: undefined }), "closed");
  assert.equal(requestPhrase({ reviewDecision: "OF_THE_FUTURE" }), "of_the_future");
});

test("a failure is explained without the words of the upstream", () => {
  const message = "400 invalid-input: spawn opencode ENOENT";
  for (const code of ["reconcile-failed", "upstream-unavailable", "invalid-upstream-response", "of-the-future"]) {
    for (const sentence of [stackProblemSentence({ code, message }), stageProblemSentence({ code, message })]) {
      assert.match(sentence, /^[A-Z][a-z :]+\.$/);
    }
  }
  assert.match(stageProblemSentence({ code: "reconcile-failed" }), /^Not up to date: /);
});

test("a reason that is not known is explained by the server", () => {
  const message = "Come back later.";
  assert.equal(reasonSentence({ state: "closed", reason: "gone", message }), "This stack does not exist.");
  assert.equal(reasonSentence({ state: "reconnecting", message }), message);
  assert.equal(reasonSentence({ state: "open" }), "");
});
