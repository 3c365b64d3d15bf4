// The question that is open, what was answered to it here, and the bars once they are shown.

import { act, club, kept, say, words } from "./club.js";
import { make } from "./dom.js";
import { typesetter } from "./typesetter.js";

const answerOf = (name) => { try { return JSON.parse(kept.read(`mlpviz.answer.${name}`)); } catch { return null; } };

/** A text, or its formula where it is one, which is set once the page's letters are there. */
export function written({ text, latex }) {
  const el = make("span", latex ? { role: "img", "aria-label": text } : {}, text); // what is set has no words
  if (latex) {
    club.setting ??= typesetter(club.data.katex);
    club.setting.then((set) => el.replaceChildren(set(latex))).catch(() => {});
  }
  return el;
}

/** The question with what can be done about it. */
export function question(asked, teaches, tools) {
  const mine = teaches ? null : answerOf(asked.name);
  const parts = [make("p", { class: "mlp-class-text" }, asked.text)];
  if (asked.bars) parts.push(bars(asked.bars, mine));
  else if (!asked.typed) parts.push(choices(asked, mine, teaches));
  else if (!teaches) parts.push(...formula(asked, mine));
  if (!teaches) parts.push(make("p", { class: "mlp-class-note", role: "status" }, noteOn(asked, mine)));
  return make("div", { class: "mlp-class-question", role: "group", "aria-label": asked.text }, parts, tools ?? []);
}

function noteOn(asked, mine) {
  if (asked.phase === "open") return mine ? [mine.said, mine.said ? " · " : "", words("sent")] : "";
  if (asked.phase === "closed") return words("closed");
  const chosen = asked.options.find((option) => option.key === mine?.key);
  return chosen ? (chosen.right ? words("right") : chosen.cause) : mine?.said ?? "";
}

function choices(asked, mine, teaches) {
  const button = (option) => {
    const el = make("button", { type: "button", class: "mlp-class-choice", "aria-pressed": String(option.key === mine?.key) }, written(option));
    el.disabled = teaches || asked.phase !== "open";
    el.onclick = () => give(asked, { choice: option.key });
    return el;
  };
  return make("div", { class: "mlp-class-choices" }, asked.options.map(button));
}

function formula(asked, mine) {
  const field = make("input", { class: "mlp-class-field", type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-label": words("write"), placeholder: words("write") });
  const send = make("button", { type: "submit", class: "mlp-class-choice" }, words("send"));
  const form = make("form", { class: "mlp-class-choices" }, field, send);
  field.value = club.draft ?? "";
  field.oninput = () => (club.draft = field.value);
  field.disabled = send.disabled = asked.phase !== "open";
  form.onsubmit = (event) => {
    event.preventDefault();
    if (field.value.trim()) give(asked, { formula: field.value });
  };
  if (mine) form.classList.add("mlp-class-given");
  return [form];
}

/** Gives an answer, or another one in its place. */
async function give(asked, given) {
  const answer = await act({ do: "answer", question: asked.name, ...given });
  if (answer.kind !== "done") return;
  kept.write(`mlpviz.answer.${asked.name}`, JSON.stringify({ key: answer.choice, said: answer.said }));
  club.answered = `${asked.name} ${answer.choice} ${answer.said}`;
  say("", 0);
}

function bars(rows, mine) {
  const most = Math.max(1, ...rows.map((row) => row.count));
  const line = (row) => {
    const marks = [row.right ? words("right") : "", row.key === mine?.key ? words("yours") : ""].filter(Boolean).join(" · ");
    const bar = make("span", { class: "mlp-class-bar", style: `width: ${((100 * row.count) / most).toFixed(1)}%` });
    return make("li", { class: row.right ? "mlp-class-right" : "" }, make("span", { class: "mlp-class-label" }, written(row)), make("span", { class: "mlp-class-track" }, bar), make("b", {}, String(row.count)), make("i", {}, marks));
  };
  return make("ul", { class: "mlp-class-bars" }, rows.map(line));
}
