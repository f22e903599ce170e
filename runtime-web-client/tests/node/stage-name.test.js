import assert from "node:assert/strict";
import { test } from "node:test";
import { stageName } from "../../client/stage-name.js";

test("a stage without a title is named by its id", () => {
  assert.equal(stageName("Cart", "s1"), "Cart");
  for (const title of ["", " \u00a0", null, undefined]) {
    assert.equal(stageName(title, "s1"), "s1");
  }
});
