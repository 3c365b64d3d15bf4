// A number is written in the browser as in Python: both are held by the same vectors.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { format, plain, scientific, shade } from "../../../../mlpviz/interface/stepper/js/number.js";

const VECTORS = JSON.parse(readFileSync(new URL("../../../support/numbers.json", import.meta.url)));

for (const [value, digits, text] of VECTORS) {
  test(`${value} with ${digits} digits is ${text}`, () => assert.equal(format(Number(value), digits), text));
}

test("a power of ten has as many digits as are asked for", () => {
  assert.equal(scientific(3.14e-8, 0), "3·10⁻⁸");
  assert.equal(scientific(3.14e-8, 1), "3.1·10⁻⁸");
});

test("a number in full has a real minus sign", () => assert.equal(plain(-0.25), "−0.25"));

test("a colour runs from the negative over zero to the positive, and no further", () => {
  assert.match(shade(-2, 1), /--mlp-negative\) 100%/);
  assert.match(shade(0, 1), /\) 0%/);
  assert.match(shade(0.5, 1), /--mlp-positive\) 50%/);
  assert.equal(shade(7, 1), shade(1, 1));
});
