// How much of each matrix of a product can be in view side by side, and how large it is written.

import { width } from "./cells.js";
import { leaves } from "./expand.js";

const SMALLEST = 12; // px: below that, numbers are not read
const MOST = 24; // rows or columns of one matrix in view
const LEAST = [2, 3]; // rows, columns
const LINE = 1.6; // em, a row of cells
const AROUND = { above: 3.3, beside: 2.6, mover: 1.5, narrow: 4.5 }; // em: label and shape; brackets and sign; the line of a window; a shape below

/** The most rows and columns of a matrix in view, so that all of a step's stand side by side at a readable size. */
export function roomFor(ui, step, tree) {
  const { across, down } = inside(ui.parts.product);
  const rows = Math.min(MOST, Math.floor((down / SMALLEST - AROUND.above) / LINE));
  const shown = [...leaves(tree).map((leaf) => [leaf.shape[1], ui.book[leaf.key]]), [tree.shape[1], ui.book[step.target]]];
  const wide = (most) => shown.reduce((sum, [columns, matrix]) => sum + Math.max(AROUND.narrow, Math.min(most, columns) * (width(ui, matrix) * 0.5 + 0.78)) + AROUND.beside, 0);
  let columns = MOST;
  while (columns > LEAST[1] && wide(columns) * SMALLEST > across) columns -= 1;
  return [Math.max(LEAST[0], rows), columns];
}

/** The width and height inside an element, in pixels. */
function inside(el) {
  const style = getComputedStyle(el);
  const without = (side) => parseFloat(style[`padding${side}`]) || 0;
  return { across: el.clientWidth - without("Left") - without("Right"), down: el.clientHeight - without("Top") - without("Bottom") };
}

/** Writes a product that is a little too large smaller; one that would become too small to read scrolls. */
export function fit(ui, product) {
  const { across, down } = inside(ui.parts.product);
  const size = parseFloat(getComputedStyle(ui.parts.product).fontSize);
  const smallest = Math.min(1, SMALLEST / size);
  for (let scale = 1, tries = 3; tries && scale > smallest; tries -= 1) {
    const over = Math.min(across / product.el.scrollWidth, down / product.el.scrollHeight);
    if (over >= 1 || Number.isNaN(over)) return;
    scale = Math.max(smallest, scale * over * 0.99);
    product.el.style.fontSize = `${scale}em`;
  }
}
