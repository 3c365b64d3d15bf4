// Answers lines of JSON: for the program of a pass and what it is given, every array that the stepper's evaluator computes.

import { createInterface } from "node:readline";

import { entriesOf, evaluator } from "../../mlpviz/interface/stepper/js/evaluate.js";

const load = (text) => import(`data:text/javascript,${encodeURIComponent(text)}`);

for await (const line of createInterface({ input: process.stdin })) {
  const { program, given, updates } = JSON.parse(line);
  const live = await evaluator(program, load);
  for (const [key, values] of Object.entries(given)) values.forEach((value, i) => (live.memory[live.places[key].start + i] = Number(value)));
  if (updates) live.descend(new Float64Array(updates));
  live.pass();
  console.log(JSON.stringify(Object.fromEntries(Object.entries(live.places).map(([key, place]) => [key, [...entriesOf(live, place)].map(String)]))));
}
