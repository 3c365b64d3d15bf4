// The product: the tree of a step written out with its matrices as grids, operands → result.

import { make, put } from "./dom.js";
import { entries, indices } from "./expand.js";
import { cellOf, fill, light, makeAxis, makeGrid } from "./grid.js";
import { idly, noLonger } from "./idle.js";
import { between, layOut } from "./layout.js";
import { say } from "./messages.js";
import { outerGrid } from "./outer.js";
import { fit, roomFor } from "./room.js";
import { hidesRight } from "./state.js";
import { windowed } from "./windows.js";

/** The product of one step: its element, its grids (each with the leaf it shows, the result without) and the result's axes. */
function makeProduct(ui, step, room) {
  const tree = step.factors ?? step.tree;
  const product = { grids: [], marks: 0, room, most: room.most };
  const [rows, columns] = [0, 1].map((side) => makeAxis(indices(ui.book, tree, side), product.most[side], tree.shape[side]));
  product.el = make("div", { class: "mlp-expression", "data-picture": step.picture }, (PICTURES[step.picture] ?? equation)(ui, product, step, tree, rows, columns));
  product.el.classList.toggle("mlp-tight", room.tight);
  product.el.classList.toggle("mlp-wraps", room.wraps);
  product.el.classList.toggle("mlp-stacked", Boolean(room.stacked));
  product.leaves = new Set(product.grids.map((one) => one.node));
  return product;
}

/** How much of the matrices of a step can be in view in its panel, and how large; found out by trying, in some place. */
function tried(ui, step, place) {
  for (let room = roomFor(ui, step, step.factors ?? step.tree), tries = 8; ; tries -= 1) {
    const product = makeProduct(ui, step, room);
    place.replaceChildren(product.el);
    product.grids.forEach(({ grid }) => fill(grid));
    const less = fit(ui, product);
    if (!less || !tries) return { room, size: product.el.style.fontSize };
    room = less;
  }
}

/** The product of one step as it fits. */
function fitted(ui, step) {
  const { room, size } = (ui.rooms[step.index] ??= tried(ui, step, ui.parts.product));
  const product = makeProduct(ui, step, room);
  product.el.style.fontSize = size;
  return product;
}

/** Lays the product in view out anew in less height than was thought, since the sum needs its own. */
export function lowerProduct(ui, high) {
  const { panel, view } = ui;
  if (!panel || high >= panel.down) return;
  ui.panel = { ...panel, down: high };
  ui.rooms[view.index] = tried(ui, view, ui.parts.product);
  delete ui.products[view.index];
  ui.panel = panel;
  showProduct(ui, view);
}

/** Products are made anew, since their numbers, their panel or their notation have become others. */
export function forgetProducts(ui) {
  Object.assign(ui, { products: [], rooms: [], panel: null, screen: null });
  noLonger(ui, "product");
}

const AHEAD = 6000; // cells that are tried in one go; more is found out when the steps beyond come nearer

/** Tries the products of the steps around while the page is idle, the nearest first, so that a step measures nothing. */
export function prepare(ui) {
  const away = (step) => Math.abs(step.index - ui.step - 0.25); // the next one before the last one
  const list = ui.data.steps.filter((step) => !ui.rooms[step.index]).sort((a, b) => away(a) - away(b));
  let left = AHEAD;
  if (list.length) idly(ui, "product", () => {
    const place = make("div", { class: "mlp-body mlp-probe", "aria-hidden": "true", style: `width: ${ui.parts.product.offsetWidth}px` });
    ui.parts.product.after(place);
    const step = list.shift();
    ui.rooms[step.index] ??= tried(ui, step, place);
    left -= place.getElementsByClassName("mlp-n").length;
    place.remove();
    return list.length > 0 && left > 0;
  });
}

/** How a step is drawn, by its picture (derivation/pictures.py), where that is not as an equation of matrices. */
const PICTURES = {
  outer: (ui, product, step, tree, rows, columns) => outerGrid(ui, product, tree, rows, columns, () => result(ui, product, step, rows, columns)) ?? equation(ui, product, step, tree, rows, columns),
  none: (ui, product, step, tree, rows, columns) => [make("p", { class: "mlp-note mlp-undrawn" }, say(ui, "no_product")), result(ui, product, step, rows, columns).el],
};

function equation(ui, product, step, tree, rows, columns) {
  const operands = layOut(ui, product, tree, rows, columns);
  const equals = make("div", { class: "mlp-enclosed" }, between("="), result(ui, product, step, rows, columns).el);
  const { wraps, stacked } = product.room;
  return wraps && !stacked ? inChunks([operands, equals].flat(Infinity)) : [operands, equals];
}

/** What stays together where an equation stands in several lines: a line ends before a sign, never inside a bracket. */
function inChunks(parts) {
  const chunks = [[]];
  for (const el of parts.flatMap(unwrapped)) {
    if (el.classList.contains("mlp-between")) chunks.push([]);
    chunks.at(-1).push(el);
  }
  return chunks.map((chunk) => make("span", { class: "mlp-term" }, chunk));
}

/** What is inside brackets, with these. */
const unwrapped = (el) => (el.classList.contains("mlp-enclosed") ? [...el.children].flatMap(unwrapped) : [el]);

function result(ui, product, step, rows, columns) {
  const target = ui.book[step.target];
  const grid = windowed(makeGrid(ui, target, target.transposed, rows, columns));
  grid.el.classList.add("mlp-result");
  product.grids.push({ grid, node: null });
  return grid;
}

/** Shows the product of the step in view, its numbers up to date, its window on the number asked about. */
export function showProduct(ui, view) {
  if (hidesRight(ui, view)) return ui.parts.product.replaceChildren(make("p", { class: "mlp-note mlp-undrawn" }, say(ui, "veiled_product")));
  const product = (ui.products[view.index] ??= fitted(ui, view));
  if (ui.parts.product.firstChild !== product.el) ui.parts.product.replaceChildren(product.el);
  const { subject, term, now } = ui.asked;
  const picks = ui.asked.pinned || (view.picture !== "product" && subject?.matrix.key === view.target);
  const result = product.grids.find((one) => !one.node);
  if (subject && subject.matrix.key === view.target) cellOf(result.grid, subject.row, subject.column, true);
  const own = (entry, node) => entry.node === node || (entry.matrix.key === node?.key && !product.leaves.has(entry.node));
  const at = (list, node) => new Set(list.filter((entry) => own(entry, node)).map((entry) => `${entry.row},${entry.column}`));
  const read = picks && term ? entries(term) : [];
  const place = picks && (subject.matrix.transposed ? [subject.column, subject.row] : [subject.row, subject.column]);
  const ends = ({ grid, cell }) => new Set(picks ? [(grid.flip ? cell(...place).reverse() : cell(...place)).join()] : []); // of a row and a column
  for (const one of product.grids) {
    const { grid, node } = one;
    const here = now.find((entry) => entry.node === node);
    if (here) cellOf(grid, here.row, here.column, true);
    fill(grid);
    const source = one.cell ? ends(one) : at(read, node);
    light(grid, { subject: picks ? `${subject.matrix.key}:${subject.row},${subject.column}` : null, source, now: at(now, node), fading: true });
  }
  put(ui.parts.samples, travelling(ui, view));
}

/** "8 of 32 samples are shown; sums include the other 24": said when samples stay behind. */
function travelling(ui, view) {
  const { batch, samples_shown: shown } = ui.data.architecture;
  const partial = [view.target, ...view.reads].map((key) => ui.book[key]).some((m) => m.rows.length < m.shape[0]);
  if (!partial || !shown || shown.length >= batch) return "";
  return say(ui, "samples", { shown: shown.length, count: batch, other: batch - shown.length });
}
