import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { probe } from "../../client/probe.js";

const URL_OF_STREAM = new URL("https://server.example/api/stacks/checkout/runtime/stream");
const realFetch = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = realFetch;
  delete globalThis.location;
});

/** Answers requests whose answer the page wants to read, and those whose answer it does not. */
function answering(readable, opaque) {
  const modes = [];
  globalThis.fetch = async (_url, { mode = "cors", credentials }) => {
    modes.push(`${mode} ${credentials}`);
    return mode === "no-cors" ? opaque() : readable();
  };
  return modes;
}

const unreadable = () => {
  throw new TypeError("Failed to fetch");
};

const refusal = (status, code) => () => Response.json({ error: { code, message: "No." } }, { status });

const probed = () => probe(URL_OF_STREAM, "include", new AbortController().signal);

test("a server that does not answer cannot be reached", async () => {
  answering(unreadable, unreadable);

  assert.deepEqual(await probed(), { reason: "network" });
});

test("a server that answers what this page may not read does not allow its origin", async () => {
  const modes = answering(unreadable, () => Response.error());

  assert.deepEqual(await probed(), { reason: "origin-not-allowed" });
  assert.deepEqual(modes, ["cors include", "no-cors omit"]);
});

test("a server of the same origin is not requested again", async () => {
  globalThis.location = { origin: URL_OF_STREAM.origin };
  const modes = answering(unreadable, () => Response.error());

  assert.deepEqual(await probed(), { reason: "network" });
  assert.deepEqual(modes, ["cors include"]);
});

test("an origin that the server refuses by name is not final, unlike a client that it refuses", async () => {
  answering(refusal(403, "origin-not-allowed"), unreadable);
  const { reason, final } = await probed();
  assert.deepEqual({ reason, final }, { reason: "origin-not-allowed", final: undefined });

  answering(refusal(403, "forbidden"), unreadable);
  const forbidden = await probed();
  assert.deepEqual([forbidden.reason, forbidden.final], ["forbidden", true]);
});
