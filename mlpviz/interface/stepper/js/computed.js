// Arrays that no step computes by themselves: the values f′(z) of a function of one array, with the tree they come from.

import { expand, indices, leaves } from "./expand.js";
import { positions } from "./matrix.js";

/** The values of a function of one array, as an array that each of its numbers leads back from; undefined for other nodes. */
export function valuesOf(ui, node) {
  const read = leaves(node);
  if (node.op !== "apply" || node.transparent || new Set(read.map((leaf) => leaf.key)).size !== 1) return undefined;
  const { label, entry, name, dims, transposed, layer } = ui.book[read[0].key];
  return made(ui, node, {
    key: `${node.label} ${read[0].key}`, symbol: "slope", of: node.label, label, entry, name: `${node.label}(${name})`, layer,
    dims: transposed === read[0].transposed ? dims : [...dims].reverse(), upright: read[0].transposed,
  });
}

/** An array with the values of a tree, which is stored as it is shown unless it is said to be stored otherwise. */
export function made(ui, tree, about) {
  const [rows, columns] = [about.rows ?? indices(ui.book, tree, 0), about.columns ?? indices(ui.book, tree, 1)];
  const shown = (r, c) => (about.transposed ? [c, r] : [r, c]).map((index, side) => (tree.shape[side] === 1 ? 0 : index));
  const data = Float64Array.from(rows.flatMap((r) => columns.map((c) => expand(ui.book, tree, ...shown(r, c)).value)));
  const step = Math.max(-1, ...leaves(tree).map((leaf) => ui.book[leaf.key].step));
  const usual = { role: null, per: null, swapped: false, transposed: false, editable: false, hidden: true, shape: tree.shape };
  return { ...usual, rows, columns, ...positions(rows, columns), data, step, limit: Math.max(1, ...data.map(Math.abs)), tree, ...about };
}
