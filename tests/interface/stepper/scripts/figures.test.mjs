// J over one number and over two, and f beside a unit, of Mazur's example: what they show is what the pass computes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { opened } from "../../../support/dom.mjs";
import { curveFigure, gradientAt } from "../../../../mlpviz/interface/stepper/js/curve.js";
import { entriesOf, evaluator } from "../../../../mlpviz/interface/stepper/js/evaluate.js";
import { mapFigure } from "../../../../mlpviz/interface/stepper/js/map.js";
import { readMatrix, valueAt } from "../../../../mlpviz/interface/stepper/js/matrix.js";
import { inHand, probe } from "../../../../mlpviz/interface/stepper/js/probe.js";

const load = (text) => import(`data:text/javascript,${encodeURIComponent(text)}`);
const room = { width: 380, height: 150, em: 12 };
const of = (el, name) => (el.attributes?.class?.split(" ").includes(name) ? [el] : []).concat((el.children ?? []).flatMap((child) => of(child, name)));
const one = (el, name) => of(el, name)[0];
const number = (el, name) => Number(el.attributes[name]);

async function live() {
  const ui = opened(JSON.parse(readFileSync(process.env.MAZUR)), readMatrix);
  ui.live = await evaluator(JSON.parse(ui.data.program), load);
  for (const [key, value] of Object.entries(ui.data.constants)) if (ui.live.places[key]) ui.live.memory[ui.live.places[key].start] = value;
  for (const [key, place] of Object.entries(ui.live.places)) if (ui.book[key]) ui.live.memory.set(ui.book[key].stored, place.start);
  return ui;
}

test("trying values leaves every array of the pass as it was", async () => {
  const ui = await live();
  ui.live.pass();
  const before = ui.live.memory.slice();
  const J = probe(ui, [{ matrix: ui.book["W[1]"], row: 0, column: 1 }]);
  J.cost(3);
  J.done();
  assert.deepEqual(ui.live.memory, before);
});

test("the tangent has the slope of the gradient on screen, and the point lies on the curve", async () => {
  const ui = await live();
  for (const [key, row, column] of [["W[1]", 0, 1], ["W[2]", 1, 0], ["b[2]", 0, 1], ["A[0]", 0, 1], ["Y", 0, 0]]) {
    const at = { matrix: ui.book[key], row, column };
    const figure = curveFigure(ui, [at], room);
    figure.update();
    const tangent = one(figure.el, "mlp-tangent");
    const [x1, x2, y1, y2] = ["x1", "x2", "y1", "y2"].map((name) => number(tangent, name));
    const J = probe(ui, [at]);
    const slope = gradientAt(ui, at) ?? J.slope(valueAt(at.matrix, row, column));
    const measured = (J.cost(valueAt(at.matrix, row, column) + 1e-5) - J.cost(valueAt(at.matrix, row, column) - 1e-5)) / 2e-5;
    J.done();
    assert.ok(Math.abs(slope - measured) < 1e-7, `${key}: ${slope}, ${measured}`);
    const drawn = (-(y2 - y1) * figure.plot.perY) / ((x2 - x1) * figure.plot.perX);
    assert.ok(Math.abs(drawn - slope) < 0.02 * Math.max(0.02, Math.abs(slope)), `${key}: ${drawn}, ${slope}`);
    assert.match(figure.told[0], /^curve/);
    assert.equal(number(one(figure.el, "mlp-point"), "aria-valuenow"), valueAt(at.matrix, row, column));
  }
});

test("an input and a target follow the hand, what is computed does not", async () => {
  const ui = await live();
  const at = (key) => inHand(ui, { matrix: ui.book[key], row: 0, column: 0 });
  assert.deepEqual(["A[0]", "Y", "W[1]", "b[1]", "Z[1]", "A[1]", "dW[1]", "new W[1]"].map(at), [true, true, true, true, false, false, false, false]);
});

test("the map of two weights has its point and its arrow where the update goes", async () => {
  const ui = await live();
  const two = [[0, 0], [1, 1]].map(([row, column]) => ({ matrix: ui.book["W[2]"], row, column }));
  const figure = mapFigure(ui, two, room);
  figure.update();
  const step = two.map(({ row, column }) => valueAt(ui.book["new W[2]"], row, column) - valueAt(ui.book["W[2]"], row, column));
  const [, x, y, u, v] = /^M(\S+) (\S+)L(\S+) (\S+)M/.exec(one(figure.el, "mlp-downhill").attributes.d).map(Number);
  assert.ok((u - x) * step[0] > 0 && (y - v) * step[1] > 0);
  const turn = ((y - v) * figure.plot.perY) / ((u - x) * figure.plot.perX) / (step[1] / step[0]);
  assert.ok(Math.abs(turn - 1) < 0.05, `${turn}`);
  assert.ok(of(figure.el, "mlp-band").length > 4 && one(figure.el, "mlp-contour").attributes.d.length > 100);
  assert.deepEqual(figure.ends().map(({ across, down }) => [Math.sign(across), Math.sign(down)]), [[1, 0], [0, -1]]);
});
