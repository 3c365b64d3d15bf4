// The stepper: an element of the page and its state. Nothing here asks the server but edits, undo, redo and the grain.

import { announce, changeInWords, givenNow } from "./aloud.js";
import { reason } from "./cells.js";
import { makeDiagram } from "./diagram.js";
import { make } from "./dom.js";
import { onClickCapture, onHandKeyUp, onPointerDown, onPointerMove, release, takeBack } from "./drag.js";
import { gainsOf } from "./gains.js";
import { onClick, onIdleKey, onKey, onOwnKey, onOwnKeyUp, onPageKey } from "./keys.js";
import { refit } from "./headline.js";
import { makeLedger } from "./ledger.js";
import { takePredict } from "./predict.js";
import { enliven } from "./live.js";
import { notes } from "./marks.js";
import { readMatrix } from "./matrix.js";
import { say } from "./messages.js";
import { explain, goTo, setGrain, setSpeed } from "./moves.js";
import { wirePhone } from "./phone.js";
import { lead, remember, takePlaces, tellHand, windowsNow } from "./places.js";
import { forgetProducts } from "./product.js";
import { takeProofs } from "./prove.js";
import { keepsWaiting } from "./reached.js";
import { holdFocus, render, restoreFocus } from "./render.js";
import { comeToRest, PACES, unhold, wireCourse } from "./run.js";
import { heightenStage, pictureWidth, widenStage } from "./stage.js";
import { lastStep } from "./state.js";
import { settleSum } from "./sum.js";
import { edit, endRefusal, followNumbers, tellRefusal } from "./typing.js";
import { lettersHere, typesetter } from "./typesetter.js";
import { endsBlack, project } from "./wall.js";
import { woven } from "./woven.js";

const STATES = new WeakMap();

/** The script is here: from now on what has come for a place is shown there. */
export default function ({ parentElement }) {
  const template = parentElement.querySelector("template");
  window.mlpvizShow = (place) => show(place, template);
  for (const place of document.querySelectorAll(".mlp-place")) show(place, template);
}

/** Shows in a place what has come for it, once the frame that its numbers belong to is here too; in none that has left the page. */
function show(place, template) {
  const { numbers, send } = place.mlpviz ?? {};
  const frame = window.mlpvizFrames?.[numbers?.frame];
  if (!frame || !place.isConnected) return;
  let ui = STATES.get(place);
  if (!ui) STATES.set(place, (ui = start(place, template)));
  ui.send = (name, value) => {
    if (name === "edit") ui.edited = value.numbers?.[0] ?? value;
    if (name !== "look") tellHand();
    (window.mlpvizShell?.deliver ?? send)(name, value, send);
  };
  ui.waiting = Object.assign(() => lead(ui, () => receive(ui, frame, numbers)), { numbers });
  place.mlpviz.ui = ui;
  ui.answer();
  takeProofs(ui);
  place.mlpviz.leave = () => {
    leavePage(ui);
    STATES.delete(place);
  };
}

/** Shows what came last; while a hand holds a number, or updates are being made, it waits. */
function answer(ui) {
  if (ui.hand?.moving || keepsWaiting(ui)) return;
  ui.waiting?.();
  ui.waiting = null;
}

/** The state of a stepper that has just come up, wired to its element once. */
function start(place, template) {
  place.replaceChildren(template.content.cloneNode(true));
  const root = place.querySelector(".mlp-root");
  const parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((el) => [el.dataset.part, el]));
  const ui = { root, parts: { ...parts, root }, step: 0, entry: 0, product: 0, grain: "matrix", language: "numpy", withShapes: false, allTerms: false,
    speed: 1, pace: 10, predict: "", veiled: null, verdict: null, open: -1, round: 0, streak: 0, trail: [], sample: 0, sent: Date.now(), playing: null, projecting: false, data: null, formulas: new Map(), idle: {} };
  ui.answer = () => answer(ui);
  root.onkeydown = (event) => { ui.pointed = false; endRefusal(ui); onKey(ui, event); };
  root.onkeyup = (event) => onHandKeyUp(ui, event);
  root.onpointerdown = (event) => { ui.pointed = true; endRefusal(ui); ui.dragged = endsBlack(ui); if (!ui.dragged) onPointerDown(ui, event); };
  root.onpointermove = (event) => onPointerMove(ui, event);
  root.onpointerup = () => release(ui);
  root.onpointercancel = () => takeBack(ui);
  root.addEventListener("click", (event) => onClickCapture(ui, event), true);
  root.onclick = (event) => onClick(ui, event);
  root.onmouseover = (event) => {
    const cell = event.target.closest(".mlp-marked, .mlp-noted")?.mlp;
    if (cell) event.target.closest(".mlp-n").title = reason(ui, cell.matrix, cell.row, cell.column, cell.value) ?? "";
  };
  root.ondblclick = (event) => { const cell = event.target.closest(".mlp-n"); if (cell?.mlp) edit(ui, cell, ui.root); };
  root.addEventListener("focusin", (event) => { if (!ui.quiet && event.target.matches(".mlp-grid .mlp-n, .mlp-picture .mlp-n") && event.target.mlp) explain(ui, event.target.mlp, event.target); });
  parts.scrubber.oninput = () => goTo(ui, Number(parts.scrubber.value));
  parts.speed.onchange = () => { afterChoice(ui, setSpeed, Number(parts.speed.value)); remember(ui); };
  root.querySelector(".mlp-ledger").ontoggle = () => remember(ui);
  ui.moved = () => remember(ui);
  parts.grain.onchange = () => afterChoice(ui, setGrain, parts.grain.value);
  wireCourse(ui);
  watch(ui);
  return ui;
}

/** Takes a choice; one made by mouse gives the keys back to the stepper. */
function afterChoice(ui, take, value) {
  take(ui, value);
  if (ui.pointed && !ui.parts.bar.popover) ui.root.focus({ preventScroll: true });
}

/** Watches the page for keys and for a change of size. */
function watch(ui) {
  ui.pageKey = (event) => onPageKey(ui, event);
  ui.idleKey = (event) => onIdleKey(ui, event);
  ui.placed = (event) => ui.data && lead(ui, () => goToPlace(ui, event.detail));
  document.addEventListener("mlpviz:placed", ui.placed);
  document.addEventListener("keydown", ui.pageKey);
  document.addEventListener("keydown", ui.idleKey, true);
  ui.gone = new AbortController();
  const heard = (target, name, act) => target.addEventListener(name, act, { capture: true, signal: ui.gone.signal });
  heard(window, "keydown", (event) => onOwnKey(ui, event));
  heard(window, "keyup", (event) => onOwnKeyUp(ui, event));
  heard(window, "blur", () => unhold(ui));
  heard(window, "pointerdown", (event) => ui.root.contains(event.target) || comeToRest(ui));
  heard(document, "visibilitychange", () => document.hidden && comeToRest(ui));
  heard(document.fonts, "loadingdone", () => ui.data && refit(ui, true)); // letters that have just arrived are of other widths
  heard(window, "scroll", () => followNumbers(ui));
  wirePhone(ui);
  ui.grown = new ResizeObserver(() => followNumbers(ui));
  ui.grown.observe(ui.root);
  ui.laidOut = new ResizeObserver(() => settleSum(ui));
  ui.resized = new ResizeObserver(() => {
    const now = ui.parts.product.clientWidth;
    if (!ui.data) return;
    if (Math.abs(now - ui.measured) < 24) return refit(ui);
    ui.measured = now;
    forgetProducts(ui);
    refit(ui);
    if (!ui.projecting && ui.picture.width !== pictureWidth(ui)) placePicture(ui);
    render(ui);
  });
  ui.resized.observe(ui.parts.product);
}

/** Goes where another state was opened that has a place of its own. */
function goToPlace(ui, places) {
  goTo(ui, Number(places[ui.data.parameter ?? "step"]));
  takePlaces(ui, places);
  render(ui);
}

function leavePage(ui) {
  comeToRest(ui);
  ui.gone.abort();
  document.removeEventListener("mlpviz:placed", ui.placed);
  document.removeEventListener("keydown", ui.pageKey);
  document.removeEventListener("keydown", ui.idleKey, true);
  ui.grown.disconnect();
  ui.laidOut.disconnect();
  ui.resized.disconnect();
  ui.idle = {};
  clearTimeout(ui.playing);
  project(ui, false);
}

/** Takes new data: values, notation or another network. The position stays unless the steps are others. */
function receive(ui, frame, numbers) {
  const text = JSON.stringify(numbers);
  if (text === ui.received) return;
  const data = woven(JSON.parse(frame), numbers);
  const [old, first] = [ui.data, !ui.data];
  const held = first ? null : holdFocus(ui);
  const given = givenNow(ui);
  const windows = first ? null : windowsNow(ui);
  const trail = ui.trail.map(({ matrix, row, column }) => [matrix.key, row, column]);
  Object.assign(ui, { received: text, framed: frame, data, ledger: [], away: false });
  forgetProducts(ui);
  takeFormulas(ui);
  ui.book = Object.fromEntries(Object.entries(data.matrices).map(([key, raw]) => [key, readMatrix(key, raw)]));
  ui.gains = gainsOf(ui);
  for (const gains of Object.values(ui.gains)) ui.book[gains.key] = gains;
  ui.notes = notes(ui);
  if (data.fixed) for (const matrix of Object.values(ui.book)) matrix.editable = false;
  ui.hand = null;
  ui.first = data.notation.first_index ?? 1;
  ui.firstLayer = data.notation.first_layer ?? 0;
  if (data.grain && data.grain !== old?.grain) ui.grain = data.grain;
  const anew = first || old.sequence !== data.sequence || old.steps.length !== data.steps.length;
  if (anew) Object.assign(ui, { step: Math.max(0, Math.min(data.start ?? 0, lastStep(ui))), entry: 0, product: 0, trail: [], pair: null, pairing: false });
  else ui.trail = trail.map(([key, row, column]) => ({ matrix: ui.book[key], row, column })).filter(({ matrix, row, column }) => matrix && row < matrix.shape[0] && column < matrix.shape[1]);
  if (ui.goesRound) Object.assign(ui, { goesRound: false, ...(data.updates > (old.updates ?? 0) ? { step: 0, entry: 0, product: 0, trail: [], open: -1 } : {}) });
  if (!data.architecture.samples_shown?.includes(ui.sample)) ui.sample = data.architecture.samples_shown?.[0] ?? 0;
  if (first) takePlaces(ui, data.at ?? {});
  else if (!anew) ui.wanted ??= windows;
  if (data.code && data.code !== old?.code) ui.language = data.code;
  if (data.shapes !== undefined && data.shapes !== old?.shapes) ui.withShapes = data.shapes;
  if (old?.identity !== data.identity) ui.proofs = null;
  takePredict(ui, old, anew);
  build(ui);
  enliven(ui);
  ui.flash = old && old.identity === data.identity ? changed(old, data) : null;
  if (ui.flash) ui.flashUntil = performance.now() + 1500;
  render(ui);
  ui.flash = null;
  if (!anew && old.identity !== data.identity && changeInWords(ui, given)) announce(ui, changeInWords(ui, given));
  restoreFocus(ui, held);
  tellRefusal(ui, data.refused);
  if (first && data.focus && (!document.activeElement || document.activeElement === document.body)) ui.root.focus({ preventScroll: true });
}

/** Keeps of the formulas those that are still there; what sets them comes with the first payload. */
async function takeFormulas(ui) {
  const { formulas, katex } = ui.data;
  ui.formulas = new Map([...ui.formulas].filter(([text]) => formulas.includes(text)));
  if (ui.setting) return;
  ui.setting = typesetter(katex);
  [ui.setter] = await Promise.all([ui.setting, lettersHere()]);
  refit(ui);
}

/** The keys of the matrices that a change of notation shows differently. */
function changed(old, data) {
  const look = (matrix) => JSON.stringify([matrix?.transposed, matrix?.label, matrix?.dims, matrix?.times]);
  return new Set(Object.keys(data.matrices).filter((key) => look(old.matrices[key]) !== look(data.matrices[key])));
}

/** Builds what does not change from step to step: texts, picture and ledger. */
function build(ui) {
  const { root, parts } = ui;
  for (const el of root.querySelectorAll("[data-text]")) el.textContent = say(ui, el.dataset.text);
  for (const el of root.querySelectorAll("[data-title]")) for (const name of ["title", "aria-label"]) el.setAttribute(name, say(ui, el.dataset.title));
  root.lang = ui.data.lang;
  root.setAttribute("aria-label", say(ui, "stepper"));
  parts.letters.setAttribute("aria-label", say(ui, "letters"));
  parts.code.parentElement.setAttribute("aria-label", say(ui, "code"));
  for (const name of ["title", "aria-label"]) {
    parts.asking.setAttribute(name, say(ui, "letters_key"));
    parts.enlarge.setAttribute(name, say(ui, "enlarge"));
    parts.predicting.setAttribute(name, say(ui, "predict_key"));
    parts.widen.setAttribute(name, say(ui, "widen"));
  }
  root.classList.toggle("mlp-some", Boolean(ui.data.faces));
  root.dataset.faces = (ui.data.faces ?? ["network", "sum", "product", "code", "ledger"]).join(" ");
  parts.projector.title = say(ui, "projector_keys");
  root.classList.toggle("mlp-derives", ui.data.parameter === "line");
  parts.device.textContent = ui.data.device?.name ?? "";
  if (ui.data.folded && !ui.folded) root.querySelector(".mlp-ledger").open = !(ui.folded = true);
  parts.scrubber.setAttribute("aria-label", say(ui, "scrubber"));
  parts.scrubber.max = lastStep(ui);
  options(parts.speed, [[0.5, "½×"], [1, "1×"], [2, "2×"], [4, "4×"]], ui.speed);
  options(parts.pace, PACES.map((pace) => [pace, pace.toLocaleString("en")]), ui.pace);
  options(parts.grain, [["matrix", say(ui, "grain_matrix")], ["entry", say(ui, "grain_entry")]], ui.grain);
  widenStage(ui);
  placePicture(ui);
  parts.ledger.replaceChildren(...makeLedger(ui));
  ui.measured = parts.product.clientWidth;
  ui.wide = parts.formula.closest(".mlp-headline").clientWidth;
}

function placePicture(ui) {
  heightenStage(ui);
  ui.picture = makeDiagram(ui);
  ui.parts.network.replaceChildren(ui.picture.el);
}

function options(select, list, chosen) {
  select.replaceChildren(...list.map(([value, text]) => make("option", { value }, text)));
  select.value = String(chosen);
}
