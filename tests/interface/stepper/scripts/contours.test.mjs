// A function of two numbers as a map: its levels, its lines of equal value, and the runs of its bands.

import assert from "node:assert/strict";
import { test } from "node:test";

import { contour, levelsOf, runs, surface } from "../../../../mlpviz/interface/stepper/js/contours.js";

const bowl = surface(21, 21, (i, j) => (i - 10) ** 2 + (j - 10) ** 2);
const plane = surface(11, 7, (i, j) => 2 * i + 3 * j);

test("levels are even steps between the least and the most", () => {
  const { lowest, highest, levels, more } = levelsOf(plane);
  assert.deepEqual([lowest, highest, more], [0, 38, false]);
  levels.forEach((level, k) => assert.ok(Math.abs(level - 3.8 * (k + 1)) < 1e-12));
});

test("one steep corner leaves the rest its colours, and the legend says so", () => {
  const { highest, more } = levelsOf(surface(20, 20, (i, j) => (i + j === 38 ? 1e9 : i)));
  assert.deepEqual([highest, more], [19, true]);
});

test("a surface without a finite value, or with a single one, has no levels", () => {
  assert.deepEqual(levelsOf(surface(3, 3, () => NaN)).levels, []);
  assert.deepEqual(levelsOf(surface(3, 3, () => 2)).levels, []);
});

test("every end of a contour's pieces lies on a side of a cell where the value passes the level", () => {
  const pieces = contour(plane, 17);
  assert.ok(pieces.length > 5);
  for (const [x, y, u, v] of pieces) for (const at of [2 * x + 3 * y, 2 * u + 3 * v]) assert.ok(Math.abs(at - 17) < 1e-9);
  const round = contour(bowl, 49);
  for (const [x, y] of round) assert.ok(Math.abs(Math.hypot(x - 10, y - 10) - 7) < 0.1);
});

test("a line through a bowl is above a level outside of it", () => {
  const [left, right] = runs(bowl, 10, 25);
  assert.deepEqual([left, right], [[0, 5], [15, 20]]);
  assert.deepEqual(runs(bowl, 10, -Infinity), [[0, 20]]);
  assert.deepEqual(runs(surface(4, 3, (i) => (i === 1 ? NaN : 1)), 1, 0), [[2, 3]]);
});
