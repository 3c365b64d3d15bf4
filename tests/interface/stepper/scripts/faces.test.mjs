// The faces of each step of Mazur's example, and of a derivation, as text: the sum in symbols and numbers, and the product.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { opened, textOf } from "../../../support/dom.mjs";
import { labelled } from "../../../../mlpviz/interface/stepper/js/diagram.js";
import { expand } from "../../../../mlpviz/interface/stepper/js/expand.js";
import { readMatrix } from "../../../../mlpviz/interface/stepper/js/matrix.js";
import { showProduct } from "../../../../mlpviz/interface/stepper/js/product.js";
import { showSum } from "../../../../mlpviz/interface/stepper/js/sum.js";

const payload = (name) => JSON.parse(readFileSync(process.env[name]));

/** The text of both faces for the first entry of what a step computes. */
function faces(ui, step) {
  const subject = { matrix: ui.book[step.target], row: 0, column: 0 };
  const term = expand(ui.book, step.tree, 0, 0);
  ui.asked = { subject, term, pinned: true, complete: true, now: [], later: new Set() };
  showSum(ui, step);
  showProduct(ui, step);
  return { sum: textOf(ui.parts.lines.children), product: textOf(ui.parts.product.children), total: Number(ui.parts.sum.dataset.total) };
}

test("in the picture of the network what stands below a letter stands under what is above it", () => {
  opened(payload("MAZUR"), readMatrix);
  const pieces = (label) => labelled({ label }).map((el) => [textOf(el.children), el.attributes.class, el.attributes.dx]);
  assert.deepEqual(pieces([["W", ""], ["(1)", "sup"], ["new", "sub"]]), [["W", "mlp-base", undefined], ["(1)", "mlp-sup", undefined], ["new", "mlp-sub", "-1.24em"]]);
  assert.deepEqual(pieces([["W", ""], ["(10)", "sup"], ["a", "sub"], ["J", ""]]).map(([, , dx]) => dx), [undefined, undefined, "-1.76em", "0.89em"]);
  assert.deepEqual(pieces([["z", ""], ["(1)", "sup"]]).map(([, , dx]) => dx), [undefined, undefined]);
});

const SUMS = {
  "Z[1]": "z(1)1=x1 · W(1)11 + x2 · W(1)12 + b(1)1=0.050 × 0.150 + 0.100 × 0.200 + 0.350 = 0.378",
  "A[1]": "a(1)1=σ(z(1)1)=σ(0.378)=11 + e−0.378 = 0.593",
  losses: "ℓ=12 · ((a(2)1 − y1)2 + (a(2)2 − y2)2)=12 × ((0.751 − 0.010)2 + (0.773 − 0.990)2) = 0.298",
  cost: "J=ℓ=0.298 = 0.298",
  "delta[2]": "δ(2)1=(a(2)1 − y1) · σ′(z(2)1)=(0.751 − 0.010) × σ′(1.106)=(0.751 − 0.010) × 0.751 × (1 − 0.751) = 0.138",
  "dW[2]": "∂J/∂W(2)11=δ(2)1 · a(1)1=0.138 × 0.593 = 0.082",
  "delta[1]":
    "δ(1)1=(δ(2)1 · W(2)11 + δ(2)2 · W(2)21) · σ′(z(1)1)=(0.138 × 0.400 + (−0.038) × 0.500) × σ′(0.378)" +
    "=(0.138 × 0.400 + (−0.038) × 0.500) × 0.593 × (1 − 0.593) = 0.009",
  "dW[1]": "∂J/∂W(1)11=δ(1)1 · x1=0.009 × 0.050 = 4·10⁻⁴",
  "new W[1]": "W(1)new,11=W(1)11 − η · ∂J/∂W(1)11=0.150 − 0.5 × 4·10⁻⁴ = 0.150",
  change: "D=Jnew − J=0.280 − 0.298 = −0.018",
};

const PRODUCTS = {
  "Z[1]": "x0.0500.100m=1 × n₀=2·W(1)⊤0.1500.2500.2000.300n₀=2 × n₁=2+b(1)0.3500.3501 × n₁=2=z(1)0.3780.392m=1 × n₁=2",
  losses: "12·add_columns(a(2)0.7510.773m=1 × n₂=2−y0.0100.990m=1 × n₂=2)⊙2=ℓ0.298m=1 × 1",
  "delta[1]":
    "(δ(2)0.138−0.038m=1 × n₂=2·W(2)0.4000.4500.5000.550n₂=2 × n₁=2)⊙σ′(z(1)0.3780.392m=1 × n₁=2)=δ(1)0.0090.010m=1 × n₁=2",
  "new b[2]": "b(2)0.6000.6001 × n₂=2−η·∂J/∂b(2)0.138−0.0381 × n₂=2=b(2)new0.5310.6191 × n₂=2",
};

const mazur = opened(payload("MAZUR"), readMatrix);
const shown = Object.fromEntries(mazur.data.steps.map((step) => [step.target, faces(mazur, step)]));

for (const [key, text] of Object.entries(SUMS)) test(`the sum of ${key}`, () => assert.equal(shown[key].sum, text));
for (const [key, text] of Object.entries(PRODUCTS)) test(`the product of ${key}`, () => assert.equal(shown[key].product, text));

test("a product of several lines is broken before a sign and never inside a bracket", () => {
  const step = mazur.data.steps.find(({ target }) => target === "delta[1]");
  const narrow = { ...mazur, products: [], rooms: { [step.index]: { room: { most: [24, 24], tight: true, wraps: true }, size: "" } } };
  narrow.asked = { now: [], later: new Set() };
  showProduct(narrow, step);
  const chunks = narrow.parts.product.children[0].children.map((chunk) => textOf([chunk]));
  assert.deepEqual(chunks.map((text) => text.replaceAll(/[\d.,=−×₀-₉mn ]+/gu, "")), ["(δ()", "·W())", "⊙σ′(z())", "δ()"]);
  assert.ok(chunks.at(-1).startsWith("=δ"));
});

test("the zeros of a long sum are folded away until they are asked for", () => {
  const product = (value) => ({ kind: "times", value, terms: [{ kind: "number", value }, { kind: "number", value: 1 }] });
  const term = { kind: "add", value: 3, terms: Array.from({ length: 18 }, (_, k) => product(k === 4 ? 3 : 0)) };
  const subject = { matrix: mazur.book["Z[1]"], row: 0, column: 0 };
  mazur.asked = { subject, term, pinned: true, complete: true, now: [], later: new Set() };
  const sum = (allTerms) => (showSum(Object.assign(mazur, { allTerms }), mazur.data.steps[0]), textOf(mazur.parts.lines.children));
  assert.equal(sum(false), "z(1)1=3 · 1 + zeros=3 × 1 + zeros = 0.378");
  assert.equal(sum(true).split("0 × 1").length - 1, 17);
});

test("a matrix that is shown turned is called so", () => {
  showProduct(mazur, mazur.data.steps[0]);
  const names = [...textsOf(mazur.parts.product, "aria-label")].filter((name) => name.includes(" by "));
  assert.deepEqual(names, ["x, 1 by 2", "turned, 2 by 2", "b layer 1, 1 by 2", "z layer 1, 1 by 2"]);
});

/** What all elements below one have for an attribute. */
function* textsOf(el, name) {
  if (el.attributes?.[name]) yield el.attributes[name];
  for (const child of el.children ?? []) yield* textsOf(child, name);
}

test("each sum says what it comes to", () => {
  for (const [key, { total }] of Object.entries(shown)) assert.ok(Math.abs(total - mazur.book[key].data[0]) < 1e-12, key);
});

test("a line of a derivation has slopes, indices and Kronecker's 1", () => {
  const ui = opened(payload("LINES"), readMatrix);
  const [first, second] = ui.data.steps.map((step) => faces(ui, step));
  assert.equal(
    first.sum,
    "∂J/∂W(2)11=∂J∂z(2)1 · ∂z(2)1∂W(2)11 + ∂J∂z(2)2 · ∂z(2)2∂W(2)11" +
      "=0.138 × 0.593 + (−0.038) × 0.000=0.138 × 1 × 0.593 + (−0.038) × 0 × 0.593 = 0.082",
  );
  const grid = "δ(2)⊤0.138−0.038n₂=2 × m=1·a(1)0.5930.597m=1 × n₁=2= ∂J/∂W(2)0.0820.083−0.023−0.023n₂=2 × n₁=2";
  assert.equal(second.product, grid);
});
