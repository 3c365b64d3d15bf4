// Answers lines of JSON: for the program of a pass and what it is given, every array that the stepper's evaluator computes
// or, for moves, where a course of updates stands after each of them.

import { createInterface } from "node:readline";

import { entriesOf, evaluator } from "../../mlpviz/interface/stepper/js/evaluate.js";
import { advance, startCourse, toUpdate } from "../../mlpviz/interface/stepper/js/updates.js";

const load = (text) => import(`data:text/javascript,${encodeURIComponent(text)}`);
const MOVES = { advance, to: (course, at) => void toUpdate(course, at) };

for await (const line of createInterface({ input: process.stdin })) {
  const { program, given, updates, moves, most } = JSON.parse(line);
  const live = await evaluator(program, load);
  for (const [key, values] of Object.entries(given)) values.forEach((value, i) => (live.memory[live.places[key].start + i] = Number(value)));
  const texts = (keys) => Object.fromEntries(keys.map((key) => [key, [...entriesOf(live, live.places[key])].map(String)]));
  if (moves) {
    const course = Object.assign(startCourse(live, 0), most ? { most } : {});
    const stood = moves.map(([name, count]) => ({ trouble: MOVES[name](course, count) ?? null, at: course.at, last: course.last, state: texts(live.moved) }));
    console.log(JSON.stringify({ stood }));
    continue;
  }
  if (updates) live.descend(new Float64Array(updates));
  live.pass();
  console.log(JSON.stringify({ values: texts(Object.keys(live.places)) }));
}
