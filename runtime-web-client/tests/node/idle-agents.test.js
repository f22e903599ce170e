import assert from "node:assert/strict";
import { test } from "node:test";
import { idlePhrase } from "../../client/panel/words.js";
import { StackState } from "../../client/stack-state.js";

const OBSERVED = "2026-11-22T09:38:34.000Z";
const LATER = "2026-11-22T09:50:00.000Z";

const runtime = (stageStatus, runtimeState) => ({ stageStatus, runtimeState });
const IDLE = runtime("in-progress", "idle");
const BUSY = runtime("in-progress", "busy");

const snapshot = (id, runtimeByStageId, observedAt) => ({
  name: "snapshot",
  id,
  data: { runtimeByStageId, observedAt },
});
const changed = (id, cart, observedAt) => ({
  name: "stage-runtime",
  id,
  data: { stageId: "cart", runtime: cart, observedAt },
});

/** Since when the agent of `cart` is idle after these events. */
function idleAfter(...events) {
  const state = new StackState();
  events.forEach((event) => state.apply(event));
  return state.idleAgents.byStage.get("cart");
}

test("an agent is idle since its change", () => {
  const before = snapshot("e-1", { cart: BUSY }, OBSERVED);

  assert.equal(idleAfter(before), undefined);
  assert.deepEqual(idleAfter(before, changed("e-2", IDLE, LATER)), { at: Date.parse(LATER), isExact: true });
});

test("a change of something else does not begin anew", () => {
  const idle = [snapshot("e-1", { cart: BUSY }, OBSERVED), changed("e-2", IDLE, OBSERVED)];
  const since = { at: Date.parse(OBSERVED), isExact: true };

  assert.deepEqual(idleAfter(...idle, changed("e-3", { ...IDLE, todoCompleted: 1 }, LATER)), since);
  assert.deepEqual(idleAfter(...idle, snapshot("e-3", { cart: IDLE }, LATER)), since);
});

test("an agent that was idle when it was first seen may have been so before", () => {
  const since = { at: Date.parse(OBSERVED), isExact: false };

  assert.deepEqual(idleAfter(snapshot("e-1", { cart: IDLE }, OBSERVED)), since);
  assert.deepEqual(idleAfter(snapshot("e-1", {}, OBSERVED), changed("e-2", IDLE, OBSERVED)), since);
});

test("an agent that works, or whose stage is not in progress, is not idle", () => {
  const idle = snapshot("e-1", { cart: IDLE }, OBSERVED);

  for (const now of [BUSY, runtime("in-progress", "missing"), runtime("review", "idle"), runtime("done", "idle")]) {
    assert.equal(idleAfter(idle, changed("e-2", now, LATER)), undefined);
    assert.equal(idleAfter(idle, snapshot("e-2", { cart: now }, LATER)), undefined);
  }
  assert.equal(idleAfter(idle, snapshot("e-2", {}, LATER)), undefined);
});

test("another tab takes over since when an agent is idle", () => {
  const state = new StackState();
  state.apply(snapshot("e-1", { cart: BUSY }, OBSERVED));
  state.apply(changed("e-2", IDLE, OBSERVED));
  const other = new StackState();

  other.adopt(structuredClone(state.toMemory()));

  assert.deepEqual(other.idleAgents.entries(), [["cart", { at: Date.parse(OBSERVED), isExact: true }]]);
});

test("the time is that of the day, with the date if it was another day", () => {
  const at = new Date(2026, 10, 22, 15, 4).getTime();

  assert.equal(idlePhrase({ at, isExact: true }, new Date(2026, 10, 22, 23)), "Agent idle since 15:04");
  const dated = idlePhrase({ at, isExact: false }, new Date(2026, 10, 23));
  assert.match(dated, /^Agent idle since 22 Nov,? 15:04 or earlier$/);
});
