// Where an operand is bracketed, for matrices and for numbers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { needsBrackets } from "../../../../mlpviz/interface/stepper/js/brackets.js";

const BRACKETED = [
  ["times", "add"], ["times", "negate"], ["negate", "add"], ["square", "times"], ["square", "square"], ["divide", "subtract"],
  ["matmul", "multiply"], ["multiply", "matmul"],
];
const FREE = [
  [undefined, "add"], ["add", "subtract"], ["add", "times"], ["negate", "times"], ["times", "square"], ["times", "call"], ["square", "entry"],
  ["matmul", "matmul"], ["multiply", "multiply"],
];

for (const [outer, inner] of BRACKETED) test(`${inner} in ${outer} is bracketed`, () => assert.equal(needsBrackets(outer, inner), true));
for (const [outer, inner] of FREE) test(`${inner} in ${outer} is not`, () => assert.equal(needsBrackets(outer, inner), false));

test("what is taken away, or divided by, is bracketed where it would be read from the left", () => {
  for (const [outer, inner] of [["subtract", "add"], ["divide", "multiply"]]) {
    assert.deepEqual([needsBrackets(outer, inner, false), needsBrackets(outer, inner, true)], [false, true]);
  }
});
