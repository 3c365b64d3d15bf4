// The numbers of a payload for other given ones: what a server would send, from the program that the stepper has.

import { entriesOf } from "../../stepper/js/evaluate.js";
import { fillIdentities, followLines } from "../../stepper/js/lines.js";
import { decode, encode, readMatrix } from "../../stepper/js/matrix.js";
import { woven } from "../../stepper/js/woven.js";

/** Every number after an edit; `own` is a pass of this page's, apart from the one that follows the hand. */
export function answerOf({ frame, saved, own }, { given, updates }) {
  const scalars = decode(saved.scalars);
  frame.scalars.forEach((key, i) => {
    if (key === "t") scalars[i] = updates + 1;
    if (own.places[key]) own.memory[own.places[key].start] = scalars[i];
  });
  for (const [key, values] of Object.entries(given)) if (own.places[key]) own.memory.set(values, own.places[key].start);
  fillIdentities({ live: own, data: frame });
  own.pass();
  const passed = Object.fromEntries(Object.keys(frame.matrices).map((key) => [key, given[key] ?? arrayOf(own, saved, key)]));
  const arrays = frame.taken ? withLines(frame, { ...saved, scalars: encode(scalars) }, own, passed) : passed;
  const limits = limitsOf(frame, arrays);
  const matrices = Object.fromEntries(Object.entries(arrays).map(([key, values]) => [key, [encode(values), limits[scaleOf(key, frame.matrices[key])]]]));
  const text = JSON.stringify([scalars, matrices]);
  return { ...saved, start: undefined, focus: false, updates, scalars: encode(scalars), matrices, identity: String(hash(text)) };
}

/** The arrays of a derivation: what its lines name beside the pass, and come to, follows from the pass. */
function withLines(frame, saved, own, arrays) {
  const matrices = Object.fromEntries(Object.entries(arrays).map(([key, values]) => [key, [encode(values), 1]]));
  const data = woven(structuredClone(frame), { ...saved, matrices });
  const book = Object.fromEntries(Object.entries(data.matrices).map(([key, raw]) => [key, readMatrix(key, raw)]));
  followLines({ data, live: own, book });
  return Object.fromEntries(Object.entries(book).map(([key, { stored }]) => [key, stored]));
}

const arrayOf = (own, saved, key) => (own.places[key] ? entriesOf(own, own.places[key]) : decode(saved.matrices[key][0]));

/** The colour scale that an array shares: the input apart from the activations, what is updated with what was before. */
const scaleOf = (key, { symbol }) => (key === "A[0]" ? "X" : symbol.replace(/^new /, ""));

/** The limit of each scale: the next of 1, 2, 5 times a power of ten, or the value itself if that overflows; 1 for zero. */
function limitsOf(frame, arrays) {
  const largest = {};
  for (const [key, values] of Object.entries(arrays)) {
    const scale = scaleOf(key, frame.matrices[key]);
    for (const value of values) if (Number.isFinite(value)) largest[scale] = Math.max(largest[scale] ?? 0, Math.abs(value * frame.matrices[key].times));
  }
  return Object.fromEntries(Object.entries(largest).map(([scale, value]) => [scale, roundedUp(value)]));
}

function roundedUp(value) {
  if (value === 0) return 1;
  const power = Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => Number(`${step}e${power}`)).find((step) => value * (1 - 1e-12) <= step && step < Infinity) ?? value;
}

/** A number for a text: it only tells one state from another. */
const hash = (text) => [...text].reduce((sum, character) => (Math.imul(31, sum) + character.charCodeAt(0)) | 0, 7);
