// Predict, then reveal: the switch, the answer and its keys. A result is hidden until it is answered for, or → is pressed.

import { sentencesOf } from "./guess.js";
import { say } from "./messages.js";
import { choose, reveal } from "./moves.js";
import { MINUS, plain } from "./number.js";
import { graded, veilAgain, veilNow } from "./questions.js";
import { narrowed } from "./typing.js";

const A_NUMBER = /^[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i;
const ASKING = "1"; // as the link says it

/** Hides results from the next one on, or no more; the server hears of it, since the link carries it. */
export function predict(ui) {
  const on = ui.predict ? "" : ASKING;
  Object.assign(ui, { predict: on, open: ui.step, streak: 0 });
  choose(ui, { veiled: null, verdict: null });
  ui.parts.status.textContent = say(ui, on ? "guess_next" : "guess_off");
  ui.send("predict", { value: on });
}

/** Takes what a payload says of predicting; with other steps a result is hidden from the start. */
export function takePredict(ui, old, anew) {
  const wish = wished(ui.data);
  if (!old || wish !== wished(old)) Object.assign(ui, { predict: wish, veiled: wish ? ui.veiled : null });
  if (!anew) return;
  Object.assign(ui, { open: ui.step - 1, verdict: null, asked: null });
  ui.veiled = ui.predict ? veilNow(ui) : null;
}

/** What a payload says of predicting, as the link does; a page of its own may say yes or no. */
const wished = ({ predict: wish }) => (wish === true ? ASKING : wish || "");

/** Leads to the answer; false if nothing is asked. */
export function askNow(ui) {
  const first = ui.veiled?.kind && ui.parts.guess.querySelector(".mlp-choices :is(input, button)");
  if (!first) return false;
  first.focus();
  return true;
}

/** Another question about the same result. */
export function anotherQuestion(ui) {
  choose(ui, { veiled: veilAgain(ui) });
  askNow(ui);
}

/** Answers with a button or, for a number, with what is typed. */
export function answerNow(ui, button) {
  const { question } = ui;
  if (!question || !ui.veiled) return;
  const given = question.kind === "number" ? typedNumber(ui) : question.options[Number(button.dataset.to)].key;
  if (given === undefined) return;
  const found = graded(ui, question, given);
  ui.streak = found.right ? ui.streak + 1 : 0;
  ui.round += found.right ? 1 : 0;
  const spelled = question.kind === "number" ? plain(given) : question.kind === "formula" ? "" : given;
  ui.root.focus({ preventScroll: true });
  reveal(ui, { right: found.right, told: sentencesOf(ui, question, found, spelled) });
}

/** The number in the field; undefined, and said so, if it is none. */
function typedNumber(ui) {
  const input = ui.parts.guess.querySelector("input");
  const text = narrowed(ui, input.value);
  if (A_NUMBER.test(text)) return Number(text.replace(",", "."));
  input.setAttribute("aria-invalid", "true");
  ui.parts.guess.querySelector(".mlp-hint").textContent = say(ui, "not_number", { typed: input.value.trim().slice(0, 40) });
  ui.parts.status.textContent = say(ui, "not_number", { typed: input.value.trim().slice(0, 40) });
  input.focus();
  return undefined;
}

/** Turns the sign of what is typed: a number pad may have no minus. */
export function flipSign(ui) {
  const input = ui.parts.guess.querySelector("input");
  const text = narrowed(ui, input.value);
  input.value = text.startsWith("-") ? text.slice(1) : `${MINUS}${text}`;
  input.focus();
}

/** Keys in the field: Enter answers, Escape leaves; all others are the field's. */
export function onGuessKey(ui, event) {
  if (event.key === "Enter") answerNow(ui, null);
  if (event.key === "Escape") ui.root.focus({ preventScroll: true });
  return event.key === "Enter" || event.key === "Escape";
}
