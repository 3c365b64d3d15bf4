// A page of its own: what was saved is shown, and edits stay here.

import { make } from "../../stepper/js/dom.js";
import { follow, set } from "../../stepper/js/live.js";
import { printed } from "./handout.js";

/** Shows what was saved; `begin` is the stepper's. */
export function open({ frame, numbers, formulas, words }, begin) {
  document.querySelector(".st-key-formulas").innerHTML = formulas.map((formula) => `<div class="katex-display"><span class="katex">${formula}</span></div>`).join("");
  window.mlpvizFrames = { [numbers.frame]: JSON.stringify(frame) };
  const place = document.querySelector(".mlp-place");
  const at = new URLSearchParams(location.hash.slice(1)).get(frame.parameter ?? "step");
  const history = { past: [], future: [], given: {} };
  const send = (name, value) => ACTIONS[name]?.(place.mlpviz.ui, history, value);
  place.mlpviz = { numbers: { ...numbers, start: Number(at ?? numbers.start ?? 0), focus: window === window.parent }, send };
  begin({ parentElement: document.body });
  const { ui } = place.mlpviz;
  ui.remember = remember;
  for (const { key, editable, stored } of Object.values(ui.book)) if (editable) history.given[key] = stored.slice();
  history.buttons = ["undo", "redo"].map((name) => button(words[name], () => send(name)));
  document.querySelector(".mlp-saved nav").append(...(frame.program ? history.buttons : []), button(words.print, () => print()));
  showHistory(history);
  printed(ui);
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

// What the server would take

const ACTIONS = {
  edit(ui, history, { symbol, layer, row, column, value }) {
    const { key } = Object.values(ui.book).find((matrix) => matrix.editable && matrix.symbol === symbol && matrix.layer === layer);
    const was = put(ui, history, { key, row, column }, value);
    history.past.push({ at: { key, row, column }, was, value });
    history.future = [];
    showHistory(history);
  },
  undo: (ui, history) => again(ui, history, "past", "future", "was"),
  redo: (ui, history) => again(ui, history, "future", "past", "value"),
};

function again(ui, history, from, to, which) {
  const edit = history[from].pop();
  if (!edit) return;
  put(ui, history, edit.at, edit[which]);
  history[to].push(edit);
  showHistory(history);
}

/** Gives a number its value, and lets everything follow; returns the one that it had before the edit. */
function put(ui, { given }, { key, row, column }, value) {
  const place = row * ui.book[key].columns.length + column;
  const was = given[key][place];
  given[key][place] = value;
  set(ui, { matrix: ui.book[key], row, column }, value);
  follow(ui);
  return was;
}

function showHistory({ past, future, buttons }) {
  buttons[0].disabled = !past.length;
  buttons[1].disabled = !future.length;
}
