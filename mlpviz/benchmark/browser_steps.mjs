// The stepper's engine, run by node: a line of JSON with a program and what it is given, then a line for every turn, each answered.

import { createInterface } from "node:readline";

import { evaluator } from "../interface/stepper/js/evaluate.js";

const load = (text) => import(`data:text/javascript,${encodeURIComponent(text)}`);
let live;

for await (const line of createInterface({ input: process.stdin })) {
  const { program, given, updates } = JSON.parse(line);
  if (program) {
    live = await evaluator(program, load);
    for (const [key, values] of Object.entries(given)) live.memory.set(values, live.places[key].start);
    console.log("{}");
    continue;
  }
  const costs = new Float64Array(updates);
  const before = process.cpuUsage();
  live.descend(costs);
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ seconds: (user + system) / 1e6, costs: [...costs.subarray(0, 100)] }));
}
