// Notes on units through which little runs back: dead ones, flat by their kink for every sample, and saturated ones.

import { leaves } from "./expand.js";
import { valueAt } from "./matrix.js";
import { say } from "./messages.js";
import { format } from "./number.js";

const FLAT = 1e-3;

/** For each activation with a note, by "layer:row:unit", the sentence; read off the gains of the network. */
export function notes(ui) {
  const sentences = new Map();
  for (const layer of Object.keys(ui.gains)) {
    const { rows, columns } = ui.book[`A[${layer}]`];
    if (!leaves(ui.gains[layer].tree).length) continue;
    for (const unit of columns) {
      const slopes = rows.map((row) => valueAt(ui.gains[layer], row, unit));
      const kinked = ui.data.architecture.kinked[layer - 1];
      const dead = kinked && slopes.every((slope) => slope === 0);
      rows.forEach((row, i) => {
        const text = dead ? say(ui, "dead") : kinked && slopes[i] === 0 ? null : saturated(ui, slopes[i]);
        if (text) sentences.set(`${layer}:${row}:${unit}`, text);
      });
    }
  }
  return sentences;
}

/** What is said of a small slope of a smooth function, which is 0 only by the rounding of its numbers. */
function saturated(ui, slope) {
  if (!(Math.abs(slope) < FLAT)) return null;
  return slope === 0 ? say(ui, "flat") : say(ui, "saturated", { value: format(slope, 4) });
}

/** The note on an entry, if it has one: on a unit's activation, and on its δ, to which that slope is a factor. */
export const noteOn = (ui, matrix, row, column) => (["A", "delta"].includes(matrix.symbol) ? ui.notes.get(`${matrix.layer}:${row}:${column}`) : undefined);
