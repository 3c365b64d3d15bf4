// The places of a stepper in the words of the link, and the same from a link.

import "../../../support/dom.mjs";

import assert from "node:assert/strict";
import { test } from "node:test";

import { moveAxis, makeAxis } from "../../../../mlpviz/interface/stepper/js/grid.js";
import { remember, takePlaces, takeViews, windowsNow } from "../../../../mlpviz/interface/stepper/js/places.js";

const range = (count) => [...Array(count).keys()];

/** A stepper of one 40 × 30 array, in the ledger 16 × 16 in view, and turned in the product, 8 × 8 in view. */
function stepper() {
  const matrix = { key: "W[1]", rowAt: new Map(range(40).map((i) => [i, i])), columnAt: new Map(range(30).map((j) => [j, j])) };
  const ledger = { open: true };
  const ui = { root: { querySelector: () => ledger }, parts: { speed: {} }, data: { steps: [], architecture: {} }, book: { "W[1]": matrix }, view: { index: 0 }, step: 3, entry: 0, product: 0, trail: [], sample: 0, grain: "matrix", speed: 1, led: true };
  const grid = (flip, rows, columns) => {
    const made = { ui, matrix, flip, rows, columns, cells: [], shape: {}, el: { classList: { toggle() {} } } };
    for (const axis of [rows, columns]) axis.grids.push(made);
    return made;
  };
  ui.ledger = [grid(false, makeAxis(range(40), 16, 40), makeAxis(range(30), 16, 30))];
  ui.products = [{ grids: [{ grid: grid(true, makeAxis(range(30), 8, 30), makeAxis(range(40), 8, 40)) }] }];
  return Object.assign(ui, { fold: ledger });
}

/** What the address says once the stepper has come to rest. */
async function told(ui) {
  globalThis.location = { search: "?preset=digit", hash: "" };
  return new Promise((resolve) => {
    globalThis.history = { state: null, replaceState: (state, _, query) => resolve(Object.fromEntries(new URLSearchParams(query))) };
    remember(ui);
  });
}

test("an ordinary state has nothing but its step", async () => {
  assert.deepEqual(await told(stepper()), { step: "3", preset: "digit" });
});

test("what is in view of an array, the fold and the speed are told, and taken from a link", async () => {
  const ui = stepper();
  moveAxis(ui.ledger[0].rows, 24);
  moveAxis(ui.products[0].grids[0].grid.rows, 5);
  Object.assign(ui, { speed: 2 });
  ui.fold.open = false;
  const said = await told(ui);
  assert.deepEqual(said, { step: "3", ledger: "W1.24.0", product: "W1.0.5", folded: "yes", speed: "2", preset: "digit" });

  const other = stepper();
  takePlaces(other, said);
  remember(other); // says nothing before it has been looked at
  assert.equal(other.remembered, undefined);
  takeViews(other);
  assert.deepEqual(await told(other), said);
  assert.deepEqual([other.fold.open, other.speed, other.parts.speed.value], [false, 2, "2"]);
  takePlaces(other, {});
  takeViews(other);
  assert.deepEqual([other.fold.open, other.speed, windowsNow(other).ledger], [true, 1, ""]);
});
