// The sum: one entry in its index form, then with its numbers; every number leads to its own origin.

import { needsBrackets } from "./brackets.js";
import { entrySymbol, inParts, numberElement, reason, spoken, width, write } from "./cells.js";
import { make, put } from "./dom.js";
import { calls, defined, size } from "./expand.js";
import { aboutGiven, fitFigure, seenOf } from "./figures.js";
import { typeset } from "./formulas.js";
import { stepOf, valueAt } from "./matrix.js";
import { saidTogether, say } from "./messages.js";
import { format, MINUS, plain, scientific } from "./number.js";
import { lowerProduct } from "./product.js";
import { shareRoom } from "./share.js";
import { hidesRight, known } from "./state.js";
import { inWholeWords } from "./words.js";

const FEW = 6;
const LEAST_TERMS = 3; // terms before a class, where the panel has no room for more of a long sum
const MANY = 24; // nodes: of a longer term the zeros are folded away
const LONG = 16; // nodes: of a longer term only the line with its functions opened is written in numbers

// A term in symbols or in numbers; style = {numbers, now (the summand added just now), later, all}. It is an operand of
// the operation outer, if of any; a negative number that is not first gets brackets.
export function spell(ui, term, style, { outer, second = false, first = true } = {}) {
  const bracketed = needsBrackets(outer, term.kind, second) || (term.kind === "negate" && !first);
  const text = SPELL[term.kind](ui, term, style, bracketed || first);
  const classes = [style.now === term && "mlp-now", style.later?.has(term) && "mlp-later"].filter(Boolean).join(" ");
  const body = bracketed ? ["(", text, ")"] : text;
  return classes ? [make("span", { class: classes }, inWholeWords(body))] : body;
}

/** A symbol that is read by its name, and not sign by sign. */
function namedAloud(ui, el, matrix, row, column) {
  el.setAttribute("role", "img");
  el.setAttribute("aria-label", spoken(ui, matrix, row, column));
  return el;
}

const SPELL = {
  entry(ui, term, style, first) {
    if (style.numbers) return signed(entryNumber(ui, term), term.value, first);
    const el = entrySymbol(ui, term.matrix, term.row, term.column);
    el.classList.add("mlp-ref");
    el.mlp = term;
    return [namedAloud(ui, el, term.matrix, term.row, term.column)];
  },
  number(ui, term, style, first) {
    if (term.label && !style.numbers) return [term.label];
    const small = term.value && Math.abs(term.value) < 1e-6; // as ε: 1·10⁻⁸
    return signed(small ? scientific(term.value, 0) : plain(Number(term.value.toPrecision(6))), term.value, first);
  },
  rest: (ui, term, style) =>
    style.numbers ? signed(format(term.value, ui.data.digits), term.value, false) : [make("span", { class: "mlp-rest" }, say(ui, "rest", { count: term.count }))],
  add: (ui, term, style, first) => listed(ui, term, style, first),
  subtract(ui, { terms: [left, right] }, style, first) {
    const minuend = spell(ui, left, style, { outer: "subtract", first });
    return joined([minuend, spell(ui, right, style, { outer: "subtract", second: true, first: false })], ` ${MINUS} `);
  },
  negate: (ui, term, style) => [MINUS, spell(ui, term.terms[0], style, { outer: "negate", first: false })],
  times(ui, term, style, first) {
    const factors = term.terms.map((t, i) => spell(ui, t, style, { outer: "times", first: first && !i }));
    return joined(factors, style.numbers ? " × " : " · ");
  },
  square(ui, { terms: [base] }, style) {
    const text = spell(ui, base, style, { outer: "square", first: !style.numbers });
    const fraction = !style.numbers && base.kind === "entry" && base.matrix.entry[0][0].includes("/");
    return [fraction ? ["(", text, ")"] : text, make("sup", {}, "2")];
  },
  quotient(ui, term, style) {
    const [over, under] = term.terms.map((t) => make("span", {}, spell(ui, t, style)));
    return [make("span", { class: "mlp-fraction" }, over, under)];
  },
  call(ui, term, style, first) {
    if (term.name === "weighted") return SPELL.times(ui, term, style, first);
    const terms = term.terms.map((t) => spell(ui, t, style));
    return term.form ? filled(term.form, terms) : [term.label, "(", joined(terms, ", "), ")"];
  },
  /** ∂u_i/∂v_j in symbols, or its number. */
  slope(ui, term, style, first) {
    if (!style.numbers) return [inParts([term.of, term.by].map(({ label, at }) => ({ runs: label, at: at.map((k) => String(k + ui.first)) })))];
    return term.terms ? spell(ui, term.terms[0], style, { first }) : signed(format(term.value, ui.data.digits), term.value, first);
  },
};

/** A function's form with its arguments in its places {}; one in e^{} is an exponent. */
const filled = (form, args) =>
  form.split(/(?:(\w)\^)?\{\}/).flatMap((piece, i) => {
    if (i % 2 === 0) return [piece];
    const arg = args[(i - 1) / 2];
    return piece ? [make("i", {}, piece), make("sup", {}, arg)] : [arg];
  });

const joined = (parts, between) => parts.flatMap((part, i) => (i ? [between, part] : [part]));

const signed = (body, value, first) => (value < 0 && !first ? [make("span", { class: "mlp-unbroken" }, "(", body, ")")] : [body]);

function entryNumber(ui, term) {
  const el = numberElement("span", "button");
  write(ui, el, term.matrix, term.row, term.column);
  return el;
}

/** The terms of a sum; of a long one without those that are 0, of many only some, with a button for the rest. */
function listed(ui, term, style, first) {
  const { terms } = term;
  const list = folds(terms, style) ? terms.filter((one) => one.value !== 0) : terms;
  const { few = FEW } = style;
  const at = list.indexOf(style.now);
  const from = at < 0 ? 0 : Math.max(0, Math.min(at - 2, list.length - few));
  const shown = style.all || list.length <= few + 1 ? list : list.slice(from, from + few);
  const parts = shown.map((t, i) => spell(ui, t, style, { outer: "add", first: first && !i && !from }));
  if (list.length < terms.length) parts.push([more(say(ui, "zeros", { count: terms.length - list.length }), say(ui, "zero_terms", { count: terms.length - list.length, all: terms.length }))]);
  if (shown.length < list.length) parts.push([more(say(ui, "more_terms", { count: list.length - shown.length }))]);
  return joined(parts, " + ");
}

/** Whether a sum is written without its zeros: in a long term, unless they are asked for or added just now. */
const folds = (terms, style) => style.folds && !style.all && !style.now && terms.length > 2 && terms.some((one) => one.value === 0);

const more = (text, title) => make("button", { type: "button", class: "mlp-more", "data-do": "terms", title }, text);

/** Writes the sum face for the number that is asked about. */
export function showSum(ui, view) {
  const { matrix, row, column } = ui.asked.subject;
  const face = ui.parts.sum;
  const other = face.dataset.key !== matrix.key || face.dataset.row !== String(row) || face.dataset.column !== String(column);
  Object.assign(face.dataset, { key: matrix.key, row, column });
  delete face.dataset.total;
  typeset(ui, ui.parts.sigma, ui.asked.sum);
  if (other) ui.sumFrom = "top";
  settleLater(ui);
  writeLines(ui, FEW);
}

/** Writes the lines of the sum, of many terms only so few; if need be, in numbers alone. */
function writeLines(ui, few, bare = false) {
  const { subject, term, summand, later, complete } = ui.asked;
  const { lines, sum: face } = ui.parts;
  const { matrix, row, column } = subject;
  if (!term) return lines.replaceChildren(...untold(ui, subject));
  if (complete) face.dataset.total = String(term.value / (matrix.times ?? 1)); // as the number's own value: as it is stored
  const style = { now: summand, later, all: ui.allTerms, folds: size(term) > MANY, few };
  const opened = calls(term) && size(defined(term)) < 60;
  const rows = [spell(ui, term, style)];
  if (!opened || summand || size(term) < LONG) rows.push(spell(ui, term, { ...style, numbers: true }));
  if (opened) rows.push(spell(ui, defined(term), { numbers: true, all: ui.allTerms, folds: style.folds, few }));
  if (bare && rows.length > 1) rows.shift();
  const long = style.folds && complete;
  if (!long) rows.at(-1).push(" ", outcome(ui, subject, complete));
  const why = complete ? reason(ui, matrix, row, column, valueAt(matrix, row, column)) : undefined;
  lines.replaceChildren(...rows.flatMap((words, i) => [
    make("span", { class: "mlp-left" }, i ? [] : [namedAloud(ui, entrySymbol(ui, matrix, row, column), matrix, row, column)]),
    make("span", { class: "mlp-equals" }, "="),
    make("span", { class: i || bare ? "mlp-line mlp-numbers mlp-cells" : "mlp-line", ...(i || bare ? { tabindex: 0, role: "group", "aria-label": say(ui, "sum_numbers") } : {}) }, inWholeWords(words)),
  ]), ...(long ? [make("div", { class: "mlp-final" }, " ", outcome(ui, subject, complete))] : []), ...(why ? [make("p", { class: "mlp-note" }, why)] : []));
  if (!long) ui.sumFrom = "end"; // the numbers, if not all has room
}

/** Asks to be told once the lines are laid out, which is when the panel can be scrolled at no cost. */
function settleLater(ui) {
  ui.laidOut?.unobserve(ui.parts.lines);
  ui.laidOut?.observe(ui.parts.lines);
}

/** Makes all of the sum be in view, if that can be, and scrolls its panel to where it is to be read from. */
export function settleSum(ui) {
  const panel = ui.parts.lines.parentElement;
  let left = shareRoom(ui);
  if (left !== null && !hidesRight(ui, ui.view)) {
    lowerProduct(ui, left);
    left = shareRoom(ui);
  }
  for (let few = FEW - 1; left !== null && few >= LEAST_TERMS && !ui.allTerms; few -= 1) {
    writeLines(ui, few);
    left = shareRoom(ui);
  }
  if (left !== null && ui.projecting && !ui.allTerms) {
    writeLines(ui, LEAST_TERMS, true); // the headline has the formula
    shareRoom(ui);
  }
  if (ui.sumFrom) panel.scrollTop = ui.sumFrom === "end" ? panel.scrollHeight : 0;
  ui.sumFrom = null;
  fitFigure(ui);
}

const HERE = "\0"; // where a number stands in a sentence, with the blank before it that the language has

/** What a sum comes to, or what it has come to so far. */
function outcome(ui, subject, complete) {
  if (ui.asked.awaited) return make("span", { class: "mlp-outcome" }, "= ", awaited(ui, subject.matrix));
  if (!complete) {
    const so = make("b", { class: "mlp-sofar" }, format(ui.asked.sofar, ui.data.digits));
    const [words] = saidTogether(ui, [say(ui, "so_far", { done: ui.asked.done, all: ui.asked.count }), HERE]).split(HERE);
    return make("span", { class: "mlp-outcome" }, words, so);
  }
  const el = entryNumber(ui, subject);
  el.classList.add("mlp-answer");
  return make("span", { class: "mlp-outcome" }, "= ", el);
}

/** The room of a number that is asked for: as wide as it may be (a minus is wider than a digit), so that no line moves when it comes. */
const awaited = (ui, matrix) => make("b", { class: "mlp-awaited", style: `min-width: ${width(ui, matrix) + 1}ch` }, "?");

/** What is said of a number without a sum: it is given, or it is not computed yet. */
function untold(ui, { matrix, row, column }) {
  const left = make("span", { class: "mlp-left" }, namedAloud(ui, entrySymbol(ui, matrix, row, column), matrix, row, column));
  if (known(ui, matrix, row, column)) {
    const key = matrix.role === "state" ? "kept" : !matrix.editable ? "given" : ui.live ? "given_live" : "given_editable";
    const drawn = key === "given_live" && seenOf(ui, matrix);
    const text = say(ui, key, { name: matrix.name, step: plain(stepOf(matrix)) });
    const number = make("span", { class: "mlp-line mlp-cells", tabindex: 0, role: "group", "aria-label": say(ui, "sum_numbers") }, entryNumber(ui, { matrix, row, column }));
    return [left, make("span", { class: "mlp-equals" }, "="), number, drawn ? aboutGiven(ui, text) : make("p", { class: "mlp-note" }, saidTogether(ui, [text, key === "given_editable" && ui.data.still ? say(ui, "given_still", { why: ui.data.still }) : ""]))];
  }
  if (ui.asked.awaited) return [left, make("span", { class: "mlp-equals" }, "="), awaited(ui, matrix)];
  if (matrix.veiled) return [left, make("p", { class: "mlp-note" }, say(ui, "kept_back", { name: matrix.name }))];
  const step = ui.data.steps[matrix.step];
  const go = make("button", { type: "button", class: "mlp-more", "data-do": "go", "data-to": matrix.step }, say(ui, "go"));
  const text = step ? say(ui, "not_yet", { step: matrix.step + 1, name: step.title ?? step.name }) : say(ui, "blank");
  return [left, make("p", { class: "mlp-note" }, text, " ", step ? go : [])];
}

/** The trail of numbers that were asked about, each a way back out. */
export function showTrail(ui) {
  const first = say(ui, "crumb", { step: ui.step + 1 });
  if (!ui.trail.length && ui.parts.trail.childElementCount === 1) return put(ui.parts.trail.firstChild, first);
  const step = make("button", { type: "button", "data-do": "crumb", "data-to": 0 }, first);
  const crumbs = ui.trail.map(({ matrix, row, column }, i) =>
    make("button", { type: "button", "data-do": "crumb", "data-to": i + 1 }, namedAloud(ui, entrySymbol(ui, matrix, row, column), matrix, row, column)));
  ui.parts.trail.replaceChildren(...joined([[step], ...crumbs.map((crumb) => [crumb])], "›").flat());
  ui.parts.trail.classList.toggle("mlp-deep", ui.trail.length > 0);
}
