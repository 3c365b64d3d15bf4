// Answers lines of JSON: for the payload of a derivation and another value of a given number, every array as the stepper's script has it then.

import { createInterface } from "node:readline";

import "./dom.mjs";
import { opened } from "./dom.mjs";
import { answerOf } from "../../mlpviz/interface/exports/js/answer.js";
import { entriesOf, evaluator } from "../../mlpviz/interface/stepper/js/evaluate.js";
import { fillIdentities, followLines } from "../../mlpviz/interface/stepper/js/lines.js";
import { decode, readMatrix } from "../../mlpviz/interface/stepper/js/matrix.js";

const load = (text) => import(`data:text/javascript,${encodeURIComponent(text)}`);

/** The arrays as a page of its own answers an edit with them. */
async function answered({ frame, saved, key, place, value }) {
  const own = await evaluator(JSON.parse(frame.program), load);
  const given = Object.fromEntries(Object.entries(frame.matrices).filter(([, { editable }]) => editable).map(([name]) => [name, decode(saved.matrices[name][0])]));
  given[key][place] = value;
  const { matrices } = answerOf({ frame, saved, own }, { given, updates: 0 });
  return Object.fromEntries(Object.entries(matrices).map(([name, [values]]) => [name, [...decode(values)].map(String)]));
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (asked.frame) {
    console.log(JSON.stringify(await answered(asked)));
    continue;
  }
  const { data, key, place, value } = asked;
  const ui = opened(data, readMatrix);
  const live = (ui.live = await evaluator(JSON.parse(data.program), load));
  for (const [name, number] of Object.entries(data.constants)) if (live.places[name]) live.memory[live.places[name].start] = number;
  for (const [name, at] of Object.entries(live.places)) if (ui.book[name]) live.memory.set(ui.book[name].stored, at.start);
  fillIdentities(ui);
  live.memory[live.places[key].start + place] = value;
  live.pass();
  for (const [name, at] of Object.entries(live.places)) {
    if (!ui.book[name]) continue;
    const { stored, data: shown, times } = ui.book[name];
    stored.set(entriesOf(live, at));
    if (shown !== stored) shown.set(stored.map((entry) => times * entry));
  }
  followLines(ui);
  console.log(JSON.stringify(Object.fromEntries(Object.values(ui.book).map((matrix) => [matrix.key, [...matrix.stored].map(String)]))));
}
