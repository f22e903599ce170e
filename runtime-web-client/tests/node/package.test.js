import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

/** What a bundler does: it resolves the package by its name. */
test("the package has its library at its name, and imports where there is no page", async () => {
  const library = await import("runtime-stream");

  assert.deepEqual(Object.keys(library).sort(), ["EVENT_TYPES", "ReviewNotifier", "RuntimeEvent", "RuntimeStream"]);
});

test("every file that the package names exists", async () => {
  const root = new URL("../../", import.meta.url);
  const description = JSON.parse(await readFile(new URL("package.json", root), "utf8"));
  const named = [description.main, description.types, ...Object.values(description.exports).flatMap(paths)];

  for (const path of named) {
    assert.ok((await readFile(new URL(path, root))).length > 0, path);
  }
});

const paths = (target) => (typeof target === "string" ? [target] : Object.values(target));
