// The question about what is hidden, in the panel of the sum: with a field or buttons, then with the verdict.

import { entrySymbol, matrixName, spoken } from "./cells.js";
import { make } from "./dom.js";
import { expand } from "./expand.js";
import { makeAxis } from "./grid.js";
import { layOut } from "./layout.js";
import { saidTogether, say } from "./messages.js";
import { format } from "./number.js";
import { questionOf } from "./questions.js";
import { spell } from "./sum.js";

const SIGN_WORDS = { "−": "negative", 0: "zero", "+": "positive" };
const NARROW = 480; // px: on a narrower panel the question may be below what is in view
const OF_ARRAYS = ["shape", "formula"]; // what is asked of a whole array

/** Draws the question, or the verdict; what is typed stays while the question is the same. */
export function showGuess(ui) {
  const { guess } = ui.parts;
  if (!ui.predict && guess.mlpSame === OFF) return;
  showState(ui);
  const question = ui.veiled?.kind ? distinct(ui, questionOf(ui, ui.veiled.kind)) : null;
  const same = ui.predict ? JSON.stringify([ui.predict, ui.step, ui.entry, ui.streak, ui.veiled, ui.verdict?.told, question && placeOf(question), ui.received]) : OFF;
  if (guess.mlpSame === same) return;
  guess.mlpSame = same;
  guess.dataset.kind = question?.kind ?? "";
  guess.dataset.verdict = ui.verdict ? (ui.verdict.right ? "right" : "wrong") : "";
  ui.question = question;
  guess.replaceChildren(...(question ? asked(ui, question) : toldNow(ui)), streak(ui));
  if (question && ui.measured < NARROW) setTimeout(() => guess.scrollIntoView({ block: "nearest" }));
}

const OFF = "off";

/** Says of the stepper whether results are to be predicted, and what is hidden now; of that nothing can be taken along. */
function showState({ root, predict, veiled, parts: { guess, predicting } }) {
  predicting.setAttribute("aria-pressed", String(Boolean(predict)));
  root.dataset.predict = predict;
  root.classList.toggle("mlp-predicts", Boolean(predict));
  root.classList.toggle("mlp-veils", Boolean(veiled));
  root.classList.toggle("mlp-veils-right", Boolean(veiled?.right));
  guess.hidden = !predict;
  guess.classList.toggle("mlp-insists", false);
  for (const el of root.querySelectorAll?.("[data-do=offer]") ?? []) el.setAttribute("aria-disabled", String(Boolean(veiled)));
}

/** The question without formulas that are written alike; of these the right one stays. */
export function distinct(ui, question) {
  if (question.kind !== "formula") return question;
  const written = question.options.map((one) => ({ ...one, text: inNames(ui, one.tree).textContent }));
  const first = (text) => written.find((one) => one.text === text && one.key === "right") ?? written.find((one) => one.text === text);
  return { ...question, options: written.filter((one) => first(one.text) === one) };
}

const placeOf = ({ subject: { matrix, row, column } }) => [matrix.key, row, column];

/** What the learner hears of the question. */
export function spokenQuestion(ui) {
  if (!ui.veiled?.kind) return "";
  const { kind, subject: { matrix, row, column } } = questionOf(ui, ui.veiled.kind);
  return say(ui, `ask_${kind}`, { name: OF_ARRAYS.includes(kind) ? matrix.name : spoken(ui, matrix, row, column) });
}

function asked(ui, question) {
  const { kind, options, subject: { matrix, row, column } } = question;
  const name = OF_ARRAYS.includes(kind) ? matrixName(matrix) : entrySymbol(ui, matrix, row, column);
  const [before, after] = say(ui, `ask_${kind}`).split("{name}");
  const how = make("span", { class: "mlp-note mlp-hint" }, say(ui, ui.predict === "guess" ? "guess_first" : "guess_keys"));
  const other = make("button", { type: "button", class: "mlp-toggle", "data-do": "another", title: say(ui, "another_question"), "aria-label": say(ui, "another_question") }, "↻");
  const head = make("p", { class: "mlp-question" }, before, name, after);
  const choices = make("div", { class: `mlp-choices mlp-of-${kind}`, role: "group", "aria-label": spokenQuestion(ui) }, kind === "number" ? field(ui) : options.map((one, i) => choice(ui, one, i)));
  return [head, choices, other, how];
}

/** A field for a number; a number pad may lack a minus sign and an Enter key, so each has a button. */
function field(ui) {
  const input = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", "aria-label": spokenQuestion(ui), class: "mlp-typed" });
  const flip = make("button", { type: "button", class: "mlp-toggle", "data-do": "flip", "aria-label": say(ui, "other_sign"), title: say(ui, "other_sign") }, "±");
  return [input, flip, make("button", { type: "button", class: "mlp-button", "data-do": "answer" }, say(ui, "answer"))];
}

function choice(ui, { sign, shape, tree }, number) {
  const names = sign ? { "aria-label": say(ui, SIGN_WORDS[sign]), title: say(ui, SIGN_WORDS[sign]) } : {};
  return make("button", { type: "button", class: "mlp-button", "data-do": "answer", "data-to": number, ...names }, sign ?? shape ?? inNames(ui, tree));
}

/** A formula in names: whole arrays, or one entry of a formula in entries. */
function inNames(ui, tree) {
  if (inEntries(tree)) return make("span", {}, spell(ui, expand(ui.book, tree, 0, 0), {}));
  const [rows, columns] = [0, 1].map((side) => makeAxis([0], 1, tree.shape[side]));
  return make("span", { class: "mlp-named" }, layOut(ui, { named: true, grids: [], marks: 0, most: [1, 1], room: {} }, tree, rows, columns));
}

const inEntries = (node) => node.op === "assemble" || (node.args ?? []).some(inEntries);

/** What is said where nothing is asked just now. */
function toldNow(ui) {
  if (ui.verdict) return [verdict(ui, ui.verdict)];
  return [make("p", { class: "mlp-question mlp-note" }, say(ui, ui.veiled ? "guess_nothing" : "guess_next"))];
}

function verdict(ui, { right, told }) {
  return make("p", { class: "mlp-verdict" }, make("b", {}, right ? "✓" : "✗"), " ", told);
}

/** The sentences of a verdict: what is right and, of a wrong answer, what it would have been right for. */
export function sentencesOf(ui, { kind }, found, given) {
  if (kind === "formula") return say(ui, found.right ? "guess_right_formula" : "guess_wrong_formula", { cause: ui.data.causes[found.cause] });
  const value = { sign: (due) => say(ui, SIGN_WORDS[due]), shape: (due) => due, number: (due) => format(due, ui.data.digits) }[kind](found.due);
  return saidTogether(ui, [say(ui, found.right ? "guess_right" : "guess_wrong", { value }), because(ui, found, given)]);
}

function because(ui, { cause, entry, of, turned }, given) {
  if (cause) return say(ui, "guess_cause", { given, cause: ui.data.causes[cause] });
  if (entry) return say(ui, "guess_entry", { given, name: spoken(ui, entry.matrix, entry.row, entry.column) });
  return of ? say(ui, turned ? "guess_transpose" : "guess_shape", { given, name: of.name }) : "";
}

const streak = (ui) => make("span", { class: "mlp-streak" }, ui.streak ? say(ui, "streak", { count: ui.streak }) : "");
