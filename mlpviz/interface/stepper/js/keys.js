// Keys and clicks. Enter on a matrix goes into its cells, Esc leaves; anywhere else → ← Space Home End step.

import { onHandKey } from "./drag.js";
import { leftOver } from "./figures.js";
import { neighbour } from "./grid.js";
import { backward, beginAnew, choose, enlarge, explain, forward, goTo, letters, nextSample, out, play, stop } from "./moves.js";
import { answerNow, anotherQuestion, askNow, flipSign, onGuessKey, predict } from "./predict.js";
import { offer, takeAlong } from "./take.js";
import { asSecond, OVER, overKeys } from "./over.js";
import { forget } from "./reached.js";
import { redraw } from "./render.js";
import { hold, run, unhold, update } from "./run.js";
import { isGivenInSheet } from "./sheet.js";
import { edit, onEditKey } from "./typing.js";
import { openNotation, project, wallKeys } from "./wall.js";

const STEPPING = {
  ArrowRight: (ui) => forward(ui),
  ArrowLeft: (ui) => backward(ui),
  " ": (ui) => play(ui, !ui.playing),
  Home: (ui) => beginAnew(ui),
  End: (ui) => goTo(ui, ui.data.steps.length - 1, true),
  "?": (ui) => letters(ui),
  p: (ui) => predict(ui),
  Enter: (ui) => askNow(ui),
  a: (ui, event) => event.repeat || (update(ui), hold(ui)),
  r: (ui, event) => event.repeat || run(ui),
  Escape: (ui) => (ui.running ? stop(ui) : leftOver(ui) ? choose(ui, {}) : ui.letters ? letters(ui) : ui.enlarged ? enlarge(ui, false) : out(ui)),
};
const MOVES = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], PageDown: [8, 0], PageUp: [-8, 0], Home: [0, -1e9], End: [0, 1e9] };
const OWN_KEYS = "input, textarea, select, [contenteditable=true], [role=slider], [role=combobox], [role=listbox], [role=menu], [role=dialog], [role=tab], [role=radiogroup]";

const PAGE = "body, [data-testid=stMain]";

// What has no use for → ← Home End itself: after a choice made with it they step again, and whoever tabs keeps the place.
const IDLE = "button, a, summary, input[type=checkbox], [role=combobox][aria-expanded=false]";
const PANEL = "[role=menu], [role=dialog], [role=listbox], [role=radiogroup], [role=tablist], dialog, [data-testid=stPopoverBody]";
const TURNING = ["ArrowRight", "ArrowLeft", "Home", "End"];

/** Answers a key pressed inside the stepper. */
export function onKey(ui, event) {
  if (keepsStill(ui, event)) event.preventDefault();
  if (event.target.closest(".mlp-edit")) return onEditKey(ui, event);
  if (event.target.closest(".mlp-menu") || (event.key === "Escape" && event.target.closest(".mlp-bar[popover]"))) return event.stopPropagation(); // Escape closes it, and nothing else
  if (event.target.closest(".mlp-guess input") && onGuessKey(ui, event)) return stopHere(event);
  if (event.target.matches(OWN_KEYS) && !event.target.closest(".mlp-point")) {
    const answer = leavesWall(ui, event) ? step : answersOnWall(event) && onWall;
    return void (answer && answer(ui, event) && stopHere(event));
  }
  const cell = event.target.closest(".mlp-n");
  const handled = onHandKey(ui, event, cell) || undoOrRedo(ui, event) || (!modified(event) && (onWall(ui, event) || overKeys(ui, event, cell) || (cell ? inCell(ui, cell, event) : onMatrix(ui, event) || step(ui, event))));
  if (handled) stopHere(event);
}

/** Answers a key pressed while nothing that uses that key has the focus. */
export function onPageKey(ui, event) {
  if (event.defaultPrevented || modified(event) || ui.root.contains(event.target)) return;
  if (unused(event.target) && step(ui, event)) stopHere(event);
}

/** Answers a key before a control that has no use for it does: a closed list box would keep it to itself. */
export function onIdleKey(ui, event) {
  const at = event.target;
  if (modified(event) || ui.root.contains(at) || !at.matches?.(IDLE) || at.closest(PANEL)) return;
  const turns = TURNING.includes(event.key) || (ui.projecting && event.key === "Escape");
  if ((turns ? step : onWall)(ui, event)) stopHere(event);
}

const OWN = ["a", "r"];

/** Answers a key that the page around would take for itself, as Streamlit does R, wherever it is not typed into something. */
export function onOwnKey(ui, event) {
  const at = event.target;
  if (!OWN.includes(event.key) || modified(event) || !ui.data?.program || at.closest?.(PANEL) || at.matches?.(`${OWN_KEYS}:not([type=range])`)) return;
  if (step(ui, event)) stopHere(event);
}

/** Answers a key that is let go. */
export function onOwnKeyUp(ui, event) {
  if (event.key === "a") unhold(ui);
}

/** Whether what has the focus leaves a key to the stepper. */
function unused(at) {
  return !at.closest?.(`${OWN_KEYS}, button, a, summary, iframe`) && (at.tabIndex < 0 || at.matches(PAGE));
}

const modified = (event) => event.ctrlKey || event.metaKey || event.altKey;

function stopHere(event) {
  event.preventDefault();
  event.stopPropagation();
}

const CLICKER = { PageDown: forward, PageUp: backward };

/** Whether a control with keys of its own leaves one to the wall: the slider all, a list a clicker's. */
const answersOnWall = ({ target, key }) => target.type === "range" || (target.matches("select") && Object.hasOwn(CLICKER, key));

/** Whether a control that has no use for Escape leaves the wall by it. */
const leavesWall = (ui, { target, key }) => ui.projecting && key === "Escape" && target.matches("select, input[type=range]");

/** Whether something is typed on the wall by a key that would scroll the wall away. */
const keepsStill = (ui, { target, key }) => ui.projecting && Object.hasOwn(CLICKER, key) && target.matches("input:not([type=range])");

/** The keys of the projector view, and of what is held in the hand there. */
function onWall(ui, event) {
  if (wallKeys(ui, event)) return true;
  if (!ui.projecting || !Object.hasOwn(CLICKER, event.key)) return false;
  CLICKER[event.key](ui);
  return true;
}

function step(ui, event) {
  if (onWall(ui, event)) return true;
  if (event.target.closest("button, a, summary") && [" ", "Enter"].includes(event.key)) return false;
  return STEPPING[event.key] ? STEPPING[event.key](ui, event) !== false : false;
}

/** Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y: undo and redo of edits. */
function undoOrRedo(ui, event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  const name = key === "z" ? (event.shiftKey ? "redo" : "undo") : key === "y" ? "redo" : null;
  if (name === "undo" && forget(ui)) redraw(ui);
  else if (name) takeBackSent(ui, name);
  return Boolean(name);
}

/** Asks the server for the numbers before or after an edit; nothing else is waited for then. */
function takeBackSent(ui, name) {
  ui.told = null;
  ui.send(name, (ui.sent += 1));
}

/** Enter on a matrix goes into its cells. */
function onMatrix(ui, event) {
  const cells = event.target;
  if (event.key !== "Enter" || !cells.classList.contains("mlp-cells")) return false;
  const all = [...cells.querySelectorAll(".mlp-n")];
  (all.find((cell) => cell.classList.contains("mlp-subject")) ?? all[0])?.focus();
  return true;
}

/** Inside a matrix: arrows move, Enter explains or edits, Esc leaves. */
function inCell(ui, cell, event) {
  const body = cell.closest(".mlp-cells");
  if (event.key === "Escape") return leave(ui, cell, body);
  if (event.key === "Enter" || event.key === "F2") return enter(ui, cell);
  const move = MOVES[event.key];
  if (!move) return event.key === " ";
  const to = body.mlpGrid ? neighbour(body.mlpGrid, cell, ...move) : beside(body, cell, move[0] + move[1]);
  if (to === cell && body.mlpGrid) explain(ui, cell.mlp, cell);
  to.focus();
  return true;
}

function beside(body, cell, way) {
  const all = [...body.querySelectorAll(".mlp-n")].filter((one) => one.getClientRects().length);
  return all[Math.max(0, Math.min(all.length - 1, all.indexOf(cell) + Math.sign(way)))];
}

/** To the matrix; back out of the trail where a number of the sum led further, and on the wall, where it takes the product's place. */
function leave(ui, cell, body) {
  const further = ui.trail.length > 1 && ui.parts.sum.contains(cell);
  if (!further) body.focus();
  if (further || (ui.projecting && ui.trail.length)) out(ui);
  return true;
}

/** Enter: a number that may be edited opens for typing; in the sum it leads further back. */
function enter(ui, cell) {
  const { matrix, value } = cell.mlp;
  if (asSecond(ui, cell.mlp, cell)) return true;
  if (matrix.editable && value !== undefined && !ui.parts.sum.contains(cell)) edit(ui, cell);
  else explain(ui, cell.mlp, cell);
  return true;
}

const ACTIONS = {
  previous: (ui) => backward(ui),
  next: (ui) => forward(ui),
  play: (ui) => play(ui, !ui.playing),
  run: (ui) => run(ui),
  again: (ui) => ui.heldOn ? (ui.heldOn = false) : update(ui),
  projector: (ui) => project(ui, !ui.projecting),
  notation: () => openNotation(),
  shapes: (ui) => look(ui, { withShapes: !ui.withShapes }),
  numpy: (ui) => look(ui, { language: "numpy" }),
  torch: (ui) => look(ui, { language: "torch" }),
  terms: (ui) => choose(ui, { allTerms: true }),
  crumb: (ui, el) => choose(ui, { trail: ui.trail.slice(0, Number(el.dataset.to)) }),
  go: (ui, el) => goTo(ui, Number(el.dataset.to), true),
  enlarge: (ui) => enlarge(ui, !ui.enlarged),
  letters: (ui) => letters(ui),
  ask: (ui, el) => letters(ui, el.dataset.of),
  offer: (ui, el) => !ui.veiled && offer(ui, el),
  take: (ui, el) => takeAlong(ui, el),
  ...OVER,
  sample: (ui, el) => nextSample(ui, Number(el.dataset.to)),
  predict: (ui) => predict(ui),
  answer: (ui, el) => answerNow(ui, el),
  flip: (ui) => flipSign(ui),
  another: (ui) => anotherQuestion(ui),
};

/** Draws with another look; the server hears of it, since the link carries it. */
function look(ui, change) {
  choose(ui, change);
  ui.send("look", { code: ui.language, shapes: ui.withShapes });
}

/** Answers a click: a control, or a number that says where it comes from. */
export function onClick(ui, event) {
  if (event.target.closest(".mlp-edit, .mlp-refusal")) return;
  const control = event.target.closest("[data-do]");
  if (control) return ACTIONS[control.dataset.do](ui, control);
  const number = event.target.closest(".mlp-n, .mlp-ref");
  if (number?.mlp && isGivenInSheet(ui, number)) return edit(ui, number, ui.root);
  if (number?.mlp && !asSecond(ui, number.mlp, number)) explain(ui, number.mlp, number);
}
