import assert from "node:assert/strict";
import { test } from "node:test";
import { isAfter, isKnown, parseEventId } from "../../client/event-id.js";

test("an id is an epoch and a number", () => {
  assert.deepEqual(parseEventId("29qg1j33rwui-17"), { epoch: "29qg1j33rwui", number: 17 });
  for (const text of [null, undefined, "", "17", "a-", "-1", "a-1.5", "a b-1", `a-${"9".repeat(16)}`]) {
    assert.equal(parseEventId(text), null, String(text));
  }
});

test("events of one history have an order, those of different histories have none", () => {
  assert.ok(isAfter("a-10", "a-9"));
  assert.ok(!isAfter("a-9", "a-9"));
  assert.ok(!isAfter("b-10", "a-9"));
  assert.ok(isKnown("a-9", "a-9"));
  assert.ok(!isKnown("a-10", "a-9"));
  assert.ok(!isKnown("b-1", "a-9"));
  assert.ok(!isKnown("a-1", null));
});
