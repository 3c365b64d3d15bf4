// How much of the matrices of a product is in view: less where there is no room, never less than there is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fit } from "../../../../mlpviz/interface/stepper/js/room.js";

const panel = { across: 600, down: 160, type: 16, smallest: 12 };
const product = (rows, columns, most = [9, 24]) => ({ room: { most, wraps: false }, el: { scrollHeight: 400, scrollWidth: 900, style: {} }, grids: [{ grid: { rows: { size: rows }, columns: { size: columns } } }] });

test("as many rows and columns are in view as have room", () => {
  assert.deepEqual(fit({ panel }, product(9, 6)).most, [3, 4]);
});

test("of a single column none is taken away, however wide what stands below it", () => {
  assert.deepEqual(fit({ panel }, product(9, 1)).most, [3, 24]);
  assert.deepEqual(fit({ panel }, product(3, 1, [3, 24])), { most: [3, 24], wraps: true, tight: true });
});
