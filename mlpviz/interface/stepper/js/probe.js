// What J would be with other values of given numbers, all else as it is; and which numbers may be tried and moved.

import { valueAt } from "./matrix.js";

const AFFORDED = 12; // milliseconds that a picture of J may take
const TRIALS = 3;
const MOST_ASKED = 480;
const LEAST_ASKED = 60;

/** Whether a number is given and follows the hand here. */
export const inHand = (ui, { matrix, row, column }) =>
  Boolean(ui.live && matrix.editable && ui.live.places[matrix.key] && Number.isFinite(valueAt(matrix, row, column)));

/** J with other values of some numbers: `most` says how often it may be asked at once; `done` puts everything back. */
export function probe({ live }, numbers) {
  const spots = numbers.map(({ matrix, row, column }) => live.places[matrix.key].start + row * live.places[matrix.key].width + column);
  const kept = spots.map((spot) => live.memory[spot]);
  const cost = (...values) => {
    spots.forEach((spot, i) => (live.memory[spot] = values[i]));
    return live.cost();
  };
  live.afforded ??= afforded(() => cost(...kept));
  return { cost, most: live.afforded, done: () => cost(...kept), slope: (at) => slopeAt(cost, at) };
}

/** How many evaluations a picture can afford. */
function afforded(evaluate) {
  const start = performance.now();
  for (let k = 0; k < TRIALS; k += 1) evaluate();
  const each = (performance.now() - start) / TRIALS;
  return Math.max(LEAST_ASKED, Math.min(MOST_ASKED, Math.floor(AFFORDED / Math.max(each, 1e-4))));
}

/** The slope of what has no gradient in the pass, an input or a target: the central difference over a small step. */
function slopeAt(cost, at) {
  const step = 1e-6 * Math.max(1, Math.abs(at));
  return (cost(at + step) - cost(at - step)) / (2 * step);
}
