// What happens in a step, in words and as a formula, above everything else.

import { matrixName } from "./cells.js";
import { make, prose } from "./dom.js";
import { fitAll, typeset } from "./formulas.js";
import { ofNetwork } from "./matrix.js";
import { say } from "./messages.js";
import { hidesRight, hidesShape } from "./state.js";

/** The texts of a step; what belongs to the network as a whole names no layer. */
function wordsOf(ui, view) {
  const layer = view.number === null || ofNetwork(ui.book[view.target]) ? [] : [say(ui, "layer", { layer: view.number })];
  const remark = view.note ? make("span", { class: "mlp-remark" }, " ", prose(view.note)) : "";
  return { phase: view.chip ?? say(ui, view.phase), title: [view.title ?? view.name, ...layer].join(" · "), text: [...prose(view.text), remark] };
}

export function showWords(ui, view) {
  const { phase, title, text } = wordsOf(ui, view);
  ui.parts.phase.textContent = phase;
  ui.parts.title.textContent = title;
  ui.parts.text.replaceChildren(...text);
}

const formulaOf = (ui, view) => (ui.withShapes ? view.shapes : view.formula);

/** The equation, unless its right side, or with shapes the result's, is kept back. */
export function showFormula(ui, view) {
  const shown = hidesShape(ui, ui.book[view.target]) ? view.formula : formulaOf(ui, view);
  const { formula } = ui.parts;
  typeset(ui, formula, hidesRight(ui, view) ? null : shown);
  if (!hidesRight(ui, view)) return;
  formula.style.removeProperty("--mlp-fit");
  formula.replaceChildren(make("span", { class: "mlp-left-side" }, matrixName(ui.book[view.target]), " = ?"));
}

/** Gives the headline the room of its tallest step, so that stepping moves nothing below it. */
export function sizeHeadline(ui) {
  const headline = ui.parts.formula.closest(".mlp-headline");
  const now = [ui.received, ui.formulas, ui.withShapes, ui.projecting, headline.clientWidth];
  if (ui.sized?.every((one, i) => one === now[i])) return;
  ui.sized = now;
  const probe = make("div", { class: "mlp-probe", "aria-hidden": "true" });
  const column = (list, room) => list.map((el) => (Object.assign(el.style, { width: `${room}px` }), el));
  const drawn = [...new Set(ui.data.steps.map((view) => formulaOf(ui, view)))];
  const copies = column(drawn.map((index) => make("div", { class: "mlp-formula" }, ui.formulas?.[index]?.cloneNode(true) ?? "")), formulaRoom(ui));
  const texts = column(ui.data.steps.map((view) => inWords(wordsOf(ui, view))), ui.parts.text.clientWidth);
  probe.append(...copies, ...texts);
  headline.append(probe);
  fitAll(copies);
  headline.style.setProperty("--mlp-formulas", `${tallest(copies)}px`);
  headline.style.setProperty("--mlp-words", `${tallest(texts)}px`);
  probe.remove();
}

/** Fits what is shown to boxes that have become a little wider or narrower. */
export function refit(ui) {
  sizeHeadline(ui);
  fitAll([ui.parts.formula, ui.parts.sigma]);
}

const inWords = ({ phase, title, text }) =>
  make("div", { class: "mlp-what" }, make("h3", {}, make("span", { class: "mlp-phase" }, phase), " ", title), make("p", {}, text));

const tallest = (list) => Math.ceil(Math.max(0, ...list.map((el) => el.offsetHeight)));

/** How wide a formula may be beside its buttons. */
function formulaRoom(ui) {
  const { formula } = ui.parts;
  const gap = parseFloat(getComputedStyle(formula.parentElement).columnGap) || 0;
  const taken = [...formula.parentElement.children].filter((el) => el !== formula).map((el) => el.offsetWidth + gap);
  return formula.parentElement.clientWidth - taken.reduce((sum, one) => sum + one, 0);
}
