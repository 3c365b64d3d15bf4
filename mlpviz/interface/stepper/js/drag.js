// Dragging given numbers: right is more, left is less, and every number after them moves along; at release one edit is
// sent. A number is taken where it stands or by the point of a picture, which may move two at once.

import { announce } from "./aloud.js";
import { follow, set } from "./live.js";
import { stepOf } from "./matrix.js";
import { stop } from "./moves.js";
import { inHand } from "./probe.js";
import { atHome } from "./prove.js";
import { reached } from "./reached.js";
import { hideWatch, inWatch, showWatch } from "./watch.js";

const BEGINS = 4; // pixels after which a press is a drag
const FINE = 0.1; // of a step, with Shift

/** A number without the noise of its decimal places. */
const clean = (value) => Number(value.toPrecision(12));

/** A number in the hand: by how much a pixel to the right and one down changes it, within which range, in which grains. */
const endOfHand = ({ matrix, row, column, value }) => ({ at: { matrix, row, column }, was: value, value, across: stepOf(matrix), down: 0 });

/** The numbers that a press on an element takes; none for most elements. */
function takenBy(ui, target) {
  if (target.closest?.(".mlp-figure")) return ui.figure?.ends()?.map((end) => ({ ...end, was: valueOfEnd(end), value: valueOfEnd(end) }));
  const number = target.closest?.(".mlp-n")?.mlp;
  return number && inHand(ui, number) ? [endOfHand(number)] : undefined;
}

const valueOfEnd = ({ at: { matrix, row, column } }) => matrix.stored[matrix.rowAt.get(row) * matrix.columns.length + matrix.columnAt.get(column)];

/** Where a pointer is, in whole pixels: on many screens it says fractions, which would be a number's last places. */
const pixelOf = ({ clientX, clientY }) => [Math.round(clientX), Math.round(clientY)];

export function onPointerDown(ui, event) {
  if (event.button) return;
  if (ui.hand) release(ui);
  const ends = takenBy(ui, event.target);
  if (ends) ui.hand = { ends, from: pixelOf(event), at: pixelOf(event), moved: [0, 0], pointer: event.pointerId, moving: false };
}

export function onPointerMove(ui, event) {
  const { hand } = ui;
  if (!hand || event.pointerId !== hand.pointer) return;
  const here = pixelOf(event);
  if (!hand.moving) {
    const far = here.map((place, side) => Math.abs(place - hand.from[side]));
    if ((hand.ends.some((end) => end.down) ? Math.max(...far) : far[0]) < BEGINS) return;
    ui.root.setPointerCapture(event.pointerId);
    take(ui);
  }
  hand.moved = hand.moved.map((sum, side) => sum + (here[side] - hand.at[side]) * (event.shiftKey ? FINE : 1));
  hand.at = here;
  move(ui, ({ was, across, down }) => was + hand.moved[0] * across + hand.moved[1] * down);
}

/** Begins: what stands on screen now is what it was, until the number is let go. */
function take(ui) {
  const { hand } = ui;
  stop(ui);
  hand.moving = true;
  ui.root.classList.add("mlp-dragging");
  showWatch(ui, hand);
}

function move(ui, to) {
  for (const end of ui.hand.ends) {
    const [low, high] = end.within ?? [-Infinity, Infinity];
    const wanted = Math.max(low, Math.min(high, to(end)));
    end.value = clean(end.grain && wanted !== end.was ? Math.round(wanted / end.grain) * end.grain : wanted);
    set(ui, end.at, end.value);
  }
}

/** Lets go: one edit goes to the server, whose answer changes no digit. */
export function release(ui) {
  const { hand } = ui;
  ui.hand = null;
  if (!hand?.moving) return;
  if (ui.frame) follow(ui);
  letGo(ui, hand);
  const edits = hand.ends.filter((end) => end.value !== end.was).map(({ at: { matrix, row, column }, value }) => ({ symbol: matrix.symbol, layer: matrix.layer, row, column, value }));
  if (!edits.length) return ui.answer();
  announce(ui, inWatch(ui, hand));
  ui.waiting = null; // what came meanwhile does not have this edit
  ui.send("edit", { ...reached(ui), ...(edits.length > 1 ? { numbers: edits } : edits[0]) });
}

/** Takes the numbers back to what they were; the server hears of nothing. */
export function takeBack(ui) {
  const { hand } = ui;
  if (!hand?.moving) return false;
  ui.hand = null;
  for (const end of hand.ends) set(ui, end.at, end.was);
  follow(ui);
  atHome(ui);
  letGo(ui, hand);
  ui.answer();
  return true;
}

function letGo(ui, { keyed }) {
  clearTimeout(ui.pause);
  ui.root.classList.remove("mlp-dragging");
  hideWatch(ui);
  ui.dragged = !keyed;
}

/** A click that ends a drag asks for nothing. */
export function onClickCapture(ui, event) {
  if (!ui.dragged) return;
  ui.dragged = false;
  event.stopPropagation();
}

const NUDGES = { ArrowUp: 1, ArrowDown: -1 };
const WALKS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], PageUp: [0, 10], PageDown: [0, -10], Home: [-Infinity, 0], End: [Infinity, 0] };
const PAUSE = { held: 1500, free: 500 }; // milliseconds after the last key until what was pressed in a row is one edit

/** Alt and an arrow, which is worth a pixel: the same by keys; in a picture the arrows alone. Escape takes back. */
export function onHandKey(ui, event, cell) {
  if (ui.hand?.moving && event.key === "Escape") return takeBack(ui);
  if (event.target.closest(".mlp-point")) return onPointKey(ui, event);
  if (!event.altKey || !NUDGES[event.key] || !cell?.mlp || !inHand(ui, cell.mlp)) return false;
  nudge(ui, event, [endOfHand(cell.mlp)], () => NUDGES[event.key]);
  return true;
}

function onPointKey(ui, event) {
  const walk = WALKS[event.key];
  if (!walk || event.ctrlKey || event.metaKey || !ui.figure?.ends()) return false;
  const ends = takenBy(ui, event.target);
  nudge(ui, event, ends, (end) => (ends.length > 1 ? walk[end.down ? 1 : 0] : walk[0] + walk[1]));
  return true;
}

/** Moves numbers by so many steps; what a hand holds already goes on from where it is. */
function nudge(ui, event, ends, by) {
  const spot = ({ at }) => `${at.matrix.key}:${at.row},${at.column}`;
  if (ui.hand && ui.hand.ends.map(spot).join() !== ends.map(spot).join()) release(ui);
  if (!ui.hand) {
    ui.hand = { ends, keyed: true };
    take(ui);
  }
  move(ui, (end) => end.value + (by(end) || 0) * stepOf(end.at.matrix) * (event.shiftKey ? FINE : 1));
  pauseAfter(ui, PAUSE.held);
}

function pauseAfter(ui, time) {
  clearTimeout(ui.pause);
  ui.pause = setTimeout(() => {
    if (ui.hand?.keyed) release(ui);
  }, time);
}

export function onHandKeyUp(ui, event) {
  if (ui.hand?.keyed && ["Alt", ...Object.keys(WALKS)].includes(event.key)) pauseAfter(ui, PAUSE.free);
}
