import assert from "node:assert/strict";
import { test } from "node:test";
import { StackState } from "../../client/stack-state.js";

const snapshot = (id) => ({ name: "snapshot", id, data: { runtimeByStageId: {}, stages: [] } });
const changed = (id, runtime) => ({ name: "stage-runtime", id, data: { stageId: "cart", runtime } });
const heartbeat = (data) => ({ name: "heartbeat", id: null, data });

const NOW = "2026-11-22T09:38:34.000Z";
const DOWN = {
  now: NOW,
  upstream: "down",
  observedAt: "2026-11-22T09:38:04.000Z",
  nextPollAt: "2026-11-22T09:38:37.000Z",
};

/** Times are by the server's clock, which may differ from that of this computer. */
const secondsFromNow = (millis) => Math.round((millis - Date.now()) / 1_000) + 0; // not -0

test("a heartbeat reports the age of the state and the next poll, whatever the clock of this computer shows", () => {
  const state = new StackState();
  state.apply(heartbeat(DOWN));

  assert.equal(secondsFromNow(state.observedAt), -30);
  assert.equal(secondsFromNow(state.nextPollAt), 3);

  state.apply(heartbeat({ now: NOW, upstream: "ok", observedAt: NOW }));
  assert.equal(state.nextPollAt, null);
});

test("the first answer after an outage ends it, without waiting for a heartbeat", () => {
  for (const answer of [snapshot("e-2"), changed("e-2", { stageStatus: "review" })]) {
    const state = new StackState();
    state.apply(snapshot("e-1"));
    state.apply(heartbeat(DOWN));

    state.apply(answer);

    assert.deepEqual([state.upstream, state.nextPollAt], [null, null]);
    assert.equal(secondsFromNow(state.observedAt), 0);
  }
});

test("a state that the server has known for long is not taken for a new one", () => {
  const longAgo = new Date(Date.now() - 300_000).toISOString();
  const state = new StackState();

  state.apply({ ...snapshot("e-1"), data: { runtimeByStageId: {}, stages: [], observedAt: longAgo } });
  assert.equal(secondsFromNow(state.observedAt), -300);

  state.apply(heartbeat({ now: NOW, upstream: "ok", observedAt: NOW }));
  state.apply({ ...snapshot("e-2"), data: { runtimeByStageId: {}, stages: [], observedAt: longAgo } });
  assert.equal(secondsFromNow(state.observedAt), 0);
});

test("another tab takes over the next poll", () => {
  const state = new StackState();
  state.apply(snapshot("e-1"));
  state.apply(heartbeat(DOWN));
  const other = new StackState();

  other.adopt(structuredClone(state.toMemory()));

  assert.deepEqual([other.upstream, other.nextPollAt], ["down", state.nextPollAt]);
});
