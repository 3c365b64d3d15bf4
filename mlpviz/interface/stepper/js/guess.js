// The question about what is hidden, in the panel of the sum: with a field or buttons, then with the verdict.

import { entrySymbol, matrixName, spoken } from "./cells.js";
import { make } from "./dom.js";
import { expand } from "./expand.js";
import { makeAxis } from "./grid.js";
import { layOut } from "./layout.js";
import { say } from "./messages.js";
import { format } from "./number.js";
import { questionOf } from "./questions.js";
import { spell } from "./sum.js";

const SIGN_WORDS = { "−": "negative", 0: "zero", "+": "positive" };
const NARROW = 480; // px: on a narrower panel the question may be below what is in view
const OF_ARRAYS = ["shape", "formula"]; // what is asked of a whole array

/** Draws the question, or the verdict; what is typed stays while the question is the same. */
export function showGuess(ui) {
  const { root, parts: { guess, predicting } } = ui;
  predicting.setAttribute("aria-pressed", String(Boolean(ui.predict)));
  root.dataset.predict = ui.predict;
  root.classList.toggle("mlp-predicts", Boolean(ui.predict));
  root.classList.toggle("mlp-veils", Boolean(ui.veiled));
  root.classList.toggle("mlp-veils-right", Boolean(ui.veiled?.right));
  guess.hidden = !ui.predict;
  for (const el of root.querySelectorAll?.("[data-do=offer]") ?? []) el.setAttribute("aria-disabled", String(Boolean(ui.veiled)));
  guess.classList.toggle("mlp-insists", false);
  const question = ui.veiled?.kind ? questionOf(ui, ui.veiled.kind) : null;
  const same = JSON.stringify([ui.predict, ui.step, ui.entry, ui.streak, ui.veiled, ui.verdict?.told, question && placeOf(question), ui.received]);
  if (!ui.predict || guess.mlpSame === same) return;
  guess.mlpSame = same;
  guess.dataset.kind = question?.kind ?? "";
  guess.dataset.verdict = ui.verdict ? (ui.verdict.right ? "right" : "wrong") : "";
  ui.question = question;
  if (question && ui.measured < NARROW) setTimeout(() => guess.scrollIntoView({ block: "nearest" }));
  guess.replaceChildren(...(question ? asked(ui, question) : toldNow(ui)), streak(ui));
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
  const how = make("span", { class: "mlp-note mlp-how" }, say(ui, ui.predict === "guess" ? "guess_first" : "guess_keys"));
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
export function sentencesOf(ui, { kind, subject: { matrix } }, found, given) {
  const due = { sign: () => say(ui, SIGN_WORDS[found.due]), shape: () => found.due, number: () => format(found.due, ui.data.digits), formula: () => "" }[kind]();
  const first = kind === "formula" ? say(ui, found.right ? "guess_right_formula" : "guess_wrong_formula") : say(ui, found.right ? "guess_right" : "guess_wrong", { value: due });
  return [first, because(ui, matrix, found, given)].filter(Boolean).join(" ");
}

function because(ui, matrix, { cause, entry, of, reversed }, given) {
  if (cause && given === "") return ui.data.causes[cause];
  if (cause) return say(ui, "guess_cause", { given, cause: ui.data.causes[cause] });
  if (entry) return say(ui, "guess_entry", { given, name: spoken(ui, entry.matrix, entry.row, entry.column) });
  if (reversed) return say(ui, "guess_transpose", { given, name: matrix.name });
  return of ? say(ui, "guess_shape", { given, name: of.name }) : "";
}

const streak = (ui) => make("span", { class: "mlp-streak" }, ui.streak ? say(ui, "streak", { count: ui.streak }) : "");
