// The two parts of a payload put together: the frame, and the numbers in their places in it.

import { decode } from "./matrix.js";

/** A frame, filled with the numbers that belong into it; what else came with them stays beside it, and single numbers by their keys. */
export function woven(frame, { scalars, rests, matrices, ...numbers }) {
  const values = decode(scalars);
  const scalarAt = Object.fromEntries(frame.scalars.map((key, i) => [key, values[i]]));
  for (const [key, matrix] of Object.entries(frame.matrices)) [matrix.values, matrix.limit] = matrices[key];
  for (const step of frame.steps) for (const part of [step.tree, step.factors]) fillIn(part, scalarAt, rests);
  return { ...frame, ...numbers, constants: scalarAt };
}

/** Fills a tree: its single numbers, and what sums have beyond what travelled. */
function fillIn(node, values, rests) {
  if (!node) return;
  if (node.op === "scalar") node.value = values[node.key];
  if (node.rest !== undefined) node.rest = rests[node.rest];
  fillIn(node.definition, values, rests);
  for (const arg of node.args ?? []) fillIn(arg, values, rests);
}
