// Dragging a given number: right is more, left is less, and every number after it moves along. At release one edit is sent.

import { follow, set } from "./live.js";
import { stepOf } from "./matrix.js";
import { showWatch, hideWatch } from "./watch.js";

const BEGINS = 4; // pixels after which a press is a drag
const FINE = 0.1; // of a step, with Shift

/** A number without the noise of its decimal places. */
const clean = (value) => Number(value.toPrecision(12));

const draggable = (ui, cell) => ui.live && cell?.mlp?.matrix.editable && Number.isFinite(cell.mlp.value) && ui.live.places[cell.mlp.matrix.key];

export function onPointerDown(ui, event) {
  const cell = event.target.closest?.(".mlp-n");
  if (event.button || !draggable(ui, cell)) return;
  const { matrix, row, column, value } = cell.mlp;
  ui.hand = { at: { matrix, row, column }, was: value, value, from: event.clientX, x: event.clientX, steps: 0, pointer: event.pointerId, moving: false };
}

export function onPointerMove(ui, event) {
  const { hand } = ui;
  if (!hand || event.pointerId !== hand.pointer) return;
  if (!hand.moving) {
    if (Math.abs(event.clientX - hand.from) < BEGINS) return;
    ui.root.setPointerCapture(event.pointerId);
    take(ui);
  }
  hand.steps += (event.clientX - hand.x) * (event.shiftKey ? FINE : 1);
  hand.x = event.clientX;
  move(ui, hand.was + hand.steps * stepOf(hand.at.matrix));
}

/** Begins: what stands on screen now is what it was, until the number is let go. */
function take(ui) {
  const { hand } = ui;
  hand.moving = true;
  ui.root.classList.add("mlp-dragging");
  showWatch(ui, hand);
}

function move(ui, value) {
  ui.hand.value = clean(value);
  set(ui, ui.hand.at, ui.hand.value);
}

/** Lets go: one edit goes to the server, whose answer changes no digit. */
export function release(ui) {
  const { hand } = ui;
  ui.hand = null;
  if (!hand?.moving) return;
  if (ui.frame) follow(ui);
  letGo(ui);
  ui.dragged = true;
  const { matrix, row, column } = hand.at;
  if (hand.value === hand.was) return ui.answer();
  ui.waiting = null; // what came meanwhile does not have this edit
  ui.send("edit", { symbol: matrix.symbol, layer: matrix.layer, row, column, value: hand.value });
}

/** Takes the number back to what it was; the server hears of nothing. */
export function takeBack(ui) {
  const { hand } = ui;
  if (!hand?.moving) return false;
  ui.hand = null;
  set(ui, hand.at, hand.was);
  follow(ui);
  letGo(ui);
  ui.dragged = true;
  ui.answer();
  return true;
}

function letGo(ui) {
  ui.root.classList.remove("mlp-dragging");
  hideWatch(ui);
}

/** A click that ends a drag asks for nothing. */
export function onClickCapture(ui, event) {
  if (!ui.dragged) return;
  ui.dragged = false;
  event.stopPropagation();
}

const NUDGES = { ArrowUp: 1, ArrowDown: -1 };
const PAUSE = 500; // milliseconds after a key is let go until what was pressed in a row is one edit

/** Alt and an arrow, which is worth a pixel: the same by keys. */
export function onHandKey(ui, event, cell) {
  if (ui.hand?.moving && event.key === "Escape") return takeBack(ui);
  if (!event.altKey || !NUDGES[event.key] || !draggable(ui, cell)) return false;
  const { matrix, row, column, value } = cell.mlp;
  const same = (at) => at.matrix === matrix && at.row === row && at.column === column;
  if (ui.hand && !same(ui.hand.at)) release(ui);
  if (!ui.hand) {
    ui.hand = { at: { matrix, row, column }, was: value, value, keyed: true };
    take(ui);
  }
  clearTimeout(ui.pause);
  move(ui, ui.hand.value + NUDGES[event.key] * stepOf(ui.hand.at.matrix) * (event.shiftKey ? FINE : 1));
  return true;
}

export function onHandKeyUp(ui, event) {
  if (!ui.hand?.keyed || !["Alt", ...Object.keys(NUDGES)].includes(event.key)) return;
  clearTimeout(ui.pause);
  ui.pause = setTimeout(() => {
    if (ui.hand?.keyed) release(ui);
    ui.dragged = false;
  }, PAUSE);
}
