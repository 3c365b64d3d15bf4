// The proof of the gradients, made here in idle time: central differences of the cost, by the engine's own rule.

import { twin } from "./evaluate.js";
import { idly, noLonger } from "./idle.js";
import { showProofs } from "./ledger.js";
import { range } from "./matrix.js";

const REST = 200; // milliseconds without a move, after which a hand rests

/** Whether the browser proves the gradients itself; else the server does (proofs.py). */
const provesHere = (ui) => Boolean(ui.live && ui.data.proof);

/** Proves the numbers on screen, unless they are proven. */
export function prove(ui) {
  if (!provesHere(ui) || ui.proofs) return;
  const gradients = Object.values(ui.book).filter((matrix) => matrix.role === "gradient" && ui.live.places[matrix.by]);
  const work = proving(ui.live, gradients.map(({ key, by, stored }) => ({ key, by, values: [...stored] })), ui.data.proof);
  idly(ui, "proof", () => {
    const { done, value } = work.next();
    if (done) showProofs(Object.assign(ui, { proofs: value }));
    return !done;
  });
}

/** The numbers have moved: what was proven was of others. The proof follows once they rest. */
export function unproven(ui) {
  clearTimeout(ui.resting);
  noLonger(ui, "proof");
  if (!provesHere(ui)) return void (ui.away = true);
  ui.proofs = null;
  ui.resting = setTimeout(() => prove(ui), REST);
}

/** The numbers are again those that the server has, and has proven. */
export function atHome(ui) {
  ui.away = false;
  showProofs(ui);
}

/** Takes what the server has proven, if it is of these numbers. */
export function takeProofs(ui) {
  const { identity, proofs } = window.mlpvizProofs ?? {};
  if (provesHere(ui) || !ui.data || identity !== ui.data.identity || ui.proofs === proofs) return;
  showProofs(Object.assign(ui, { proofs }));
}

/** Checks one entry after another of gradients, each the key of an array, what it is the gradient by, and its values. */
export function* proving(live, gradients, rule) {
  const work = twin(live);
  const noise = rule.noise * Math.abs(work.cost());
  const proofs = {};
  for (const { key, by, values } of gradients) {
    const differences = [];
    for (const i of range(values.length)) {
      differences.push(difference(work, work.places[by].start + i, rule));
      yield;
    }
    proofs[key] = compared(values, differences, noise, rule.tolerance);
  }
  return proofs;
}

/** The central difference of the cost at one place of the memory; NaN if a kink is crossed on the way. */
function difference({ memory, places, cost }, at, { step, pairs, kinks }) {
  const kept = memory[at];
  const h = step * Math.max(1, Math.abs(kept));
  const sides = new Set();
  const costAt = (offset) => {
    memory[at] = kept + offset * h;
    const value = cost();
    const found = kinks.map((key) => sidesAt(memory, places[key])).join();
    sides.add(found.includes("NaN") ? {} : found); // which is on no side
    return value;
  };
  const sums = pairs.map(([k, weight]) => weight * (costAt(k) - costAt(-k)));
  memory[at] = kept;
  const apart = pairs.reduce((sum, [k, weight]) => sum + 2 * k * weight, 0);
  return sides.size > 1 ? NaN : sums.reduce((sum, one) => sum + one, 0) / (apart * h);
}

const sidesAt = (memory, { start, height, width }) => range(height * width).map((i) => Math.sign(memory[start + i]));

/** What the differences say of a gradient, as engine/gradient_check.py does. */
function compared(values, differences, noise, tolerance) {
  const kept = range(values.length).filter((i) => !Number.isNaN(differences[i]));
  const norm = (of) => Math.hypot(...kept.map(of));
  const [distance, size] = [norm((i) => values[i] - differences[i]), norm((i) => values[i]) + norm((i) => differences[i])];
  const error = kept.length ? (size ? distance / size : 0) : null;
  const passed = error === null || error <= tolerance || distance <= noise * Math.sqrt(kept.length);
  return { error, passed, checked: kept.length, of: values.length, skipped: values.length - kept.length };
}
