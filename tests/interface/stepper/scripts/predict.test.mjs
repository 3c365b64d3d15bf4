// What is asked before a result is shown: at every step and line the right answer of every kind is taken, a wrong one is
// not, and what it would have been right for is told; also after a number has been moved.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { opened, textOf } from "../../../support/dom.mjs";
import { entriesOf, evaluator } from "../../../../mlpviz/interface/stepper/js/evaluate.js";
import { distinct, sentencesOf, showGuess } from "../../../../mlpviz/interface/stepper/js/guess.js";
import { readMatrix, valueAt } from "../../../../mlpviz/interface/stepper/js/matrix.js";
import { multiplies, mistaken } from "../../../../mlpviz/interface/stepper/js/mistaken.js";
import { format } from "../../../../mlpviz/interface/stepper/js/number.js";
import { graded, kindsNow, lastDigit, questionOf, valueWith } from "../../../../mlpviz/interface/stepper/js/questions.js";

const PAYLOADS = JSON.parse(readFileSync(process.env.ASKED));
const asText = (text) => Buffer.from(text).toString("base64");
const load = (text) => import(`data:text/javascript;base64,${asText(text)}`);

/** A stepper's state in which results are predicted. */
function predicting(data) {
  return Object.assign(opened(data, readMatrix), { predict: "1", round: 0, streak: 0, open: -1, verdict: null, veiled: null, asked: null });
}

/** The number as a learner types it who reads what is shown. */
const typed = (value, digits) => Number(format(value, digits).replace("−", "-").replace("·10", "e").replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (c) => "-0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)]));

const RIGHT = {
  sign: ({ matrix, row, column }) => ["−", "0", "+"][Math.sign(valueAt(matrix, row, column)) + 1],
  shape: ({ matrix: { shape, transposed } }) => (transposed ? [...shape].reverse() : shape).join(" × "),
  number: ({ matrix, row, column }, ui) => typed(valueAt(matrix, row, column), ui.data.digits),
  formula: () => "right",
};

/** A number that is far from what is right, also for whoever computes with what is shown. */
function farFrom(ui, { matrix, row, column }) {
  const value = valueAt(matrix, row, column);
  return [1, -1, 2.3, -3.1].map((by) => value * (1 + by) + by * 13.7 * lastDigit(value, ui.data.digits));
}

/** Asks everything that can be asked at a step; the number of questions by kind. */
function askAll(ui, counts, where) {
  for (const kind of kindsNow(ui)) {
    const question = questionOf(ui, kind);
    const right = RIGHT[kind](question.subject, ui);
    assert.equal(graded(ui, question, right).right, true, `${where} ${kind} ${right}`);
    const wrong = kind === "number" ? farFrom(ui, question.subject) : question.options.map((one) => one.key).filter((key) => key !== right);
    assert.equal(question.options.length - wrong.length, kind === "number" ? -4 : 1, `${where} ${kind}: one option is right`);
    const refused = wrong.map((answer) => graded(ui, question, answer)).filter((found) => !found.right);
    assert.ok(kind === "number" ? refused.length >= 3 : refused.length === wrong.length, `${where} ${kind}`);
    if (kind === "formula") assert.ok(distinct(ui, question).options.length > 1, where);
    if (kind === "formula") for (const found of refused) assert.ok(ui.data.causes[found.cause], `${where} ${found.cause}`);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
}

/** What the numbers with one mistake are told to be: the mistake, or one that comes to the same. */
function askMistakes(ui, causes, where) {
  const question = questionOf(ui, "number");
  const { matrix, row, column } = question.subject;
  const place = matrix.transposed ? [column, row] : [row, column];
  for (const change of ui.data.steps[ui.step].mistakes) {
    const value = valueWith(ui, change, place);
    if (!Number.isFinite(value)) continue;
    const found = graded(ui, question, value);
    assert.ok(found.right || ui.data.causes[found.cause], `${where} ${change}`);
    if (!found.right) causes.add(found.cause);
  }
}

function throughout(ui, name, counts, causes) {
  ui.data.steps.forEach((step, index) => {
    Object.assign(ui, { step: index, asked: null });
    askAll(ui, counts, `${name} ${step.name} ${step.layer}`);
    if (ui.data.parameter !== "line" && kindsNow(ui).includes("number")) askMistakes(ui, causes, `${name} ${step.name}`);
  });
}

test("at every step and line every kind of question has one right answer", () => {
  const [counts, causes] = [{}, new Set()];
  for (const [name, data] of Object.entries(PAYLOADS)) throughout(predicting(data), name, counts, causes);
  for (const kind of Object.keys(RIGHT)) assert.ok(counts[kind] > 60, `${kind}: ${counts[kind]}`);
  for (const cause of ["sign", "missing slope", "missing bias", "missing square", "missing 1/m", "extra 2"]) assert.ok(causes.has(cause), cause);
});

test("what is right follows a number that is moved", async () => {
  let moved = 0;
  for (const [name, data] of Object.entries(PAYLOADS).filter(([, each]) => each.program)) {
    const ui = predicting(data);
    const live = await evaluator(JSON.parse(data.program), load);
    for (const [key, value] of Object.entries(data.constants)) if (live.places[key]) live.memory[live.places[key].start] = value;
    for (const [key, place] of Object.entries(live.places)) if (ui.book[key]) live.memory.set(ui.book[key].stored, place.start);
    live.memory[live.places["W[1]"].start] += 0.37;
    live.memory[live.places["A[0]"].start] -= 0.21;
    live.pass();
    const before = ui.book.cost.data[0];
    for (const [key, place] of Object.entries(live.places)) {
      if (!ui.book[key]) continue;
      ui.book[key].stored.set(entriesOf(live, place));
      ui.book[key].data.set(ui.book[key].stored.map((value) => (ui.book[key].times ?? 1) * value));
    }
    moved += ui.book.cost.data[0] === before ? 0 : 1;
    throughout(ui, `${name}, moved:`, {}, new Set());
  }
  assert.ok(moved > 5);
});

test("where only a part of a batch is here, numbers are graded by what the server has computed", () => {
  const ui = predicting(PAYLOADS["in part"]);
  assert.ok(ui.data.still && ui.data.matrices["Z[1]"].rows.length < ui.data.architecture.batch);
  Object.assign(ui, { step: ui.data.steps.findIndex((step) => step.target === "dW[1]") });
  const question = questionOf(ui, "number");
  assert.equal(graded(ui, question, valueAt(ui.book["dW[1]"], 0, 0)).right, true);
  assert.deepEqual(ui.data.steps[ui.step].mistakes.map((change) => valueWith(ui, change, [0, 0])).filter(Number.isFinite), []);
});

test("entry by entry the entry that is due is asked for", () => {
  const ui = Object.assign(predicting(PAYLOADS["two-three-two"]), { grain: "entry" });
  ui.data.steps.forEach((_step, index) => {
    Object.assign(ui, { step: index });
    const matrix = ui.book[ui.data.steps[index].target];
    matrix.data.forEach((_value, entry) => askAll(Object.assign(ui, { entry }), {}, `${index} ${entry}`));
  });
});

test("who computes with the numbers shown is right, whatever the rounding", () => {
  const ui = predicting(PAYLOADS.mazur);
  Object.assign(ui, { step: ui.data.steps.findIndex((step) => step.target === "delta[1]"), asked: null });
  const question = questionOf(ui, "number");
  const rounded = (0.138 * 0.4 - 0.038 * 0.5) * 0.593 * (1 - 0.593);
  assert.equal(graded(ui, question, Number(rounded.toFixed(3))).right, true);
});

test("a tree with a mistake has the shapes of its operands, or does not multiply", () => {
  const leaf = (key, shape) => ({ op: "symbol", key, transposed: false, shape });
  const product = { op: "matmul", args: [leaf("a", [2, 3]), leaf("b", [3, 5])], shape: [2, 5] };
  const order = mistaken(product, ["order", [], ["matmul", [1], [0]]]);
  assert.deepEqual([order.shape, multiplies(order)], [[3, 3], false]);
  const turned = mistaken(product, ["transposed", [0], ["transpose", []]]);
  assert.deepEqual([turned.args[0].transposed, turned.args[0].shape, multiplies(turned)], [true, [3, 2], false]);
  const sum = { op: "add", args: [product, leaf("c", [1, 5])], shape: [2, 5] };
  assert.deepEqual(mistaken(sum, ["missing bias", [], [0]]), product);
  assert.deepEqual(mistaken(sum, ["sign", [], ["subtract", [0], [1]]]).op, "subtract");
});

test("the question says what is asked for and not what is right", () => {
  const ui = predicting({ ...PAYLOADS["two-three-two"], messages: { ask_formula: "What is {name}?" } });
  const part = ui.parts.product.constructor;
  Object.assign(ui.parts, { guess: new part("div"), predicting: new part("button") });
  Object.assign(ui, { root: new part("div"), step: 0, veiled: { kind: "formula", right: true } });
  showGuess(ui);
  const options = [...elements(ui.parts.guess)].filter((el) => el.attributes?.["data-to"] !== undefined);
  assert.deepEqual(options.map((el) => el.attributes["data-to"]), ["0", "1", "2", "3"]);
  const texts = options.map((el) => textOf(el.children));
  assert.equal(new Set(texts).size, 4, texts.join("   "));
  assert.ok(texts.includes("x·W(1)⊤+b(1)"), texts.join("   "));
});

test("the sentences of a verdict stand together as the language has it", () => {
  const messages = { guess_wrong: "不對：是 {value}。", guess_cause: "{given} 是{cause}。", together: "{sentence}{remark}" };
  const ui = predicting({ ...PAYLOADS["two-three-two"], messages, causes: { sign: "正負號錯了的結果" } });
  const told = sentencesOf(ui, { kind: "shape" }, { right: false, due: "1 × 3", cause: "sign" }, "3 × 1");
  assert.equal(told, "不對：是 1 × 3。3 × 1 是正負號錯了的結果。");
});

/** All elements below one. */
function* elements(el) {
  yield el;
  for (const child of el.children ?? []) yield* elements(child);
}
