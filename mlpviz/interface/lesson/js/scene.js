// A scene of a lesson: what it says, its question with the answers, and what is to be done.

import { make } from "../../stepper/js/dom.js";
import { typesetter } from "../../stepper/js/typesetter.js";

/** A formula, which is set once the page's letters are there; until then its text. */
function formulaOf(line, latex, text) {
  const el = make("span", { class: "mlp-lesson-formula", role: "img", "aria-label": text }, text); // what is set has no words
  line.setting ??= typesetter(line.data.katex);
  line.setting.then((set) => el.replaceChildren(set(latex))).catch(() => {});
  return el;
}

/** The question with its answers, or why it cannot be asked. */
export function questionOf(line) {
  const { question, refusal, texts } = line.data;
  if (refusal) return make("p", { class: "mlp-lesson-note" }, refusal);
  if (!question) return null;
  const [before, after] = question.text.split("{name}");
  const text = make("p", { class: "mlp-lesson-asked" }, before, formulaOf(line, question.latex, question.name), after);
  if (question.typed) return make("div", { class: "mlp-lesson-question" }, text, make("p", { class: "mlp-lesson-note" }, texts.typed));
  const group = make("div", { class: "mlp-lesson-choices", role: "group", "aria-label": question.text.replace("{name}", question.name) }, question.options.map((option) => choice(line, option)));
  return make("div", { class: "mlp-lesson-question" }, text, group, verdict(line));
}

function choice(line, option) {
  const chosen = line.answer === option.key;
  const el = make("button", { type: "button", class: `mlp-lesson-choice${chosen ? (option.right ? " mlp-lesson-right" : " mlp-lesson-wrong") : ""}`, "aria-pressed": String(chosen) }, option.latex ? formulaOf(line, option.latex, option.text) : option.text);
  el.onclick = () => line.choose(option);
  return el;
}

function verdict(line) {
  const option = line.data.question.options.find(({ key }) => key === line.answer);
  const told = option ? [make("b", {}, option.right ? "✓ " : "✗ "), option.right ? line.data.texts.right : option.cause] : [];
  return make("p", { class: "mlp-lesson-verdict", role: "status" }, told);
}

/** What is to be done, each with a mark once it is. */
export function tasksOf({ data: { tasks }, done }) {
  const item = ({ text }, number) => make("li", { class: done.has(number) ? "mlp-lesson-done" : "" }, make("span", { "aria-hidden": "true" }, done.has(number) ? "✓ " : "○ "), text);
  return make("ul", { class: "mlp-lesson-tasks" }, tasks.map(item));
}

/** The notes, for the teacher alone. */
export function notesOf(line) {
  const { notes, texts } = line.data;
  if (!notes) return null;
  const el = make("details", { class: "mlp-lesson-notes" }, make("summary", {}, texts.notes), make("p", {}, notes));
  el.open = Boolean(line.unfolded);
  el.ontoggle = () => (line.unfolded = el.open);
  return el;
}
