// Sentences with formulas: what stands below and above a symbol is set so, and nothing of the marks is left.

import assert from "node:assert/strict";
import { test } from "node:test";

import { textOf } from "../../../support/dom.mjs";
import { prose } from "../../../../mlpviz/interface/stepper/js/dom.js";

const formula = (text) => `\u2068${text}\u2069`;

test("symbols are set apart from the words around them", () => {
  const parts = prose(`One term, ${formula("z^{(1)}_{k}")}, is left.`);
  assert.deepEqual([parts[0], parts[2]].flat(Infinity), ["One term, ", ", is left."]);
  assert.ok(parts[1].classList.contains("mlp-symbol"));
  const [letter, scripts] = parts[1].children;
  assert.equal(textOf([letter]), "z");
  assert.deepEqual(scripts.children.map((each) => textOf(each.children)), ["(1)", "k"]);
});

test("a prime is not of the formulas' font, where it stands on the line", () => {
  const [, symbol] = prose(`times ${formula("σ′(z^{(1)})")}.`);
  const primes = symbol.children.filter((each) => each.classList?.contains("mlp-prime"));
  assert.deepEqual(primes.map((each) => textOf([each])), ["′"]);
  assert.equal(textOf([symbol]), "σ′(z(1))");
});

test("a formula may have several symbols, and a sentence no formula", () => {
  assert.equal(textOf(prose(formula("∂z^{(2)}_{k}/∂W^{(2)}_{ij}")).flat(Infinity)), "∂z(2)k/∂W(2)ij");
  assert.equal(textOf(prose("Nothing below_here.").flat(Infinity)), "Nothing below_here.");
});
