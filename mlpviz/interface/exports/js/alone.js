// A page of its own: what was saved is shown, and what a server would answer to an edit is computed here.

import { make } from "../../stepper/js/dom.js";
import { evaluator } from "../../stepper/js/evaluate.js";
import { decode } from "../../stepper/js/matrix.js";
import { answerOf } from "./answer.js";
import { printed } from "./handout.js";

const KEPT = 1000; // edits that can be undone

/** Shows what was saved; `begin` is the stepper's. */
export async function open({ frame, numbers, words }, begin) {
  window.mlpvizFrames = { [numbers.frame]: JSON.stringify(frame) };
  const place = document.querySelector(".mlp-place");
  const at = new URLSearchParams(location.hash.slice(1)).get(frame.parameter ?? "step");
  const saved = { ...numbers, start: Number(at ?? numbers.start ?? 0), focus: window === window.parent };
  const own = frame.program ? await evaluator(JSON.parse(frame.program)) : null;
  const page = { place, frame, saved, own, past: [], future: [], state: own && givenIn(frame, saved) };
  place.mlpviz = { numbers: saved, send: (name, value) => ACTIONS[name]?.(page, value) };
  begin({ parentElement: document.body });
  place.mlpviz.ui.remember = remember;
  page.buttons = own ? ["undo", "redo"].map((name) => button(words[name], () => ACTIONS[name](page))) : [];
  document.querySelector(".mlp-saved nav").append(...page.buttons, button(words.print, () => print()));
  showHistory(page);
  printed(place.mlpviz.ui);
}

function button(text, act) {
  const el = make("button", { type: "button" }, text);
  el.onclick = act;
  return el;
}

/** The step goes into the part of the address that nobody is asked for; a page inside another has none of its own. */
function remember(name, step) {
  try {
    history.replaceState(history.state, "", `#${name}=${step}`);
  } catch { /* a frame without an address */ }
}

// What a server would do

/** Everything that is given and may change: what can be edited or updated, and how many updates lie behind. */
function givenIn(frame, { matrices, updates = 0 }) {
  const given = Object.entries(frame.matrices).filter(([, { editable, role }]) => editable || role === "state");
  return { updates, given: Object.fromEntries(given.map(([key]) => [key, decode(matrices[key][0])])) };
}

const ACTIONS = {
  edit(page, { reached = {}, updates = page.state.updates, numbers, ...one }) {
    const given = Object.fromEntries(Object.entries(page.state.given).map(([key, values]) => [key, reached[key] ? decode(reached[key]) : values.slice()]));
    for (const each of numbers ?? (one.symbol ? [one] : [])) put(page, given, each);
    page.past = [...page.past, page.state].slice(-KEPT);
    page.future = [];
    answer(page, { given, updates });
  },
  undo: (page) => again(page, page.past, page.future),
  redo: (page) => again(page, page.future, page.past),
};

function put({ frame }, given, { symbol, layer, row, column, value }) {
  const [key, { shape }] = Object.entries(frame.matrices).find(([, matrix]) => matrix.editable && matrix.symbol === symbol && matrix.layer === layer);
  given[key][row * shape[1] + column] = value;
}

function again(page, from, to) {
  if (!from.length) return;
  to.push(page.state);
  answer(page, from.pop());
}

/** Shows another state as a server's answer would, a moment later. */
function answer(page, state) {
  page.state = state;
  showHistory(page);
  setTimeout(() => {
    page.place.mlpviz.numbers = answerOf(page, state);
    window.mlpvizShow(page.place);
  });
}

function showHistory({ past, future, buttons: [undo, redo] }) {
  if (!undo) return;
  undo.disabled = !past.length;
  redo.disabled = !future.length;
}
