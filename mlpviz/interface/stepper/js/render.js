// Drawing everything for the present position, with the focus where it was.

import { showCourse } from "./course.js";
import { showControls, showHeadline, showLegend } from "./controls.js";
import { drawDiagram } from "./diagram.js";
import { showFigure } from "./figures.js";
import { typeset } from "./formulas.js";
import { showGuess } from "./guess.js";
import { sizeHeadline } from "./headline.js";
import { showLedger, showProofs } from "./ledger.js";
import { showLetters } from "./letters.js";
import { scaleColours } from "./number.js";
import { remember, takeViews } from "./places.js";
import { showSheet } from "./sheet.js";
import { prepare, showProduct } from "./product.js";
import { ask, viewOf } from "./state.js";
import { showSum, showTrail } from "./sum.js";
import { drawWatch } from "./watch.js";

/** Draws everything for the present position and the number asked about. */
export function render(ui) {
  const view = (ui.view = viewOf(ui));
  ui.scale = scaleColours(); // before anything is written: afterwards the browser would have to find all styles anew
  ui.asked = ask(ui, view);
  const held = holdFocus(ui);
  sizeHeadline(ui); // if it has become another
  showControls(ui);
  showHeadline(ui, view);
  showProduct(ui, view);
  showGuess(ui);
  showSheet(ui);
  showSum(ui, view);
  showTrail(ui);
  showFigure(ui);
  typeset(ui, ui.parts.sigma, ui.asked.sum); // which a picture leaves less room
  drawDiagram(ui, view);
  showLegend(ui, view);
  showLetters(ui, view);
  showLedger(ui);
  takeViews(ui);
  showProofs(ui);
  showCourse(ui);
  flash(ui);
  restoreFocus(ui, held);
  remember(ui);
  prepare(ui);
}

/** Lets every matrix be written anew when it is drawn next. */
export function outdate(ui) {
  for (const grid of [...ui.ledger, ...ui.products.flatMap((product) => product?.grids.map((one) => one.grid) ?? [])]) grid.level = grid.painted = null;
}

/** Draws new numbers at the same position: nothing is measured, and what shows no number stays as it is. */
export function redraw(ui) {
  const { view } = ui;
  ui.asked = ask(ui, view);
  const held = holdFocus(ui);
  showProduct(ui, view);
  showSum(ui, view);
  showFigure(ui);
  typeset(ui, ui.parts.sigma, ui.asked.sum); // which a picture leaves less room
  drawDiagram(ui, view);
  showLedger(ui);
  showProofs(ui);
  drawWatch(ui);
  showCourse(ui);
  restoreFocus(ui, held);
}

/** Makes what a change of notation changed flash once. */
function flash(ui) {
  if (!ui.flash) return;
  for (const el of ui.root.querySelectorAll(".mlp-matrix")) el.classList.toggle("mlp-flash", ui.flash.has(el.dataset.key));
}

/** What has the focus, to give it back after the elements around it were exchanged. */
export function holdFocus(ui) {
  const el = document.activeElement;
  const place = ["ledger", "product", "network", "lines", "trail"].find((part) => ui.parts[part].contains(el));
  return place ? { place, el, number: el.mlp } : null;
}

export function restoreFocus(ui, held) {
  if (!held || held.el.isConnected) return;
  const same = (el) => el.mlp?.matrix.key === held.number.matrix.key && el.mlp.row === held.number.row && el.mlp.column === held.number.column;
  const numberIn = (part) => held.number && [...ui.parts[part].querySelectorAll(".mlp-n:not(.mlp-answer)")].find(same);
  const inSum = ["lines", "trail"].includes(held.place);
  const first = () => ui.parts.lines.querySelector(held.number ? ".mlp-n" : ".mlp-cells");
  const to = inSum ? numberIn("lines") ?? first() : numberIn(held.place) ?? numberIn("product") ?? numberIn("ledger");
  ui.quiet = true;
  (to ?? ui.root).focus({ preventScroll: true });
  ui.quiet = false;
}
