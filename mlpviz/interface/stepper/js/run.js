// Again and Run: updates one by one, as long as a key or button is held, or until they are stopped, at a stated number a frame.

import { showControls } from "./controls.js";
import { follow } from "./live.js";
import { goTo, play, stop, tellCourse } from "./moves.js";
import { movable, proceed, returnTo, settle } from "./reached.js";
import { redraw } from "./render.js";
import { atEnd } from "./state.js";

const HOLDS = 350; // milliseconds after which a key or a button that is held goes on by itself
const SHARE = 10; // milliseconds of a frame in which updates are made: what does not fit is left out, and said
const CALM = 500; // milliseconds between two drawings where no motion is wanted
const noMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The numbers of updates a frame to choose from. */
export const PACES = [1, 10, 100, 1000];

/** Makes one update and stays: everything is computed, and moves on. */
export function update(ui) {
  if (!movable(ui) || ui.running || !toEnd(ui)) return;
  proceed(ui, 1);
  follow(ui);
  tellCourse(ui);
}

/** All of the pass is on screen while updates are made; ← then goes back update by update. Whether nothing is hidden. */
function toEnd(ui) {
  play(ui, false);
  if (!atEnd(ui)) goTo(ui, ui.data.steps.length - 1, true);
  ui.byUpdates = atEnd(ui) && !ui.veiled;
  return ui.byUpdates;
}

/** Run, until it is stopped. */
export function run(ui, on = !ui.running) {
  if (on) setOut(ui, ui.pace);
  else stop(ui);
}

function setOut(ui, count, held = false) {
  if (!movable(ui) || ui.running || !toEnd(ui)) return;
  ui.running = { count, held, made: count, drawn: 0 };
  showControls(ui);
  requestAnimationFrame(() => nextFrame(ui));
}

/** The updates of one frame. */
function nextFrame(ui) {
  const { running } = ui;
  if (!running) return;
  if (!movable(ui)) return stop(ui);
  const [from, now] = [ui.course.at, performance.now()];
  const goes = proceed(ui, running.held ? running.count : ui.pace, now + SHARE);
  Object.assign(running, { count: running.held ? running.count : ui.pace, made: ui.course.at - from });
  if (!goes) return stop(ui);
  if (!noMotion() || now - running.drawn >= CALM) {
    running.drawn = now;
    follow(ui);
  }
  requestAnimationFrame(() => nextFrame(ui));
}

/** A key or a button goes down: one update, and more while it is held. */
export function hold(ui) {
  if (ui.holding) return;
  ui.holding = setTimeout(() => setOut(ui, 1, true), HOLDS);
}

/** It is let go; whether it went on by itself meanwhile. */
export function unhold(ui) {
  clearTimeout(ui.holding);
  ui.holding = null;
  const held = Boolean(ui.running?.held);
  if (held) stop(ui);
  return held;
}

/** Goes to an update that lies behind, or was gone back from. */
function backTo(ui, at) {
  if (!movable(ui)) return;
  stop(ui);
  if (!toEnd(ui)) return;
  returnTo(ui, at);
  redraw(ui);
  showControls(ui);
}

/** Wires the controls of the course; Again goes on while it is held down. */
export function wireCourse(ui) {
  const { pace, back, again } = ui.parts;
  pace.onchange = () => (ui.pace = Number(pace.value));
  back.oninput = () => backTo(ui, Number(back.value));
  again.onpointerdown = () => {
    ui.heldOn = false;
    hold(ui);
  };
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) again.addEventListener(end, () => (ui.heldOn = unhold(ui) || ui.heldOn));
}

/** What is done elsewhere ends a run, and the server hears of what was reached before it hears of that. */
export function comeToRest(ui) {
  unhold(ui);
  stop(ui);
  settle(ui);
}
