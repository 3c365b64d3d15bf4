// A step's line as LaTeX, copied in the browser, is the one that Python writes into documents.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { filledLatex, lineLatex } from "../../../../mlpviz/interface/stepper/js/latex.js";
import { readMatrix } from "../../../../mlpviz/interface/stepper/js/matrix.js";

const PAPERS = JSON.parse(readFileSync(process.env.PAPERS));

const uiOf = (data) => ({ data, book: Object.fromEntries(Object.entries(data.matrices).map(([key, raw]) => [key, readMatrix(key, raw)])) });

for (const { name, data, lines } of PAPERS) {
  test(`every line of ${name}`, () => {
    const ui = uiOf(data);
    assert.equal(data.steps.length, lines.length);
    data.steps.forEach((view, i) => {
      assert.equal(filledLatex(ui, view), lines[i].filled);
      assert.equal(lineLatex(ui, view), lines[i].formula);
      assert.equal(lineLatex(ui, view, "shapes"), lines[i].shaped);
    });
  });
}

test("numbers that have moved stand in the line", () => {
  const ui = uiOf(PAPERS[0].data);
  const view = ui.data.steps[0];
  ui.book[view.target].data[0] = -1234567;
  assert.match(filledLatex(ui, view), /= \\begin\{bmatrix\}-1 \\cdot 10\^\{6\} &/);
});
