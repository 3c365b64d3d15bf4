// What is in sight while a number moves: the number and what it was, J and what it was, ŷ and y.

import { entrySymbol, matrixName } from "./cells.js";
import { make } from "./dom.js";
import { valueAt } from "./matrix.js";
import { say } from "./messages.js";
import { format } from "./number.js";
import { keepsBack } from "./state.js";

export function showWatch(ui, hand) {
  ui.watched = { hand, cost: ui.book.cost.data[0] };
  drawWatch(ui);
}

export function hideWatch(ui) {
  ui.watched = null;
  ui.parts.watch.hidden = true;
}

/** Writes the strip; called with every frame of a drag. */
export function drawWatch(ui) {
  if (!ui.watched) return;
  const { hand: { at, was, value }, cost } = ui.watched;
  const now = ui.book.cost.data[0];
  const last = ui.book[`A[${ui.data.diagram.layers.at(-1).layer}]`];
  const row = last.rowAt.has(ui.sample) ? ui.sample : last.rows[0];
  const unseen = keepsBack(ui, ["cost"]);
  const listed = (matrix) => keepsBack(ui, [matrix.key]) ? "?" : matrix.columns.slice(0, 4).map((column) => format(valueAt(matrix, row, column), ui.data.digits)).join(", ") + (matrix.columns.length > 4 ? ", …" : "");
  const shown = (name, text, ghost) => make("span", { class: "mlp-watched" }, name, " ", make("b", {}, text), ghost === undefined ? [] : [" ", make("s", { "aria-label": say(ui, "was", { value: ghost }) }, ghost)]);
  const number = (one) => format(one, ui.data.digits);
  ui.parts.watch.hidden = false;
  ui.parts.watch.replaceChildren(
    shown(entrySymbol(ui, at.matrix, at.row, at.column), number(value * (at.matrix.times ?? 1)), number(was * (at.matrix.times ?? 1))),
    ...(unseen ? [shown(matrixName(ui.book.cost), "?")] : [
      shown(matrixName(ui.book.cost), number(now), number(cost)),
      shown("Δ", `${now > cost ? "+" : ""}${number(now - cost)}`),
    ]),
    shown(matrixName(last), `(${listed(last)})`),
    shown(matrixName(ui.book.Y), `(${listed(ui.book.Y)})`),
  );
}
