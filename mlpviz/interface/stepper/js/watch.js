// What is in sight while numbers move: each number and what it was, J and what it was, ŷ and y.

import { entrySymbol, matrixName, spoken } from "./cells.js";
import { make, put } from "./dom.js";
import { valueAt } from "./matrix.js";
import { named, say, setApart } from "./messages.js";
import { format } from "./number.js";
import { keepsBack } from "./state.js";

const LISTED = 4; // most outputs of a sample

export function showWatch(ui, hand) {
  ui.watched = { hand, cost: ui.book.cost.data[0] };
  ui.parts.watch.hidden = false;
  ui.parts.watch.showPopover?.(); // over everything, and where the window is, wherever the page is scrolled to
  leaveGhosts(ui, hand);
  drawWatch(ui);
}

/** Leaves what a number was above it, on its wire or at its unit. */
function leaveGhosts(ui, { ends }) {
  for (const { at: { matrix, row, column }, was } of ends) {
    const places = ui.parts.network.querySelectorAll(`.mlp-n[data-symbol="${matrix.symbol}"][data-layer="${matrix.layer}"][data-row="${row}"][data-column="${column}"]`);
    for (const el of places) el.append(make("svg:text", { class: "mlp-was", y: -12, "aria-hidden": "true" }, format(was, ui.data.digits)));
  }
}

export function hideWatch(ui) {
  for (const el of ui.parts.network.querySelectorAll(".mlp-was")) el.remove();
  ui.watched = null;
  ui.parts.watch.hidden = true;
  if (ui.parts.watch.matches(":popover-open")) ui.parts.watch.hidePopover();
}

/** Writes the strip; called with every frame of a drag. */
export function drawWatch(ui) {
  if (!ui.watched) return;
  const { hand, cost } = ui.watched;
  const now = ui.book.cost.data[0];
  const last = ui.book[`A[${ui.data.diagram.layers.at(-1).layer}]`];
  const row = last.rowAt.has(ui.sample) ? ui.sample : last.rows[0];
  const unseen = keepsBack(ui, ["cost"]);
  const number = (one) => format(one, ui.data.digits);
  const listed = (matrix) => keepsBack(ui, [matrix.key]) ? "?" : matrix.columns.slice(0, LISTED).map((column) => number(valueAt(matrix, row, column))).join(", ") + (matrix.columns.length > LISTED ? ", …" : "");
  const shown = (name, text, ghost) => make("span", { class: "mlp-watched" }, name, " ", make("b", {}, text), ghost === undefined ? [] : [" ", make("s", { "aria-label": say(ui, "was", { value: ghost }) }, ghost)]);
  const moved = ({ at: { matrix, row: r, column }, value, was }) => shown(entrySymbol(ui, matrix, r, column), ...[value, was].map((one) => number(one * (matrix.times ?? 1))));
  ui.parts.watch.replaceChildren(
    ...hand.ends.map(moved),
    ...(unseen ? [shown(matrixName(ui.book.cost), "?")] : [
      shown(matrixName(ui.book.cost), number(now), number(cost)),
      shown("Δ", `${now > cost ? "+" : ""}${number(now - cost)}`),
    ]),
    shown(matrixName(last), `(${listed(last)})`),
    shown(matrixName(ui.book.Y), `(${listed(ui.book.Y)})`),
  );
  if (hand.keyed) put(ui.parts.status, inWatch(ui, hand));
}

/** What is in sight, in words, for who moves numbers by keys. */
export function inWatch(ui, { ends }) {
  const number = (one) => format(one, ui.data.digits);
  const moved = ends.map(({ at: { matrix, row, column }, value }) => named(ui, spoken(ui, matrix, row, column), number(value)));
  return setApart(ui, [...moved, named(ui, ui.book.cost.name, keepsBack(ui, ["cost"]) ? "?" : number(ui.book.cost.data[0]))]);
}
