// What updates have led to: the numbers on screen follow, and when the hand rests the server gets them, as one edit.

import { compute } from "./live.js";
import { entriesOf } from "./evaluate.js";
import { encode } from "./matrix.js";
import { hasUpdate } from "./state.js";
import { advance, toUpdate } from "./updates.js";

const RESTS = 700; // milliseconds without an update until what was reached goes to the server
const AWAITS = 5000; // milliseconds for which its answer is waited for, while answers to what was sent before come

/** Whether updates can be made here at all, and are not in the way of a hand. */
export const movable = (ui) => Boolean(ui.live && ui.course && hasUpdate(ui) && !ui.hand?.moving);

/** Makes so many updates, or as many as there is time for; whether it can go on. Nothing is drawn yet. */
export function proceed(ui, count, until) {
  ui.trouble = advance(ui.course, count, until);
  moved(ui);
  return !ui.trouble;
}

/** Goes back, or on, to where the course has been after so many updates; nothing is drawn yet. */
export function returnTo(ui, at) {
  const { first, last } = ui.course;
  ui.trouble = null;
  toUpdate(ui.course, Math.max(first, Math.min(last, at)));
  moved(ui);
  compute(ui);
}

function moved(ui) {
  ui.unsent = ui.course.at !== ui.course.sent;
  clearTimeout(ui.settling);
  if (ui.unsent) ui.settling = setTimeout(settle, RESTS, ui);
}

/** Sends what was reached, unless a hand is still at it. */
export function settle(ui) {
  clearTimeout(ui.settling);
  if (!ui.unsent || ui.running) return;
  if (ui.hand?.moving) return void (ui.settling = setTimeout(settle, RESTS, ui));
  ui.waiting = null; // what came meanwhile does not have this edit
  ui.send("edit", reached(ui));
}

/** What an edit says of the updates that the server has not heard of; nothing if there are none. */
export function reached(ui) {
  if (!ui.unsent) return {};
  const { live, course } = ui;
  ui.unsent = false;
  course.sent = course.at;
  const texts = Object.fromEntries(shownOf(ui).map((key) => [key, encode(entriesOf(live, live.places[key]))]));
  ui.told = [...(ui.told ?? []), texts];
  ui.awaited = performance.now() + AWAITS;
  setTimeout(ui.answer, AWAITS);
  return { updates: course.at, reached: texts };
}

const shownOf = (ui) => ui.live.moved.filter((key) => ui.book[key]);

/** Whether what has come waits, because updates go on from it; what is of another network or other numbers ends them. */
export function keepsWaiting(ui) {
  const going = Boolean(ui.running || ui.unsent);
  if (!ui.course || !ui.waiting || !(going || ui.told)) return false;
  const { matrices } = ui.waiting.numbers;
  const known = [Object.fromEntries(shownOf(ui).map((key) => [key, ui.data.matrices[key].values])), ...(ui.told ?? [])];
  const at = known.findLastIndex((texts) => Object.entries(texts).every(([key, text]) => matrices[key]?.[0] === text));
  if (at >= 0 && (going || (at < known.length - 1 && performance.now() < ui.awaited))) return true;
  Object.assign(ui, { unsent: false, running: null, told: null });
  clearTimeout(ui.settling);
  return false;
}

/** Takes back the updates that the server has not heard of; whether there were any. */
export function forget(ui) {
  if (!ui.unsent) return false;
  returnTo(ui, ui.course.sent);
  return true;
}
