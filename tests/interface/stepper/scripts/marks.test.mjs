// Notes on units: only what is flat by its kink is dead; a smooth function is saturated, however small its slope.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { opened } from "../../../support/dom.mjs";
import { numberElement, write } from "../../../../mlpviz/interface/stepper/js/cells.js";
import { noteOn, notes } from "../../../../mlpviz/interface/stepper/js/marks.js";
import { readMatrix } from "../../../../mlpviz/interface/stepper/js/matrix.js";

const packed = (rows) => Buffer.from(new Float64Array(rows.flat()).buffer).toString("base64");
const matrix = (key, rows) => ({ ...readMatrix(key, { shape: [rows.length, rows[0].length], values: packed(rows) }), symbol: key.split("[")[0], layer: 1 });

function noted(kinked, slopes) {
  const messages = { dead: "dead", flat: "flat", saturated: "saturated by {value}" };
  const gains = { ...matrix("gain[1]", slopes), tree: { op: "symbol" } };
  const ui = { data: { architecture: { kinked: [kinked] }, messages }, book: { "A[1]": matrix("A[1]", slopes) }, gains: { 1: gains } };
  ui.notes = notes(ui);
  return (symbol, row) => noteOn(ui, { symbol, layer: 1 }, row, 0);
}

test("a ReLU that no sample reaches is dead, at its activation and at its error", () => {
  const note = noted(true, [[0], [0]]);
  assert.equal(note("A", 0), "dead");
  assert.equal(note("delta", 1), "dead");
  assert.equal(note("Z", 0), undefined);
});

test("a ReLU that one sample reaches is not", () => assert.equal(noted(true, [[0], [1]])("A", 0), undefined));

test("a sigmoid whose slope is rounded to 0 is saturated, not dead", () => {
  assert.equal(noted(false, [[0], [0]])("A", 0), "flat");
  assert.equal(noted(false, [[0.0005], [0.2]])("delta", 0), "saturated by 0.0005");
  assert.equal(noted(false, [[0.0005], [0.2]])("A", 1), undefined);
});

test("a number that stays the same is marked when its unit dies under a hand, and no longer when it lives again", () => {
  const ui = opened(JSON.parse(readFileSync(process.env.MAZUR)), readMatrix);
  const el = numberElement("div", "gridcell");
  const written = (entries) => {
    ui.notes = new Map(entries);
    write(ui, el, ui.book["A[1]"], 0, 0);
    return el.classList.contains("mlp-noted");
  };
  assert.deepEqual([written([]), written([["1:0:0", "dead"]]), written([])], [false, true, false]);
});
