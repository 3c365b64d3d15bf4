// What can be asked before a step's result is shown, and whether an answer is right. Everything is read from the numbers
// and the tree at that moment, so it stays right when a hand has moved a number.

import { expand } from "./expand.js";
import { valueAt } from "./matrix.js";
import { mistaken, multiplies } from "./mistaken.js";
import { format } from "./number.js";
import { entryNow } from "./state.js";

const SIGNED = ["error", "gradient", "change"]; // the roles of which the sign says most
const SIGNS_ASKED = ["−", "0", "+"];

/** The step that is asked about, and its result. */
const stepNow = (ui) => ui.data.steps[ui.step];
const targetNow = (ui) => ui.book[stepNow(ui).target];

/** Whether lines of a derivation are asked about: there the right side is what is hidden. */
const ofLines = (ui) => ui.data.parameter === "line";

/** The kinds of questions: whether one fits the step, what can be chosen, and the verdict on an answer. */
const ASKED_FOR = {
  sign: {
    fits: (ui, { matrix, row, column }) => !ofLines(ui) && Number.isFinite(valueAt(matrix, row, column)) && (SIGNED.includes(matrix.role) || matrix.data.some((value) => value < 0)),
    options: () => SIGNS_ASKED.map((sign) => ({ key: sign, sign })),
    right: (ui, { matrix, row, column }) => SIGNS_ASKED[Math.sign(valueAt(matrix, row, column)) + 1],
    why: () => null,
  },
  shape: {
    fits: (ui, { matrix }) => (!ofLines(ui) || !matrix.hidden) && shapesFor(ui).length > 1,
    options: (ui) => shapesFor(ui).map((shape) => ({ key: shape, shape })),
    right: (ui, { matrix }) => spelledShape(shownShape(matrix)),
    why: shapeOfAnother,
  },
  number: {
    fits: (ui, { matrix, row, column }) => !ofLines(ui) && Number.isFinite(valueAt(matrix, row, column)),
    options: () => [],
    accepts: acceptsNumber,
    right: (ui, { matrix, row, column }) => valueAt(matrix, row, column),
    why: whyNumber,
  },
  formula: {
    fits: (ui) => (ui.grain === "matrix" || (ofLines(ui) && ui.entry === 0)) && formulasFor(ui).length > (ofLines(ui) ? 1 : 2),
    options: (ui) => formulasFor(ui),
    right: () => "right",
    why: (ui, subject, key) => ({ cause: stepNow(ui).mistakes[Number(key)][0] }),
  },
};

/** What is hidden from now on: the result and, where that is asked for, the right side; and what is asked. */
export function veilNow(ui) {
  const kinds = kindsNow(ui);
  const due = ofLines(ui) && kinds.includes("formula") ? "formula" : kinds[(ui.step + ui.round) % kinds.length];
  return veilOf(ui, due ?? null);
}

/** The same with the next kind of question. */
export function veilAgain(ui) {
  const kinds = kindsNow(ui);
  return veilOf(ui, kinds[(kinds.indexOf(ui.veiled.kind) + 1) % kinds.length] ?? null);
}

const veilOf = (ui, kind) => ({ kind, right: ofLines(ui) || kind === "formula" });

/** The kinds that fit the present step, in their order. */
export const kindsNow = (ui) => Object.keys(ASKED_FOR).filter((kind) => ASKED_FOR[kind].fits(ui, subjectNow(ui)));

/** Which number a question is about: one of the result that was chosen, the entry computed now, or an example. */
function subjectNow(ui) {
  const target = targetNow(ui);
  if (ui.grain === "entry") return entryNow(ui);
  const chosen = ui.asked?.subject;
  if (chosen?.matrix === target) return chosen;
  return { matrix: target, row: target.rowAt.has(ui.sample) && target.per === "activation" ? ui.sample : target.rows[0], column: target.columns[0] };
}

/** The question of a kind about the present step. */
export function questionOf(ui, kind) {
  const subject = subjectNow(ui);
  return { kind, subject, options: inTurn(ui, ASKED_FOR[kind].options(ui, subject)) };
}

/** The options in another order at each step, always the same one there; signs stay as they are. */
function inTurn(ui, options) {
  if (options.some((one) => one.sign)) return options;
  const by = (ui.step * 7 + (ui.round ?? 0)) % Math.max(1, options.length);
  return [...options.slice(by), ...options.slice(0, by)];
}

/** The verdict on an answer: whether it is right, what is, and what the answer would have been right for. */
export function graded(ui, { kind, subject }, answer) {
  const { right, accepts, why } = ASKED_FOR[kind];
  const due = right(ui, subject);
  const good = accepts ? accepts(ui, subject, answer) : answer === due;
  return { right: good, due, ...(good ? {} : why(ui, subject, answer)) };
}

// Numbers

/** Whether a number is another one within the digits that are shown of it. */
function isNear(ui, typed, value) {
  return Math.abs(typed - value) <= 0.5 * lastDigit(value, ui.data.digits) * (1 + 1e-9);
}

/** Whether a number is right: as it is, or as it comes of the numbers that are shown, whose rounding is nobody's mistake. */
function acceptsNumber(ui, subject, typed) {
  const value = valueAt(subject.matrix, subject.row, subject.column);
  return isNear(ui, typed, value) || isNear(ui, typed - fromShown(ui, subject) + value, value);
}

/** What one more in the last digit shown is worth. */
export function lastDigit(value, digits) {
  const fixed = Math.abs(value).toFixed(digits);
  return inPowers(value, digits, fixed) ? 10 ** Math.floor(Math.log10(Math.abs(value))) : 10 ** -digits;
}

const inPowers = (value, digits, fixed) => value !== 0 && format(Math.abs(value), digits) !== fixed;

/** The number as it comes of what is shown. */
function fromShown(ui, { matrix, row, column }) {
  const step = stepNow(ui);
  const rounded = (each) => ({ ...each, data: each.data.map((value) => asShown(value, ui.data.digits)) });
  const known = {};
  const book = new Proxy(ui.book, { get: (all, key) => (known[key] ??= rounded(all[key])) });
  return expand(book, step.tree, ...placeShown(matrix, row, column)).value;
}

const asShown = (value, digits) => (Number.isFinite(value) ? Math.round(value / lastDigit(value, digits)) * lastDigit(value, digits) : value);

const placeShown = (matrix, row, column) => (matrix.transposed ? [column, row] : [row, column]);

/** What a wrong number would be right for: the formula with a mistake in it, or another entry. */
function whyNumber(ui, { matrix, row, column }, typed) {
  const step = stepNow(ui);
  const place = placeShown(matrix, row, column);
  const found = step.mistakes.find((change) => isNear(ui, typed, valueWith(ui, change, place)));
  if (found) return { cause: found[0] };
  return { entry: entriesOfMatrix(matrix).find((at) => isNear(ui, typed, valueAt(matrix, at.row, at.column))) };
}

const entriesOfMatrix = (matrix) => matrix.rows.flatMap((row) => matrix.columns.map((column) => ({ matrix, row, column })));

/** The entry of the step's formula with a mistake in it; NaN where it does not multiply, or not all of it is here. */
export function valueWith(ui, change, place) {
  const step = stepNow(ui);
  const tree = mistaken(step.tree, change);
  const same = tree.shape.every((size, side) => size === step.tree.shape[side]);
  if (!same || !multiplies(tree) || lacksTerms(ui, step.tree)) return NaN;
  return expand(ui.book, tree, ...place).value;
}

const lacksTerms = (ui, node) => node.rest !== undefined || (node.args ?? []).some((arg) => lacksTerms(ui, arg));

// Shapes

const shownShape = ({ shape, transposed }) => (transposed ? [...shape].reverse() : shape);
const spelledShape = (shape) => shape.join(" × ");

const SIDES = 2;

/** The shapes to choose from, the result's first: each once, with the array whose it is, which came with the step. */
const shapesFor = (ui) => stepNow(ui).sizes.map((one) => spelledShape(one.slice(0, SIDES)));

/** Whose shape a wrong one is. */
function shapeOfAnother(ui, { matrix }, answer) {
  const [, , key, turned] = stepNow(ui).sizes.find((one) => spelledShape(one.slice(0, SIDES)) === answer);
  return { of: ui.book[key] ?? matrix, turned };
}

// Formulas

/** The formula of the step, and what it is with a mistake: they come with one of each kind first. */
function formulasFor(ui) {
  const { tree, mistakes } = stepNow(ui);
  const wrong = mistakes.map((change, number) => ({ key: String(number), kind: change[0], tree: mistaken(tree, change) }));
  return [{ key: "right", tree }, ...wrong].slice(0, ui.data.options);
}
