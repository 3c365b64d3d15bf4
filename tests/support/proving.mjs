// Answers lines of JSON: for the program of a pass, what it is given, gradients and the rule, what the badges would say of them.

import { createInterface } from "node:readline";

import { evaluator } from "../../mlpviz/interface/stepper/js/evaluate.js";
import { proving } from "../../mlpviz/interface/stepper/js/prove.js";

const load = (text) => import(`data:text/javascript,${encodeURIComponent(text)}`);

for await (const line of createInterface({ input: process.stdin })) {
  const { program, given, gradients, rule } = JSON.parse(line);
  const live = await evaluator(program, load);
  for (const [key, values] of Object.entries(given)) live.memory.set(values, live.places[key].start);
  live.pass();
  const before = live.memory.join();
  const work = proving(live, gradients, rule);
  let [steps, next] = [0, work.next()];
  for (; !next.done; next = work.next()) steps += 1;
  if (live.memory.join() !== before) throw new Error("the proof has changed what is on screen");
  console.log(JSON.stringify({ proofs: next.value, steps }));
}
