// Notes on units through which little runs back: dead ones (slope 0 for every sample) and saturated ones.

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
      const dead = slopes.every((slope) => slope === 0);
      rows.forEach((row, i) => {
        const text = dead ? say(ui, "dead") : slopes[i] && Math.abs(slopes[i]) < FLAT ? say(ui, "saturated", { value: format(slopes[i], 4) }) : null;
        if (text) sentences.set(`${layer}:${row}:${unit}`, text);
      });
    }
  }
  return sentences;
}

/** The note on an entry, if it has one. */
export const noteOn = (ui, matrix, row, column) => (matrix.symbol === "A" ? ui.notes.get(`${matrix.layer}:${row}:${column}`) : undefined);
