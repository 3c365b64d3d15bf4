// The numbers in the hand: the program of the pass is evaluated here, and everything on screen follows in the same frame.

import { showControls } from "./controls.js";
import { expand } from "./expand.js";
import { entriesOf, evaluator } from "./evaluate.js";
import { fillIdentities, followLines } from "./lines.js";
import { notes } from "./marks.js";
import { prove, unproven } from "./prove.js";
import { outdate, redraw } from "./render.js";
import { say } from "./messages.js";
import { standsOn, startCourse } from "./updates.js";

/** Takes a payload's program, written out once for all payloads that have the same one. */
export async function enliven(ui) {
  const { program, still } = ui.data;
  if (!still && ui.live?.text === program) return begin(ui);
  ui.live = ui.course = null;
  tell(ui);
  if (still) return;
  const live = await evaluator(JSON.parse(program));
  if (ui.data.program !== program || ui.data.still) return; // another network has arrived meanwhile
  ui.live = { ...live, text: program };
  begin(ui);
}

/** Fills the memory with what the server sent: what was given, and what is computed of it, are then the same as there. */
function begin(ui) {
  const { live } = ui;
  for (const [key, value] of Object.entries(ui.data.constants)) if (live.places[key]) live.memory[live.places[key].start] = value;
  for (const [key, place] of Object.entries(live.places)) if (ui.book[key]) live.memory.set(ui.book[key].stored, place.start);
  fillIdentities(ui);
  ui.varying = ui.data.steps.flatMap(({ tree }) => numbersIn(tree)).filter((node) => live.places[node.key]);
  const updates = ui.data.updates ?? 0;
  if (ui.data.parameter === "line") ui.course = null; // a derivation stays at its numbers: updates are made where they are steps
  else if (!standsOn(ui.course, live, updates)) Object.assign(ui, { course: startCourse(live, updates), trouble: null, told: null });
  if (ui.course) ui.course.sent = updates;
  live.pass();
  tell(ui);
  if (ui.view) showControls(ui);
  prove(ui);
}

/** The single numbers of a tree. */
const numbersIn = (node) => (node.op === "scalar" ? [node] : [...(node.definition ? numbersIn(node.definition) : []), ...(node.args ?? []).flatMap(numbersIn)]);

/** Says of the stepper whether it is live, if it is not, why, and how many updates lie behind. */
function tell(ui) {
  ui.root.dataset.live = ui.live ? "yes" : "no";
  ui.root.title = ui.live ? "" : ui.data.still ?? say(ui, "still_starting");
  ui.root.dataset.updates = ui.course?.at ?? ui.data.updates ?? 0;
}

/** Sets a given number and lets everything after it follow; the page is drawn with the next frame. */
export function set(ui, { matrix, row, column }, value) {
  const { width, start } = ui.live.places[matrix.key];
  ui.live.memory[start + row * width + column] = value;
  if (!ui.frame) ui.frame = requestAnimationFrame(() => follow(ui));
}

/** Computes the pass and draws what it changed. */
export function follow(ui) {
  compute(ui);
  redraw(ui);
}

/** Computes the pass; nothing is drawn yet. */
export function compute(ui) {
  cancelAnimationFrame(ui.frame);
  ui.frame = null;
  ui.live.pass();
  for (const [key, place] of Object.entries(ui.live.places)) if (ui.book[key]) refill(ui.book[key], entriesOf(ui.live, place));
  for (const node of ui.varying) node.value = ui.live.memory[ui.live.places[node.key].start];
  followLines(ui);
  for (const gains of Object.values(ui.gains)) regain(ui, gains);
  ui.notes = notes(ui);
  unproven(ui);
  outdate(ui);
  tell(ui);
}

function refill(matrix, values) {
  matrix.stored.set(values);
  if (matrix.data !== matrix.stored) matrix.data.set(values.map((value) => matrix.times * value));
}

/** The gains of a layer again, from the tree that they come from. */
function regain(ui, { tree, data, rows, columns, transposed }) {
  rows.forEach((r, i) => columns.forEach((c, j) => {
    const shown = (transposed ? [c, r] : [r, c]).map((index, side) => (tree.shape[side] === 1 ? 0 : index));
    data[i * columns.length + j] = expand(ui.book, tree, ...shown).value;
  }));
}
