// Where a written formula may be broken into lines.

import assert from "node:assert/strict";
import { test } from "node:test";

import { textOf } from "../../../support/dom.mjs";
import { make } from "../../../../mlpviz/interface/stepper/js/dom.js";
import { inWholeWords } from "../../../../mlpviz/interface/stepper/js/words.js";

const number = (text) => make("span", { class: "mlp-n" }, text);
const words = (...parts) => inWholeWords(parts).flat(Infinity).map((part) => (typeof part === "string" ? part : textOf([part])));

test("a line is broken before an operation and never at a bracket", () => {
  const found = words(["(", [number("0.1"), " × ", number("0.6")], " + ", number("0.2"), ")"], " × ", ["ReLU′", "(", number("0.8"), ")"], " = ");
  assert.deepEqual(found, ["(0.1", " ", "× 0.6", " ", "+ 0.2)", " ", "× ReLU′(0.8)", " ", "= "]);
});

test("a condition keeps its brackets, and a minus sign its number", () => {
  assert.deepEqual(words(number("2"), " × ", "[", number("0.8"), " > 0]"), ["2", " ", "× [0.8 > 0]"]);
  assert.deepEqual(words("−", number("2"), " − ", number("1")), ["−2", " ", "− 1"]);
});
