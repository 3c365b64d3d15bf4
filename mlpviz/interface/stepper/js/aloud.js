// What is said aloud, in the one place of the page that a screen reader listens to: once, and briefly.

import { spoken } from "./cells.js";
import { put } from "./dom.js";
import { valueAt } from "./matrix.js";
import { inList, named, saidTogether, say, setApart, stated } from "./messages.js";
import { format } from "./number.js";
import { isSealed, keepsBack } from "./state.js";

const READ_OUT = 6; // numbers that are read out one after the other

/** Says something, unless it was said last, or steps follow each other by themselves. */
export function announce(ui, text) {
  put(ui.parts.status, ui.playing ? "" : text.trim());
}

const inDigits = (ui, value) => format(value, ui.data.digits);
const fewOf = (ui, list) => inList(ui, list.length > READ_OUT ? [...list.slice(0, READ_OUT), "…"] : list);

/** What the present step has come to: its numbers or, entry by entry, the entry or its sum so far. */
export function resultInWords(ui) {
  if (ui.veiled || isSealed(ui)) return "";
  if (ui.grain === "entry") return entryInWords(ui);
  const matrix = ui.book[ui.data.steps[ui.step].target];
  const [outer, inner] = matrix.transposed ? [matrix.columns, matrix.rows] : [matrix.rows, matrix.columns];
  const at = (i, j) => valueAt(matrix, ...(matrix.transposed ? [j, i] : [i, j]));
  return stated(ui, matrix.name, fewOf(ui, outer.slice(0, READ_OUT + 1).flatMap((i) => inner.slice(0, READ_OUT + 1).map((j) => inDigits(ui, at(i, j))))));
}

function entryInWords(ui) {
  const { subject, complete, sofar, done, count } = ui.asked;
  const { matrix, row, column } = subject;
  const name = spoken(ui, matrix, row, column);
  if (complete) return stated(ui, name, inDigits(ui, valueAt(matrix, row, column)));
  return sofar === undefined ? "" : stated(ui, name, saidTogether(ui, [say(ui, "so_far", { done, all: count }), inDigits(ui, sofar)]));
}

/** The explanation of a number: its sum with the names of what is in it, then with their numbers. */
export function explanationInWords(ui) {
  const { matrix, row, column, value = valueAt(matrix, row, column) } = ui.asked.subject;
  const name = spoken(ui, matrix, row, column);
  const told = linesToRead(ui).map((line) => readOut(ui, line).trim()).filter(Boolean).join(" ");
  return ui.asked.complete ? saidTogether(ui, [stated(ui, name, inDigits(ui, value)), told]) : named(ui, name, told);
}

/** Of a sum its lines; of a number without one the first sentence on it, and not how else it can be asked about. */
function linesToRead({ asked, parts: { lines } }) {
  return asked.term ? [...lines.children].filter((line) => line.textContent.trim()).slice(1, 6) : [lines.querySelector(".mlp-told > *") ?? lines.lastElementChild];
}

/** An element as it is read: an entry's symbol by its name, its number as digits. */
function readOut(ui, node) {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (node.mlp && !node.matches(".mlp-n")) return spoken(ui, node.mlp.matrix, node.mlp.row, node.mlp.column);
  const parts = [...node.childNodes].map((child) => readOut(ui, child));
  if (node.matches?.(".mlp-fraction")) return parts.join(" / ");
  return node.matches?.("sup") ? `^${parts.join("")}` : parts.join("");
}

/** The given numbers, to be held against those that come. */
export const givenNow = ({ book }) => Object.fromEntries(Object.values(book ?? {}).filter((matrix) => matrix.editable).map((matrix) => [matrix.key, matrix.data.slice()]));

/** What has become another number since, and J; nothing if all is as it was, or it is another network. */
export function changeInWords(ui, before) {
  const changed = Object.entries(before).flatMap(([key, values]) => entriesOther(ui.book[key], values));
  if (!changed.length || changed.some((one) => !one)) return "";
  const { cost } = ui.book;
  const told = changed.map(({ matrix, row, column, value }) => named(ui, spoken(ui, matrix, row, column), inDigits(ui, value)));
  return setApart(ui, [fewOf(ui, told), named(ui, cost.name, keepsBack(ui, ["cost"]) ? "?" : inDigits(ui, cost.data[0]))]);
}

function entriesOther(matrix, values) {
  if (matrix?.data.length !== values.length) return [null];
  const at = (k) => ({ matrix, row: matrix.rows[Math.floor(k / matrix.columns.length)], column: matrix.columns[k % matrix.columns.length], value: matrix.data[k] });
  return [...values].flatMap((value, k) => (Object.is(value, matrix.data[k]) ? [] : [at(k)]));
}
