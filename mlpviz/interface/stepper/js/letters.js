// The legend of letters: what each array, number and sign on screen is, with its shape. Key ?, or a click on a name.

import { matrixName } from "./cells.js";
import { make } from "./dom.js";
import { leaves } from "./expand.js";
import { say } from "./messages.js";
import { hidesShape } from "./state.js";

/** Shows the legend of the step in view, if it is open, at the entry that was asked about. */
export function showLetters(ui, view) {
  const panel = ui.parts.letters;
  panel.hidden = !ui.letters;
  ui.parts.asking.setAttribute("aria-expanded", String(Boolean(ui.letters)));
  if (!ui.letters) return;
  const rows = [...arraysOf(ui, view).map((matrix) => arrayRow(ui, matrix)), ...(view.legend ?? []).map((key) => signRow(ui, key))];
  const close = make("button", { type: "button", class: "mlp-toggle", "data-do": "letters", "aria-label": say(ui, "close") }, "✕");
  panel.replaceChildren(make("header", {}, make("h4", {}, say(ui, "letters")), close), make("dl", {}, rows));
  const found = [...panel.querySelectorAll("[data-letter]")].find((one) => one.dataset.letter === ui.letters.of);
  found?.classList.add("mlp-asked-for");
  found?.scrollIntoView?.({ block: "nearest" });
}

/** The arrays of a step: what it computes, what it reads, and what is drawn of it; each once under its name. */
function arraysOf(ui, view) {
  const keys = [view.target, ...view.reads, ...leaves(view.factors ?? view.tree).map((leaf) => leaf.key), ui.letters.of];
  const found = keys.map((key) => ui.book[key]).filter((matrix) => matrix?.meaning);
  return [...new Map(found.map((matrix) => [JSON.stringify(matrix.label), matrix])).values()];
}

function arrayRow(ui, matrix) {
  const shape = matrix.transposed ? [...matrix.shape].reverse() : matrix.shape;
  const [sizes, names] = [shape.join(" × "), matrix.dims.join(" × ")];
  if (hidesShape(ui, matrix)) return letterRow(matrix.key, matrixName(matrix), [matrix.meaning]);
  const about = [matrix.meaning, make("span", { class: "mlp-note mlp-letter-shape" }, names === sizes ? sizes : `${names} = ${sizes}`)];
  return letterRow(matrix.key, matrixName(matrix), about);
}

const signRow = (ui, key) => letterRow(key, ui.data.signs[key].sign, [ui.data.signs[key].meaning]);

const letterRow = (key, name, about) => make("div", { "data-letter": key }, make("dt", {}, name), make("dd", {}, about));
