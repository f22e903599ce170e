import assert from "node:assert/strict";
import { test } from "node:test";
import { EVENT_NAMES, parseWireEvent } from "../../client/wire-event.js";

const REQUIRED = {
  snapshot: { runtimeByStageId: {} },
  "stage-runtime": { stageId: "cart", runtime: {} },
  "review-ready": { stageId: "cart" },
  heartbeat: {},
  "stream-error": { code: "upstream-unavailable" },
};

test("an event needs what the contract requires of it, and may hold more", () => {
  for (const name of EVENT_NAMES) {
    const data = { ...REQUIRED[name], more: 1 };
    assert.deepEqual(parseWireEvent(name, null, JSON.stringify(data)), { name, id: null, data });
  }
});

test("an event that breaks the contract becomes a stream-error", () => {
  const malformed = [
    ["snapshot", "{}"],
    ["snapshot", '{"runtimeByStageId":[]}'],
    ["snapshot", '{"runtimeByStageId":{},"stages":1}'],
    ["stage-runtime", '{"stageId":"cart"}'],
    ["stage-runtime", '{"stageId":1,"runtime":{}}'],
    ["review-ready", "[]"],
    ["heartbeat", "null"],
    ["stream-error", "{}"],
    ["heartbeat", "{"],
  ];
  for (const [name, json] of malformed) {
    const event = parseWireEvent(name, "a-1", json);
    assert.equal(event.name, "stream-error", `${name} ${json}`);
    assert.equal(event.id, null);
    assert.equal(event.data.code, "malformed-event");
  }
});

test("only numbered events keep an id: an EventSource repeats the last one for the others", () => {
  assert.equal(parseWireEvent("review-ready", "a-7", '{"stageId":"cart"}').id, "a-7");
  assert.equal(parseWireEvent("heartbeat", "a-7", "{}").id, null);
});
