import assert from "node:assert/strict";
import { test } from "node:test";
import { Problems } from "../../client/problems.js";

const CART = { code: "reconcile-failed", message: "no answer", stageId: "cart" };
const DOWN = { code: "upstream-unavailable", message: "down" };

test("a failure of a stage ends with its next runtime", () => {
  const problems = new Problems();
  problems.report(CART);
  problems.report({ ...CART, stageId: "search" });

  problems.stageAnswered("cart");

  assert.deepEqual([...problems.ofStages.keys()], ["search"]);
});

test("a failure of the stack ends with any answer about it", () => {
  for (const answer of [
    (problems) => problems.stageAnswered("cart"),
    (problems) => problems.retain(new Set(["cart"])),
    (problems) => problems.upstreamReported("ok"),
    (problems) => problems.upstreamReported("degraded"),
  ]) {
    const problems = new Problems();
    problems.report(DOWN);
    assert.deepEqual(problems.ofStack, DOWN);

    answer(problems);

    assert.equal(problems.ofStack, null);
  }
});

test("a heartbeat keeps what is still wrong", () => {
  const problems = new Problems();
  problems.report(CART);
  problems.report(DOWN);

  problems.upstreamReported("down");

  assert.deepEqual(problems.ofStack, DOWN);
  assert.ok(problems.ofStages.has("cart"));
});

test("a stage that is gone has no problem", () => {
  const problems = new Problems();
  problems.report(CART);

  problems.retain(new Set(["search"]));

  assert.equal(problems.ofStages.size, 0);
});

test("an event that could not be read says nothing about the stack", () => {
  const problems = new Problems();

  problems.report({ code: "malformed-event", message: "unreadable" });

  assert.equal(problems.ofStack, null);
});

test("another tab takes over what is known", () => {
  const problems = new Problems();
  problems.report(CART);
  problems.report(DOWN);

  const copy = new Problems(structuredClone(problems.entries()));

  assert.deepEqual(copy.entries(), problems.entries());
});
