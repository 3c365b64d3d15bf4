// Pictures with two axes: their stated ranges, points that have the corner of a kink, lines that break where there is no value.

import assert from "node:assert/strict";
import { test } from "node:test";

import "../../../support/dom.mjs";
import { arrowPath, bounds, frameOf, magnified, plotOf, reach, sampled, strokes, tangentAt } from "../../../../mlpviz/interface/stepper/js/plot.js";

const plot = plotOf({ width: 300, height: 120, em: 12 }, [-1, 1], [0, 2]);

test("a range reaches a quarter further than the number, in steps of 1, 2, 5", () => {
  assert.deepEqual([0, 0.8, 0.81, 3, 7].map((value) => reach(1, value)[1]), [1, 1, 2, 5, 10]);
  assert.deepEqual(reach(2, NaN), [-2, 2]);
});

test("a kink between two looks has its corner", () => {
  const kink = 1 / 3 + 1e-3;
  const points = sampled((x) => Math.abs(x - kink), -1, 1);
  const nearest = Math.min(...points.map(([x]) => Math.abs(x - kink)));
  assert.ok(nearest < 1e-3, `${nearest}`);
  assert.ok(points.length <= 480 && points.every(([x], i) => !i || x > points[i - 1][0]));
});

test("a straight line asks for no more points than at first, and a wild one for no more than allowed", () => {
  assert.ok(sampled((x) => 3 * x, -1, 1).length <= 161);
  let asked = 0;
  sampled((x) => (asked++, Math.sin(1e6 * x)), -1, 1, 200);
  assert.ok(asked <= 200, `${asked}`);
});

test("a line breaks where a function has no value, and where it jumps", () => {
  const hole = sampled((x) => (x > 0 ? 1 : NaN), -1, 1);
  assert.equal(strokes(plot, hole, "line").length, 1);
  const step = sampled((x) => (x > 0.1 ? 2 : 0), -1, 1);
  assert.equal(strokes(plot, step, "line").length, 2);
});

test("what is drawn has room, also where all values are the same or none is finite", () => {
  assert.deepEqual(bounds([3, 3]), [1.5, 4.5]);
  assert.deepEqual(bounds([NaN, Infinity]).every(Number.isFinite), true);
});

test("a tangent has its slope in the units of the axes and is as long everywhere", () => {
  const lengths = [0, 1, -40].map((slope) => {
    const { x1, x2, y1, y2 } = tangentAt(plot, 0, 1, slope);
    assert.ok(Math.abs((-(y2 - y1) * plot.perY) / ((x2 - x1) * plot.perX) - slope) < 1e-9);
    return Math.hypot(x2 - x1, y2 - y1);
  });
  assert.ok(Math.max(...lengths) - Math.min(...lengths) < 1e-9);
  const low = tangentAt(plot, -0.95, 0.02, 3); // near the corner
  assert.ok(low.y1 <= plot.bottom + 1e-9 && low.x1 >= plot.left - 1e-9 && low.y2 < plot.Y(0.02));
});

test("a step too short to be seen is drawn a round number of times as long", () => {
  assert.deepEqual([40, 26, 12, 3, 0.04].map((pixels) => magnified(pixels)), [1, 1, 5, 10, 1000]);
  assert.deepEqual([0, NaN, Infinity].map((pixels) => magnified(pixels)), [1, 1, 1]);
  assert.equal(arrowPath(plot, [10, 10], [10, 10]), "");
  assert.match(arrowPath(plot, [10, 10], [50, 10]), /^M10.0 10.0L50.0 10.0M/);
});

test("a frame names the ends of both ranges", () => {
  const texts = frameOf(plot, 2).flatMap((el) => (el.tag === "text" ? [el.textContent] : []));
  assert.deepEqual(texts, ["2.00", "0.00", "−1.0", "1.0"]);
});
