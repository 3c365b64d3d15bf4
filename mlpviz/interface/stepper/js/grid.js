// Matrices as grids of numbers between brackets, with a window that moves when there are too many cells.

import { matrixName, numberElement, width, write } from "./cells.js";
import { askable, make } from "./dom.js";
import { range } from "./matrix.js";
import { say } from "./messages.js";
import { hidesShape, progress } from "./state.js";

/** One axis of the grids that share it: the true indices that travelled and the window that is shown of them. */
export const makeAxis = (list, most, total) => ({ list, start: 0, size: Math.min(most, list.length), total, grids: [] });

/** A grid of one matrix: label, cells, shape below. The axes are as shown; flip says that this is not how it is stored. */
export function makeGrid(ui, matrix, flip, rows, columns) {
  const cells = range(rows.size).map(() => range(columns.size).map(() => numberElement("div", "gridcell")));
  const lines = cells.map((line) => make("div", { class: "mlp-row", role: "row" }, line));
  const body = make("div", { class: "mlp-cells mlp-grid", role: "grid", tabindex: 0 }, lines);
  body.style.setProperty("--mlp-columns", columns.size);
  body.style.setProperty("--mlp-width", width(ui, matrix));
  const name = flip === matrix.transposed ? matrix.name : say(ui, "turned", { name: matrix.name });
  body.setAttribute("aria-label", say(ui, "matrix", { name, rows: rows.total, columns: columns.total }));
  const label = makeLabel(matrix, flip);
  const sizes = sizesOf(matrix, flip, rows, columns);
  const shape = make("div", { class: "mlp-shape" }, sizes);
  const el = make("div", { class: "mlp-matrix" }, label, body, shape);
  el.dataset.shape = `${rows.total}x${columns.total}`;
  el.dataset.key = matrix.key;
  const grid = { ui, el, label, body, matrix, flip, rows, columns, cells, shape: { line: shape, sizes, name } };
  body.mlpGrid = grid;
  rows.grids.push(grid);
  columns.grids.push(grid);
  return grid;
}

/** What a matrix is called, turned if it is not shown as its letter says; a click on it asks what it is. */
function makeLabel(matrix, flip) {
  return askable("div", { class: "mlp-label" }, matrix.asks ?? matrix.key, matrixName(matrix, flip !== matrix.transposed || matrix.upright));
}

/** The true shape, and its names; the inner dimensions of a product carry the mark of their shared axis. */
function sizesOf(matrix, flip, rows, columns) {
  const [first, second] = flip === matrix.transposed ? matrix.dims : [matrix.dims[1], matrix.dims[0]];
  const one = (axis, name) => {
    const text = name && name !== String(axis.total) ? `${name}=${axis.total}` : String(axis.total);
    return make("span", { class: axis.mark ? `mlp-inner mlp-inner-${axis.mark}` : "mlp-dimension", title: name ?? "" }, text);
  };
  return [one(rows, first), " × ", one(columns, second)];
}

/** The canonical row and column of the cell i, j of a grid's window. */
function address(grid, i, j) {
  const r = grid.rows.list[grid.rows.start + i];
  const c = grid.columns.list[grid.columns.start + j];
  return grid.flip ? [c, r] : [r, c];
}

/** Writes all numbers of a grid that are due; level says how much of the matrix is computed, so most steps skip it. */
export function fill(grid, force = false) {
  veilShape(grid);
  const level = progress(grid.ui, grid.matrix);
  if (!force && grid.level === level) return;
  grid.level = level;
  grid.cells.forEach((line, i) => line.forEach((cell, j) => write(grid.ui, cell, grid.matrix, ...address(grid, i, j))));
  grid.el.classList.toggle("mlp-pending", level === "none");
  grid.onfill?.();
}

/** Keeps the shape of an array back while it is what is asked for. */
function veilShape({ ui, el, body, matrix, rows, columns, shape }) {
  const hides = hidesShape(ui, matrix);
  if (Boolean(shape.hidden) === hides) return;
  shape.hidden = hides;
  el.classList.toggle("mlp-unshaped", hides);
  shape.line.replaceChildren(...(hides ? ["?"] : shape.sizes));
  body.setAttribute("aria-label", hides ? shape.name : say(ui, "matrix", { name: shape.name, rows: rows.total, columns: columns.total }));
  if (hides) delete el.dataset.shape;
  else el.dataset.shape = `${rows.total}x${columns.total}`;
}

/** The first and last true index that an axis shows, as the notation counts, in a sentence for one or for several. */
export function partShown(ui, key, { list, start, size }) {
  const [first, last] = [list[start], list[start + size - 1]].map((index) => index + ui.first);
  return say(ui, size > 1 ? `${key}s` : key, { shown: size > 1 ? `${first}–${last}` : first, all: list.length });
}

/** Moves the window of an axis so that it starts at a position, and rewrites the grids on it. */
export function moveAxis(axis, start) {
  const to = Math.max(0, Math.min(axis.list.length - axis.size, Math.round(start)));
  if (to === axis.start) return false;
  axis.start = to;
  axis.grids.forEach((grid) => fill(grid, true));
  axis.grids[0].ui.moved?.();
  return true;
}

/** Moves the window of an axis, if needed, so that a true index is in it. */
function bring(axis, index) {
  const at = axis.list.indexOf(index);
  if (at < 0) return;
  if (at < axis.start) moveAxis(axis, at);
  else if (at >= axis.start + axis.size) moveAxis(axis, at - axis.size + 1);
}

/** The cell of a grid that shows a canonical entry, moving its window there if asked. */
export function cellOf(grid, row, column, move = false) {
  const [r, c] = grid.flip ? [column, row] : [row, column];
  if (move) {
    bring(grid.rows, r);
    bring(grid.columns, c);
  }
  const [i, j] = [grid.rows.list.indexOf(r) - grid.rows.start, grid.columns.list.indexOf(c) - grid.columns.start];
  return grid.cells[i]?.[j];
}

/** The cell d rows and e columns away; past the edge the window moves along. */
export function neighbour(grid, cell, d, e) {
  const i = grid.cells.findIndex((line) => line.includes(cell));
  const j = grid.cells[i].indexOf(cell);
  const inside = (axis, at) => {
    if (at < 0 || at >= axis.size) moveAxis(axis, axis.start + (at < 0 ? at : at - axis.size + 1));
    return Math.max(0, Math.min(axis.size - 1, at));
  };
  return grid.cells[inside(grid.rows, i + d)][inside(grid.columns, j + e)];
}

/** Lights the cells of a grid: the number asked about, its sources, and of these the pair multiplied just now. */
export function light(grid, lit) {
  const changed = (cell, name, on) => cell.classList.contains(name) !== on && cell.classList.toggle(name, on);
  for (const line of grid.cells) {
    for (const cell of line) {
      const at = `${cell.mlp.row},${cell.mlp.column}`;
      changed(cell, "mlp-subject", lit.subject === `${grid.matrix.key}:${at}`);
      changed(cell, "mlp-source", lit.source.has(at));
      changed(cell, "mlp-now", lit.now.has(at));
    }
  }
  grid.el.classList.toggle("mlp-fading", lit.fading && lit.source.size > 0);
}
