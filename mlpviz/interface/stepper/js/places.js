// Where a stepper stands, in the words of the link: the step, the numbers asked about, the sample in the picture, the entry
// reached. It is in the address a moment later, so that a held key stays smooth; the server is not asked.

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
  return { [data.parameter ?? "step"]: String(step || ""), asked: trail.slice(-TRAIL).map(placeText).join(), seen: String(sample || ""), entry: reached };
}

/** Puts the places into the address once they have come to rest. */
export function remember(ui) {
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
export function takePlaces(ui, { asked = "", seen, entry = "" }) {
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
