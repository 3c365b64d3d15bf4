// Where a stepper stands, in the words of the link: the step, the numbers asked about, the sample in the picture, the entry
// reached; and how it is looked at: which part of what is not in view as a whole, whether the ledger is folded, how fast it
// plays. It is in the address a moment later, so that a held key stays smooth; the server is not asked.

import { moveAxis } from "./grid.js";
import { productsIn } from "./state.js";

const RESTFUL = 120; // milliseconds
const TRAIL = 8; // numbers of a trail
const HAND = "mlpviz:hand"; // somebody has moved the stepper, or changed its numbers

const squeezed = (key) => key.replace(/[[\] ]/g, "");
const placeText = ({ matrix, row, column }) => `${squeezed(matrix.key)}.${row}.${column}`;

/** The places that are not where a stepper begins, as text by their names. */
function placesOf(ui) {
  const { data, step, entry, product, trail, sample, grain } = ui;
  const reached = grain === "entry" && (entry || product) ? `${entry}.${product}` : "";
  const at = { [data.parameter ?? "step"]: String(step || ""), asked: trail.slice(-TRAIL).map(placeText).join(), seen: String(sample || ""), entry: reached };
  return { ...at, ...windowsNow(ui), folded: foldedText(ui), speed: ui.speed === 1 ? "" : String(ui.speed) };
}

const inProduct = (ui) => ui.products[ui.view?.index]?.grids.map(({ grid }) => grid) ?? [];

/** The first number in view of every grid whose window has been moved, once for axes that others share. */
function windowsText(grids) {
  const told = new Set();
  const moved = grids.filter(({ rows, columns }) => [rows, columns].some((axis) => axis.start && !told.has(axis) && told.add(axis)));
  return moved.slice(0, TRAIL).map(placeAtStart).join();
}

function placeAtStart({ matrix, flip, rows, columns }) {
  const [r, c] = [rows, columns].map((axis) => axis.list[axis.start]);
  return placeText(flip ? { matrix, row: c, column: r } : { matrix, row: r, column: c });
}

/** The windows as they are, to be taken again where grids are made anew. */
export const windowsNow = (ui) => ({ ledger: windowsText(ui.ledger), product: windowsText(inProduct(ui)) });

/** Looks at what has just been drawn as a link says: that is known before there is anything to move or to fold. */
export function takeViews(ui) {
  if (!ui.wanted) return;
  const { ledger = "", product = "", folded } = ui.wanted;
  ui.wanted = null;
  for (const { rows, columns } of ui.ledger) for (const axis of [rows, columns]) moveAxis(axis, 0);
  moveWindows(ui, ui.ledger, ledger);
  moveWindows(ui, inProduct(ui), product);
  if (folded !== undefined) takeFolded(ui, folded);
}

/** Moves the windows of grids to the numbers of a text. */
function moveWindows(ui, grids, text) {
  for (const { matrix, row, column } of text.split(",").map((each) => placeNamed(ui, each)).filter(Boolean)) {
    const grid = grids.find((one) => one.matrix === matrix);
    const [r, c] = grid?.flip ? [column, row] : [row, column];
    if (grid) for (const [axis, index] of [[grid.rows, r], [grid.columns, c]]) moveAxis(axis, axis.list.indexOf(index));
  }
}

const ledgerOf = ({ root }) => root.querySelector(".mlp-ledger");

/** Whether the ledger is folded where a page begins with it open, or the other way round; before a class it always is. */
function foldedText(ui) {
  const open = ui.projecting ? Boolean(ui.unfolded) : ledgerOf(ui).open;
  return open === !ui.data.folded ? "" : open ? "no" : "yes";
}

/** The ledger as a link says, or as the page begins. */
function takeFolded(ui, folded) {
  const open = folded ? folded === "no" : !ui.data.folded;
  if (ui.projecting) ui.unfolded = open;
  else ledgerOf(ui).open = open;
}

/** Puts the places into the address once they have come to rest. */
export function remember(ui) {
  if (ui.wanted || !ui.data) return; // what a link says is not there yet
  const places = placesOf(ui);
  const text = Object.entries(places).map(([name, place]) => (place ? `${name}=${place}&` : "")).join("");
  if (text === ui.remembered) return;
  ui.remembered = text;
  noteStand(ui, `${ui.step} ${places.entry}`);
  clearTimeout(ui.remembering);
  ui.remembering = setTimeout(() => {
    if (ui.remember) return ui.remember(ui.data.parameter ?? "step", ui.step);
    const others = location.search.slice(1).split("&").filter((part) => part && !(part.split("=")[0] in places));
    history.replaceState(history.state, "", `?${text}${others.join("&")}${location.hash}`);
  }, RESTFUL);
}

/** Says so where the stepper goes on by its reader's hand; what is asked about on the way is no step. */
function noteStand(ui, stand) {
  if (ui.stand !== undefined && ui.stand !== stand && !ui.led) tellHand();
  ui.stand = stand;
}

/** Says on the page that this was done by its reader's hand: the address tells it only a moment later. */
export const tellHand = () => document.dispatchEvent(new Event(HAND));

/** Does what is not done by the reader's hand: the stepper is led somewhere, or other numbers have come. */
export function lead(ui, act) {
  ui.led = true;
  try { act(); } finally { ui.led = false; }
}

/** Takes the places of a link beside its step, as far as they are there. */
export function takePlaces(ui, { asked = "", seen, entry = "", ledger, product, folded = "", speed }) {
  ui.wanted = { ledger, product, folded };
  ui.speed = Number(speed) || 1;
  ui.parts.speed.value = String(ui.speed);
  ui.trail = asked.split(",").map((text) => placeNamed(ui, text)).filter(Boolean);
  if (ui.data.architecture.samples_shown?.includes(Number(seen))) ui.sample = Number(seen);
  if (ui.grain !== "entry") return;
  const [at, done] = entry.split(".").map(Number);
  ui.entry = Math.min(at || 0, ui.book[ui.data.steps[ui.step].target].data.length - 1);
  ui.product = Math.min(done || 0, productsIn(ui));
}

/** The number of a text such as delta1.0.1, if it is here. */
function placeNamed(ui, text) {
  const [name, row, column] = text.split(".");
  const matrix = Object.values(ui.book).find((one) => squeezed(one.key) === name);
  return matrix && matrix.rowAt.has(Number(row)) && matrix.columnAt.has(Number(column)) ? { matrix, row: Number(row), column: Number(column) } : null;
}
