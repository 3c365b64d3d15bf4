// The picture beside the explanation: J over a given number, or over two, or f and f′ of a unit. It is drawn anew only
// when something else than what moves in it has changed.

import { curveFigure, letterOf, same } from "./curve.js";
import { make } from "./dom.js";
import { mapFigure } from "./map.js";
import { inHand } from "./probe.js";
import { saidTogether, say } from "./messages.js";
import { slopesFigure, unitOf } from "./slopes.js";
import { keepsBack, known } from "./state.js";

/** Shows the picture of the number that was chosen, if it has one. */
export function showFigure(ui) {
  const numbers = overWhich(ui);
  const unit = numbers ? null : unitChosen(ui);
  if (!numbers && !unit) return closeFigure(ui);
  const name = (numbers ?? [{ matrix: unit.Z, row: unit.row, column: unit.column }]).map(({ matrix, row, column }) => `${matrix.key}:${row},${column}`).join();
  const key = [name, ui.measured, ui.projecting, ui.widened].join();
  const old = ui.figure;
  if (old?.key !== key || old.received !== ui.received || !old.fits() || changedBelow(ui, old)) openFigure(ui, key, numbers, unit);
  if (!ui.figure) return;
  ui.figure.update();
  if (ui.saying) tellAbout(ui.saying, ui.figure.told ?? []);
}

/** Writes the sentences of a picture, and only those that have become others. */
function tellAbout(el, sentences) {
  while (el.childElementCount > sentences.length) el.lastElementChild.remove();
  sentences.forEach((text, i) => {
    const line = el.children[i] ?? el.appendChild(make("p", {}));
    if (line.textContent !== text) line.textContent = text;
  });
}

function closeFigure(ui) {
  if (ui.parts.figure.hidden) return;
  if (ui.parts.figure.contains(document.activeElement)) ui.root.focus({ preventScroll: true });
  ui.figure = null;
  ui.parts.widen.hidden = true;
  ui.root.classList.remove("mlp-pictured", "mlp-over-given");
  widened(ui, false);
  ui.parts.figure.hidden = true;
  ui.parts.figure.replaceChildren();
}

/** Draws a picture anew; the point that had the focus has it again. */
function openFigure(ui, key, numbers, unit) {
  const place = ui.parts.figure;
  const focused = place.contains(document.activeElement);
  place.hidden = ui.parts.widen.hidden = false;
  ui.root.classList.add("mlp-pictured");
  ui.root.classList.toggle("mlp-over-given", Boolean(numbers)); // which on the wall takes the place of the product too
  const room = { width: place.clientWidth, height: place.clientHeight, em: parseFloat(getComputedStyle(place).fontSize) };
  const draw = numbers ? (numbers.length > 1 ? mapFigure : curveFigure) : slopesFigure;
  const figure = draw(ui, numbers ?? unit, room, () => ui.view && showFigure(ui));
  if (!figure) return closeFigure(ui);
  ui.figure = Object.assign(figure, { key, received: ui.received, below: numbers && below(ui, numbers), room });
  place.replaceChildren(figure.el);
  if (focused) place.querySelector(".mlp-point")?.focus({ preventScroll: true });
}

/** Draws a picture anew if its place has become another since, as when the sum beside it was given more room. */
export function fitFigure(ui) {
  const { clientWidth, clientHeight } = ui.parts.figure;
  if (!ui.figure || ui.parts.figure.hidden || (ui.figure.room.width === clientWidth && ui.figure.room.height === clientHeight)) return;
  ui.figure.key = "";
  showFigure(ui);
}

/** Every given number but those that move in a picture. */
function below(ui, numbers) {
  const given = Object.values(ui.book).filter((matrix) => matrix.editable);
  const kept = given.map((matrix) => matrix.stored.slice());
  for (const { matrix, row, column } of numbers) kept[given.indexOf(matrix)][matrix.rowAt.get(row) * matrix.columns.length + matrix.columnAt.get(column)] = 0;
  return kept;
}

const changedBelow = (ui, figure) => Boolean(figure.below) && below(ui, figure.numbers).some((array, i) => array.some((value, k) => !Object.is(value, figure.below[i][k])));

/** Whether what J over a given number tells has been seen, where results are to be predicted. */
export function seenOf(ui, matrix) {
  const slopes = Object.values(ui.book).filter((each) => each.by === matrix.key).map((each) => each.key);
  return !keepsBack(ui, ["cost", `new ${matrix.key}`, ...slopes]);
}

/** The given numbers over which J is shown: the one that was chosen or, if it is one of a pair, both; null for other numbers. */
function overWhich(ui) {
  const chosen = ui.trail.at(-1);
  if (!chosen || !inHand(ui, chosen) || !seenOf(ui, chosen.matrix)) return null;
  const pair = pairOf(ui);
  return pair?.some((one) => same(one, chosen)) ? pair : [chosen];
}

/** The two numbers over which J is asked for; null unless both are here. */
function pairOf(ui) {
  if (!ui.pair?.second) return null;
  const pair = [ui.pair.first, ui.pair.second].map(({ key, row, column }) => ({ matrix: ui.book[key], row, column }));
  return pair.every((one) => one.matrix && one.row < one.matrix.shape[0] && one.column < one.matrix.shape[1] && inHand(ui, one) && seenOf(ui, one.matrix)) ? pair : null;
}

function unitChosen(ui) {
  const chosen = ui.trail.at(-1);
  if (!chosen || !known(ui, chosen.matrix, chosen.row, chosen.column)) return null;
  const unit = unitOf(ui, chosen);
  return unit && !keepsBack(ui, [unit.Z.key.replace("Z", "A")]) ? unit : null;
}

const keyed = ({ matrix, row, column }) => ({ key: matrix.key, row, column });

/** J over one number; the second, if there was one, is given up. */
export const alone = (ui, number) => Object.assign(ui, { pair: { first: keyed(number) }, pairing: false });

/** Takes the second of two numbers, or the first if there is none yet; then the second is chosen next. */
export function paired(ui, number) {
  const first = ui.pair?.first;
  const other = first && !same({ ...first, matrix: { key: first.key } }, number);
  Object.assign(ui, other ? { pair: { first, second: keyed(number) }, pairing: false } : { pair: { first: keyed(number) }, pairing: true });
}

/** Gives up choosing a second number, or a picture over all panels; false if there was neither. */
export function leftOver(ui) {
  const was = ui.pairing || ui.widened;
  if (ui.pairing) ui.pairing = false;
  else widened(ui, false);
  return Boolean(was);
}

/** The explanation and its picture over all panels, or in their place again. */
export function widened(ui, on) {
  ui.widened = on;
  ui.root.classList.toggle("mlp-widened", on);
  ui.parts.widen.setAttribute("aria-pressed", String(on));
}

/** Below a given number: the way to J over two numbers, how it is moved, unfolded if that is wished, and what the picture says. */
export function aboutGiven(ui, how) {
  ui.saying ??= make("div", { class: "mlp-told" });
  const button = (action, key) => make("button", { type: "button", class: "mlp-more", "data-do": action, title: say(ui, "pair_keys", { J: letterOf(ui) }), "aria-keyshortcuts": "j Shift+j" }, say(ui, key, { J: letterOf(ui) }));
  const two = overWhich(ui)?.length > 1;
  const choice = ui.pairing ? make("p", { class: "mlp-asks" }, say(ui, "pair_choose")) : two ? button("alone", "alone") : button("pair", "pair");
  return make("div", { class: "mlp-note mlp-about" }, make("div", { class: "mlp-over" }, choice, howMoved(ui, saidTogether(ui, [how, say(ui, "curve_keys")]))), ui.saying);
}

function howMoved(ui, text) {
  const el = make("details", { class: "mlp-how" }, make("summary", {}, say(ui, "how_moved")), make("p", {}, text));
  el.open = Boolean(ui.howOpen);
  el.ontoggle = () => (ui.howOpen = el.open);
  return el;
}
