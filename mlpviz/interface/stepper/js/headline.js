// What happens in a step, in words and as a formula, above everything else.

import { matrixName } from "./cells.js";
import { make, prose, put } from "./dom.js";
import { formulaBoxes, noteFits, typeset } from "./formulas.js";
import { ofNetwork } from "./matrix.js";
import { inOneLine, say } from "./messages.js";
import { hidesRight, hidesShape } from "./state.js";

const CHARACTER = 0.61; // em: the width of one in code
const BROKEN = 8; // characters of a line that stay free where it is broken

/** The texts of a step; what belongs to the network as a whole names no layer. */
function wordsOf(ui, view) {
  const layer = view.number === null || ofNetwork(ui.book[view.target]) ? [] : [say(ui, "layer", { layer: view.number })];
  const remark = view.note ? make("span", { class: "mlp-remark" }, say(ui, "together", { sentence: "", remark: "" }), prose(view.note)) : "";
  return { phase: view.chip ?? say(ui, view.phase), title: [view.title ?? view.name, ...layer], text: [...prose(view.text), remark] };
}

/** Where the slider of the steps stands, in words. */
export const placeInWords = (ui) => inOneLine(ui, [ui.parts.position.textContent, wordsOf(ui, ui.data.steps[ui.step]).title.join(" · ")]);

/** The title of a step, in which the name of its layer is not broken. */
const unbrokenTitle = ([name, ...layer]) => layer.length ? [`${name} · `, make("span", { class: "mlp-unbroken" }, layer)] : [name];

export function showWords(ui, view) {
  const { phase, title, text } = wordsOf(ui, view);
  put(ui.parts.phase, phase);
  ui.parts.title.replaceChildren(...unbrokenTitle(title));
  ui.parts.text.replaceChildren(...text);
  reachWords(ui);
}

/** Words that do not fit into their room can be scrolled, and so they are reached by the keyboard. */
function reachWords(ui) {
  const words = ui.parts.text.parentElement;
  words.toggleAttribute("tabindex", words.scrollHeight > words.clientHeight + 1);
  if (words.hasAttribute("tabindex")) words.tabIndex = 0;
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

/** Gives the headline the room of its tallest step, so that stepping moves nothing below it, and fits all formulas. */
export function sizeHeadline(ui) {
  const now = [ui.framed, ui.setter, ui.withShapes, ui.projecting, ui.alone, ui.wide];
  if (ui.sized?.every((one, i) => one === now[i])) return;
  ui.sized = now;
  ui.fits = new Map();
  const headline = headlineOf(ui);
  const { title, text } = ui.parts;
  const drawn = (of) => [...new Set(ui.data.steps.flatMap(of))].filter((index) => index !== null);
  const formulas = ui.alone ? [] : formulaBoxes(ui, "formula", drawn((view) => [formulaOf(ui, view), view.formula]), formulaRoom(ui));
  const sums = formulaBoxes(ui, "sigma", drawn((view) => view.sum));
  const texts = ui.alone ? [] : ui.data.steps.map((view) => inWords(wordsOf(ui, view), title.parentElement.clientWidth, text.clientWidth));
  const above = unseen(headline, "", [...formulas, ...texts]);
  const beside = unseen(ui.parts.sigma.parentElement, "mlp-body mlp-scrolls", sums);
  noteFits(ui, [...formulas, ...sums]);
  const heights = { formulas, words: texts, titles: texts.map((el) => el.firstChild), texts: texts.map((el) => el.lastChild) };
  if (!ui.alone) for (const [name, list] of Object.entries(heights)) headline.style.setProperty(`--mlp-${name}`, `${tallest(list)}px`);
  if (!ui.alone) headline.parentElement.style.setProperty("--mlp-lines-of-code", linesOfCode(ui));
  above.remove();
  beside.remove();
  reachWords(ui);
}

const headlineOf = (ui) => ui.parts.formula.closest(".mlp-headline");

/** Elements put into a place to be measured there, unseen. */
function unseen(place, name, inside) {
  const el = make("div", { class: `mlp-probe ${name}`, "aria-hidden": "true" }, inside);
  place.append(el);
  return el;
}

/** Fits everything to a page that has become wider or narrower; or, where it has not, to other letters. */
export function refit(ui, again = false) {
  if (again) ui.sized = null;
  ui.wide = headlineOf(ui).clientWidth;
  sizeHeadline(ui);
  if (!ui.view || !ui.asked) return;
  showFormula(ui, ui.view);
  typeset(ui, ui.parts.sigma, ui.asked.sum);
}

const inWords = ({ phase, title, text }, beside, below) =>
  make("div", { class: "mlp-what", style: `width: ${below}px` }, make("h3", { style: `width: ${beside}px` }, make("span", { class: "mlp-phase" }, phase), " ", unbrokenTitle(title)), make("p", {}, text));

/** How many lines the longest code of a step takes, in either language. */
function linesOfCode(ui) {
  const { code } = ui.parts;
  const wide = CHARACTER * parseFloat(getComputedStyle(code).fontSize);
  const most = Math.max(1, Math.floor(code.parentElement.clientWidth / wide) - BROKEN);
  return Math.max(...ui.data.steps.flatMap((view) => Object.values(view.code)).map((text) => text.split("\n").reduce((sum, line) => sum + Math.ceil(line.length / most), 0)));
}

const tallest = (list) => Math.ceil(Math.max(0, ...list.map((el) => el.offsetHeight)));

/** How wide a formula may be beside its buttons. */
function formulaRoom(ui) {
  const { formula } = ui.parts;
  const gap = parseFloat(getComputedStyle(formula.parentElement).columnGap) || 0;
  const taken = [...formula.parentElement.children].filter((el) => el !== formula).map((el) => el.getBoundingClientRect().width + gap);
  return Math.floor(formula.parentElement.clientWidth - taken.reduce((sum, one) => sum + one, 0)) - 1;
}
