// A matrix that is shown several times as large as it is stored.

import assert from "node:assert/strict";
import { test } from "node:test";

import { readMatrix, storedAt, valueAt } from "../../../../mlpviz/interface/stepper/js/matrix.js";

const values = Buffer.from(new Float64Array([0.1, -0.2]).buffer).toString("base64");
const read = (times) => readMatrix("delta[1]", { shape: [1, 2], values, times });

test("its entries are as they are shown, and each is known as it is stored", () => {
  assert.deepEqual([valueAt(read(3), 0, 1), storedAt(read(3), 0, 1)], [3 * -0.2, -0.2]);
});

test("any other is shown as it is stored", () => {
  assert.deepEqual([valueAt(read(1), 0, 0), storedAt(read(1), 0, 0)], [0.1, 0.1]);
});
