// Sentences with formulas: what stands below and above a symbol is set so, and nothing of the marks is left.

import assert from "node:assert/strict";
import { test } from "node:test";

import { textOf } from "../../../support/dom.mjs";
import { prose } from "../../../../mlpviz/interface/stepper/js/dom.js";

const formula = (text) => `\u2068${text}\u2069`;

test("symbols are set apart from the words around them", () => {
  const parts = prose(`One term, ${formula("z^{(1)}_{k}")}, is left.`);
  assert.deepEqual([parts[0], parts[2]].flat(), ["One term, ", ", is left."]);
  assert.ok(parts[1].classList.contains("mlp-symbol"));
  const [letter, scripts] = parts[1].children;
  assert.equal(textOf([letter]), "z");
  assert.deepEqual(scripts.children.map((each) => textOf(each.children)), ["(1)", "k"]);
});

test("a formula may have several symbols, and a sentence no formula", () => {
  assert.equal(textOf(prose(formula("∂z^{(2)}_{k}/∂W^{(2)}_{ij}")).flat(Infinity)), "∂z(2)k/∂W(2)ij");
  assert.equal(textOf(prose("Nothing below_here.").flat(Infinity)), "Nothing below_here.");
});
