// What is computed at the present position, what is asked about there, and which numbers it comes from.

import { entries, expand, running } from "./expand.js";
import { onEdges } from "./matrix.js";

/** How much of a matrix is computed at the present position, and seen: all, none, or (entry by entry) so many entries. */
export function progress(ui, matrix) {
  if (matrix.veiled) return "none"; // its numbers have not travelled
  if (matrix.step !== ui.step) return matrix.step < ui.step ? "all" : "none";
  if (ui.grain === "matrix") return ui.veiled ? "none" : "all";
  return matrix.key === ui.data.steps[ui.step].target ? done(ui) : ui.veiled ? "none" : "all";
}

/** Whether the link keeps back what the present step computes. */
export const isSealed = (ui) => Boolean(ui.book[ui.data.steps[ui.step].target].veiled);

const done = (ui) => ui.entry + (!ui.veiled && ui.product >= productsIn(ui) ? 1 : 0);

/** Whether a number is computed at the present position. */
export function known(ui, matrix, row, column) {
  const level = progress(ui, matrix);
  return level === "all" || (level !== "none" && order(matrix, row, column) < level);
}

/** Whether the right side of the step in view is kept back. */
export const hidesRight = (ui, view) => Boolean(ui.veiled?.right && view.index === ui.step);

/** Whether the shape of an array is kept back: it is what is asked for. */
export const hidesShape = (ui, matrix) => ui.veiled?.kind === "shape" && matrix.key === ui.data.steps[ui.step].target;

/** Whether the link keeps one of these arrays back or, while results are to be predicted, one has not been seen yet. */
export const keepsBack = (ui, keys) => keys.some((key) => ui.book[key] && (ui.book[key].veiled || (ui.predict && progress(ui, ui.book[key]) !== "all")));

/** The place of an entry in the order of computation: along the rows as shown. */
function order(matrix, row, column) {
  const [i, j] = [matrix.rowAt.get(row), matrix.columnAt.get(column)];
  return matrix.transposed ? j * matrix.rows.length + i : i * matrix.columns.length + j;
}

/** The entry of the present step's target that is computed now, entry by entry. */
export function entryNow(ui) {
  const matrix = ui.book[ui.data.steps[ui.step].target];
  const across = matrix.transposed ? matrix.rows.length : matrix.columns.length;
  const [i, j] = [Math.floor(ui.entry / across), ui.entry % across];
  return matrix.transposed ? { matrix, row: matrix.rows[j], column: matrix.columns[i] } : { matrix, row: matrix.rows[i], column: matrix.columns[j] };
}

/** The expansion of a number by the step that computes it, or by its own tree; null if it is given or not computed yet. */
function origin(ui, { matrix, row, column }) {
  if (matrix.veiled) return null;
  if (matrix.tree) return matrix.step <= ui.step ? expand(ui.book, matrix.tree, ...(matrix.transposed ? [column, row] : [row, column])) : null;
  const step = ui.data.steps[matrix.step];
  if (!step || step.target !== matrix.key || matrix.step > ui.step) return null;
  const [r, c] = matrix.transposed ? [column, row] : [row, column];
  return expand(ui.book, step.tree, r, c);
}

export function sources(ui, number) {
  const term = origin(ui, number);
  return term ? entries(term) : [];
}

/** The index of the last product of the entry computed now. */
export const productsIn = (ui) => (isSealed(ui) ? 0 : Math.max(1, running(origin(ui, entryNow(ui)))?.terms.length ?? 1) - 1);

/** The last step that is shown: a link may say that it is an earlier one. */
export const lastStep = (ui) => Math.min(ui.data.steps.length - 1, ui.data.until ?? Infinity);

export const atEnd = (ui) => !ui.veiled && ui.step === lastStep(ui) && (ui.grain === "matrix" || isSealed(ui) || done(ui) >= ui.book[ui.data.steps[ui.step].target].data.length);

/** Whether the last step leads to an update: a derivation has none, nor has a link that ends earlier, fixes the numbers or keeps some back. */
export const hasUpdate = (ui) => ui.data.parameter !== "line" && !ui.data.fixed && !ui.data.veils && lastStep(ui) === ui.data.steps.length - 1;

/** The step the faces show: the one that computed the number asked about, otherwise the present one. */
export function viewOf(ui) {
  for (const { matrix } of [...ui.trail].reverse()) if (matrix.step >= 0 && matrix.step <= ui.step && ui.data.steps[matrix.step].target === matrix.key) return ui.data.steps[matrix.step];
  return ui.data.steps[ui.step];
}

/** What is asked about: a number that was chosen, the entry computed now, or the first of the step as an example. */
export function ask(ui, view) {
  const chosen = ui.trail.at(-1);
  const target = ui.book[view.target];
  const walking = !chosen && ui.grain === "entry" && !target.veiled;
  const example = { matrix: target, row: target.rowAt.has(ui.sample) && target.rows.length > 1 && !onEdges(target) ? ui.sample : target.rows[0], column: target.columns[0] };
  const subject = chosen ?? (walking ? entryNow(ui) : example);
  const { matrix, row, column } = subject;
  const complete = known(ui, matrix, row, column);
  const awaited = !complete && Boolean(ui.veiled) && matrix.step === ui.step;
  const told = complete || ((walking || awaited) && !hidesRight(ui, view));
  const term = told ? origin(ui, subject) : null;
  const pinned = Boolean(chosen || walking);
  const sum = term && matrix.key === view.target ? view.sum : null;
  const asked = { subject, term, sum, pinned, complete, awaited, name: pinned ? `${matrix.key}:${row},${column}` : null, now: [], later: new Set() };
  return walking && !awaited ? { ...asked, ...walk(ui, term) } : asked;
}

/** Entry by entry: the summand added just now, those still to come, and the sum so far. */
function walk(ui, term) {
  const list = running(term)?.terms ?? [term];
  const summand = list[ui.product];
  const sofar = list.slice(0, ui.product + 1).reduce((sum, one) => sum + one.value, 0);
  return { summand, now: entries(summand), later: new Set(list.slice(ui.product + 1)), sofar, done: ui.product + 1, count: list.length };
}
