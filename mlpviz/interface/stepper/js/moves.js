// Moving through the steps, and asking where a number comes from.

import { announce, explanationInWords, resultInWords } from "./aloud.js";
import { showControls } from "./controls.js";
import { courseInWords } from "./course.js";
import { compute, follow } from "./live.js";
import { onEdges } from "./matrix.js";
import { keepInSight } from "./sheet.js";
import { say, saidTogether } from "./messages.js";
import { forgetProducts } from "./product.js";
import { movable, proceed, returnTo } from "./reached.js";
import { render } from "./render.js";
import { spokenQuestion } from "./guess.js";
import { veilNow } from "./questions.js";
import { atEnd, hasUpdate, isSealed, lastStep, productsIn, sources } from "./state.js";
import { isBehind } from "./updates.js";
import { project, showAlone } from "./wall.js";

const PACE = 1600;

/** Draws with some of the state changed. */
export function choose(ui, change) {
  Object.assign(ui, change);
  render(ui);
}

/** Goes to a step; entry by entry it starts with its first product, or is shown complete. */
export function goTo(ui, index, complete = false) {
  stop(ui);
  const step = Math.max(0, Math.min(lastStep(ui), reachable(ui), index));
  if (ui.veiled && step === ui.step && index > step) return insist(ui);
  ui.open = Math.max(ui.open, step - 1); // what came before is shown
  Object.assign(ui, { step, entry: 0, product: 0, trail: [], allTerms: false, verdict: null, byUpdates: false });
  ui.veiled = ui.predict && step > ui.open ? veilNow(ui) : null;
  keepHeight(ui, false);
  if (complete && !ui.veiled) finish(ui);
  render(ui);
  const place = say(ui, "position", { step: step + 1, steps: ui.data.steps.length });
  announce(ui, saidTogether(ui, [say(ui, "arrived", { place, title: ui.parts.title.textContent }), ui.parts.text.textContent, resultInWords(ui), spokenQuestion(ui)]));
}

/** The last step that can be gone to: where answers are asked for, the first that has not been answered. */
const reachable = (ui) => (ui.predict === "guess" ? ui.open + 1 : Infinity);

/** Whether nothing goes on before an answer. */
const insists = (ui) => ui.predict === "guess" && Boolean(ui.veiled?.kind);

/** Says that the answer comes first. */
function insist(ui) {
  play(ui, false);
  ui.parts.status.textContent = saidTogether(ui, [say(ui, "guess_first"), spokenQuestion(ui)]);
  ui.parts.guess.classList.add("mlp-insists");
}

/** Shows what was hidden, with the verdict on an answer if there was one. */
export function reveal(ui, verdict = null) {
  keepHeight(ui, ui.oneColumn);
  Object.assign(ui, { veiled: null, verdict });
  if (ui.grain === "entry") ui.product = productsIn(ui);
  if (ui.grain === "matrix" || ui.entry === lastEntry(ui)) ui.open = Math.max(ui.open, ui.step);
  render(ui);
  announce(ui, verdict ? ui.parts.guess.textContent : resultInWords(ui));
}

/** Whether the panel of the sum stays as high as it is, with less in it: what stands below it would move under the finger. */
function keepHeight({ parts: { sum } }, on) {
  sum.style.minHeight = on ? `${sum.getBoundingClientRect().height}px` : "";
}

/** From the first step, where results are to be predicted all are asked for anew. */
export function beginAnew(ui) {
  ui.open = -1;
  goTo(ui, 0);
}

const lastEntry = (ui) => ui.book[ui.data.steps[ui.step].target].data.length - 1;

function finish(ui) {
  ui.entry = lastEntry(ui);
  ui.product = productsIn(ui);
}

/** One step on: the next matrix, or the next product, entry or matrix. */
export function forward(ui) {
  if (ui.running) return stop(ui);
  if (ui.veiled) return insists(ui) ? insist(ui) : reveal(ui);
  const last = lastEntry(ui);
  if (ui.grain === "matrix" || isSealed(ui) || (ui.entry >= last && ui.product >= productsIn(ui))) return atEnd(ui) ? again(ui) : goTo(ui, ui.step + 1);
  const more = ui.product < productsIn(ui);
  Object.assign(ui, { trail: [], product: more ? ui.product + 1 : 0, entry: ui.entry + (more ? 0 : 1), verdict: null });
  if (ui.predict && !more && ui.step > ui.open) ui.veiled = veilNow(ui);
  chooseEntry(ui);
}

/** Shows the entry computed now, and says what of it is. */
function chooseEntry(ui, change = {}) {
  choose(ui, change);
  announce(ui, saidTogether(ui, [resultInWords(ui), spokenQuestion(ui)]));
}

/** Whether the server has to make an update: where the numbers do not follow the hand. */
const asksServer = (ui) => !ui.live && hasUpdate(ui) && Boolean(ui.data.still);

/** After the last step: the update is applied, and the pass begins anew with what it has led to. */
function again(ui) {
  if (asksServer(ui)) return void (ui.goesRound ||= (ui.send("edit", { again: true }), true));
  if (!movable(ui)) return;
  const done = proceed(ui, 1);
  compute(ui);
  if (!done) return render(ui);
  beginAnew(ui); // other numbers: their results are to be predicted, too
  announce(ui, saidTogether(ui, [courseInWords(ui), ui.parts.status.textContent]));
}

/** Ends a run; what was reached goes to the server a moment later, if nothing more is done. */
export function stop(ui) {
  if (!ui.running) return;
  ui.running = null;
  follow(ui);
  showControls(ui);
  tellCourse(ui);
  if (!ui.unsent) ui.answer();
}

export function tellCourse(ui) {
  announce(ui, ui.trouble ? ui.parts.outcome.textContent : courseInWords(ui));
}

/** Back over an update: to the end of the pass before, or to its own end if one goes by whole updates. */
function beforeUpdate(ui) {
  returnTo(ui, ui.course.at - 1);
  const { byUpdates } = ui;
  Object.assign(ui, { step: ui.data.steps.length, open: ui.data.steps.length, veiled: null }); // that pass was seen to its end
  goTo(ui, ui.data.steps.length - 1, true);
  ui.byUpdates = byUpdates;
}

/** One step back; after updates that were made in a row, one of them. */
export function backward(ui) {
  if (ui.running) return stop(ui);
  if (ui.byUpdates && isBehind(ui.course)) return beforeUpdate(ui);
  Object.assign(ui, { verdict: null });
  if (ui.grain === "matrix" || isSealed(ui) || (!ui.entry && !ui.product)) return ui.step ? goTo(ui, ui.step - 1, true) : isBehind(ui.course) ? beforeUpdate(ui) : undefined;
  if (ui.product) return chooseEntry(ui, { trail: [], product: ui.product - 1 });
  Object.assign(ui, { trail: [], entry: ui.entry - 1, veiled: null });
  chooseEntry(ui, { product: productsIn(ui) });
}

/** One number back out of the trail; when there is none, to all faces and then out of the projector view. */
export function out(ui) {
  if (ui.trail.length) choose(ui, { trail: ui.trail.slice(0, -1) });
  else if (ui.projecting && !showAlone(ui, "")) project(ui, false);
}

/** Asks where a number comes from: a source of the one asked about goes further back, another starts anew. */
export function explain(ui, { matrix, row, column }, from) {
  const same = (a) => a.matrix === matrix && a.row === row && a.column === column;
  const inSum = ui.parts.sum.contains(from);
  const trail = inSum && !ui.trail.length ? [ui.asked.subject] : ui.trail;
  const known = trail.findIndex(same);
  let keep = known < 0 ? trail.length : known;
  if (known < 0) while (keep && !sources(ui, trail[keep - 1]).some(same)) keep -= 1;
  const next = [...trail.slice(0, keep), { matrix, row, column }];
  if (next.length === ui.trail.length && next.every((one, i) => one.matrix === ui.trail[i].matrix && one.row === ui.trail[i].row && one.column === ui.trail[i].column)) return;
  const sample = !onEdges(matrix) && matrix.shape[0] > 1 ? row : ui.sample;
  play(ui, false);
  choose(ui, { trail: next, sample, allTerms: false });
  keepInSight(ui, from);
  announce(ui, explanationInWords(ui));
}

export function play(ui, on) {
  clearTimeout(ui.playing);
  const again = on && atEnd(ui);
  ui.playing = on ? setTimeout(tick, again ? 0 : pause(ui), ui) : null;
  if (again) beginAnew(ui);
  else showControls(ui);
}

const pause = (ui) => PACE / ui.speed / (ui.grain === "entry" ? 2 : 1);

function tick(ui) {
  forward(ui);
  ui.playing = atEnd(ui) || insists(ui) ? null : setTimeout(tick, pause(ui), ui);
  showControls(ui);
}

export function setSpeed(ui, speed) {
  ui.speed = speed;
  if (ui.playing) play(ui, true);
}

/** Takes another grain; the server hears of it, since the link carries it. */
export function setGrain(ui, grain) {
  Object.assign(ui, { grain, entry: 0, product: 0, trail: [], verdict: null });
  ui.veiled = ui.predict && ui.step > ui.open ? veilNow(ui) : null;
  render(ui);
  ui.send("grain", grain);
}

export function nextSample(ui, way) {
  const list = ui.data.architecture.samples_shown;
  choose(ui, { sample: list[(list.indexOf(ui.sample) + way + list.length) % list.length], trail: [] });
}

/** Opens the legend of letters, at one that is asked about; if it is open and none is, it closes and gives the focus back. */
export function letters(ui, of = null) {
  const back = ui.letters?.back ?? document.activeElement;
  const opens = Boolean(of) || !ui.letters;
  choose(ui, { letters: opens ? { of, back } : null });
  (opens ? ui.parts.letters : back?.isConnected && back !== document.body ? back : ui.root).focus({ preventScroll: true });
}

/** The product over all faces, so that whole matrices are in view, or in its place again. */
export function enlarge(ui, on) {
  ui.enlarged = on;
  ui.root.classList.toggle("mlp-enlarging", on);
  ui.parts.enlarge.setAttribute("aria-pressed", String(on));
  forgetProducts(ui);
  render(ui);
}
