// A derivation in the hand: what its lines name beside the arrays of the pass follows from these, and each line from its tree.

import { expand } from "./expand.js";

/** Fills the identity matrices that the program of a derivation is given. */
export function fillIdentities({ live, data }) {
  for (const [key, n] of Object.entries(data.identities ?? {})) {
    for (let k = 0; k < n; k += 1) live.memory[live.places[key].start + k * (n + 1)] = 1;
  }
}

/** Computes what a derivation has beside the pass: entries that are taken from other arrays, and the results of its lines. */
export function followLines(ui) {
  for (const [key, entries] of Object.entries(ui.data.taken ?? {})) fillWith(ui.book[key], (k) => entryOf(ui, entries[k]));
  for (const { target, tree } of ui.data.steps) if (!ui.live.places[target]) fillLine(ui, ui.book[target], tree);
}

/** An entry that is taken from an array of the pass, or a number that never changes. */
function entryOf({ live }, entry) {
  if (typeof entry === "number") return entry;
  const { start, width, down, across } = live.places[entry[0]];
  return live.memory[start + Math.floor(entry[1] / width) * down + (entry[1] % width) * across];
}

function fillWith(matrix, valueAt) {
  matrix.stored.forEach((_, k) => {
    matrix.stored[k] = valueAt(k);
    matrix.data[k] = (matrix.times > 1 ? matrix.times : 1) * matrix.stored[k];
  });
}

/** The result of a line, entry by entry, which its tree has as it is shown. */
function fillLine(ui, matrix, tree) {
  const { rows, columns, transposed } = matrix;
  fillWith(matrix, (k) => {
    const [row, column] = [rows[Math.floor(k / columns.length)], columns[k % columns.length]];
    return expand(ui.book, tree, ...(transposed ? [column, row] : [row, column])).value / (matrix.times > 1 ? matrix.times : 1);
  });
}
