// Where a number comes from: sums and products are opened into one another, and functions have the values of Python's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { calls, defined, entries, expand, leaves, PRIMITIVES, running } from "../../../../mlpviz/interface/stepper/js/expand.js";

const FUNCTIONS = JSON.parse(readFileSync(process.env.PRIMITIVES));

const number = (value) => ({ op: "number", value, shape: [1, 1], args: [] });
const node = (op, ...args) => ({ op, args, shape: [1, 1] });
const named = (name, ...args) => ({ op: "apply", name, args, shape: [1, 1] });
const term = (tree) => expand({}, tree, 0, 0);

test("a sum of sums is one sum, and a product of products one product", () => {
  const sum = term(node("add", node("add", number(1), number(2)), number(3)));
  assert.deepEqual([sum.kind, sum.terms.length, sum.value], ["add", 3, 6]);
  const product = term(node("multiply", number(2), node("multiply", number(3), number(4))));
  assert.deepEqual([product.kind, product.terms.length, product.value], ["times", 3, 24]);
});

test("the second operand of a difference stays by itself", () => {
  const difference = term(node("subtract", number(5), node("subtract", number(3), number(1))));
  assert.deepEqual([difference.kind, difference.terms.length, difference.value], ["subtract", 2, 3]);
});

test("what is multiplied by itself is a square", () => {
  const square = term(node("multiply", node("add", number(1), number(2)), node("add", number(1), number(2))));
  assert.deepEqual([square.kind, square.value], ["square", 9]);
});

test("a function with a definition is opened into it", () => {
  const call = term({ ...named("double", number(4)), definition: node("multiply", number(2), number(4)) });
  assert.deepEqual([call.kind, call.value, calls(call), defined(call).kind], ["call", 8, true, "times"]);
});

test("the sum that runs is the first of several terms", () => {
  const tree = node("negate", node("add", number(1), number(2)));
  assert.equal(running(term(tree)).terms.length, 2);
  assert.equal(running(term(number(1))), null);
});

test("numbers are read from no matrix and have no leaves", () => {
  assert.deepEqual(entries(term(node("add", number(1), number(2)))), []);
  assert.deepEqual(leaves(node("add", number(1), number(2))), []);
});

test("the browser has a function for each primitive, with Python's values", () => {
  assert.deepEqual(Object.keys(PRIMITIVES).sort(), Object.keys(FUNCTIONS).sort());
  for (const [name, cases] of Object.entries(FUNCTIONS)) {
    for (const [given, value] of cases) {
      const found = PRIMITIVES[name](...given);
      assert.ok(Object.is(found, value) || Math.abs(found - value) <= 1e-13 * Math.abs(value), `${name}(${given}) = ${found}, not ${value}`);
    }
  }
});
