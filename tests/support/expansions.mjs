// Answers lines of JSON: for the matrices and trees of a payload, the entries that the stepper's own expansion comes to.

import { createInterface } from "node:readline";

import { expand } from "../../mlpviz/interface/stepper/js/expand.js";
import { readMatrix } from "../../mlpviz/interface/stepper/js/matrix.js";

/** A number as JSON can carry it. */
const text = (value) => String(value);

for await (const line of createInterface({ input: process.stdin })) {
  const { matrices, asked } = JSON.parse(line);
  const book = Object.fromEntries(Object.entries(matrices).map(([key, raw]) => [key, readMatrix(key, raw)]));
  const values = asked.map(({ tree, cells }) => cells.map(([row, column]) => text(expand(book, tree, row, column).value)));
  console.log(JSON.stringify(values));
}
