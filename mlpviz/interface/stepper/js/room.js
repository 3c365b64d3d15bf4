// How much of each matrix of a product can be in view side by side, and how large it is written.

import { width } from "./cells.js";
import { leaves } from "./expand.js";
import { ownRoom } from "./share.js";

const SMALLEST = 12; // px: below that, numbers are not read
const LEAST_PART = 0.63; // of the size of the page's text; before a class nothing is smaller
const MOST = 24; // rows or columns of one matrix in view
const LEAST = [3, 3]; // rows, columns
const FEWEST = 2; // of either before a class, where all stand in one line if two lines have no room
const AROUND = { above: 3.4, beside: 2.2, narrow: 5 }; // em: label and shape; brackets and sign; a shape below
const ROW = 1.6; // em
const PHONE = 480; // px: on a narrower panel a product stands in several lines
const PADDING = { wide: 0.78, tight: 0.42 }; // em, of a cell
const LENT = 1.35; // of its height a product has before a class, where the sum needs less

/** How a product is laid out at first: the most rows and columns of a matrix; tight cells; several lines; or one line a vector. */
export function roomFor(ui, step, tree) {
  const { across, down, smallest } = panelOf(ui);
  const rows = Math.max(LEAST[0], Math.min(MOST, Math.floor((down / smallest - AROUND.above) / ROW)));
  const shown = [...leaves(tree).map((leaf) => [leaf.shape[1], ui.book[leaf.key]]), [tree.shape[1], ui.book[step.target]]];
  const one = (columns, matrix, padding) => Math.max(AROUND.narrow, columns * (width(ui, matrix) * (ui.projecting ? 0.47 : 0.5) + padding)) + AROUND.beside;
  const wide = (most, padding) => smallest * shown.reduce((sum, [columns, matrix]) => sum + one(Math.min(most, columns), matrix, padding), 0);
  const stacked = tree.shape[0] === 1 && !some(tree, (node) => node.op === "matmul");
  const stackable = stacked && !ui.projecting;
  if (wide(MOST, PADDING.wide) <= across) return { most: [rows, MOST], tight: false, wraps: false, stackable };
  const wraps = wide(MOST, PADDING.tight) > across && (ui.projecting || across < PHONE || stacked || sumsIn(tree) > 1);
  if (ui.projecting && wraps) return { most: [rows, MOST], tight: true, wraps, stacked, instead: { most: [rows, columnsInOneLine(wide, across)], tight: true, wraps: false } };
  const widest = (columns) => smallest * (Math.max(...shown.map(([all, matrix]) => one(Math.min(columns, all), matrix, PADDING.tight))) + (stacked ? AROUND.narrow : 0));
  const fits = (columns) => (wraps ? widest(columns) : wide(columns, PADDING.tight)) <= across;
  let columns = MOST;
  while (columns > LEAST[1] && !fits(columns)) columns -= 1;
  return { most: [rows, columns], tight: true, wraps, stackable, stacked: wraps && stacked };
}

function columnsInOneLine(wide, across) {
  let columns = MOST;
  while (columns > FEWEST && wide(columns, PADDING.tight) > across) columns -= 1;
  return columns;
}

const sumsIn = (node) => (node.op === "add" ? 1 : 0) + (node.args ?? []).reduce((sum, arg) => sum + sumsIn(arg), 0);
const some = (node, is) => is(node) || (node.args ?? []).some((arg) => some(arg, is));

/** The width and height inside the panel of products, its type, and the smallest in it, in pixels: measured once. */
const panelOf = (ui) => (ui.panel ??= (ui.projecting && ownRoom(ui), inside(ui.parts.product, ui.projecting ? 1 : LEAST_PART)));

function inside(el, part) {
  const style = getComputedStyle(el);
  const type = parseFloat(style.fontSize);
  const without = (side) => parseFloat(style[`padding${side}`]) || 0;
  return { across: el.clientWidth - without("Left") - without("Right"), down: (el.clientHeight - without("Top") - without("Bottom")) * (part === 1 ? LENT : 1), type, smallest: Math.max(SMALLEST, part * type) };
}

/** Writes a product that is a little too large smaller; gives the room with which it would fit if it cannot, or nothing. */
export function fit(ui, product) {
  const { across, down, type, smallest: least } = panelOf(ui);
  const smallest = Math.min(1, least / type);
  const over = () => [down / (product.el.scrollHeight - 1), across / (product.el.scrollWidth - 1)]; // a part of a pixel counts as one
  for (let scale = 1; scale > smallest && Math.min(...over()) < 1; ) {
    scale = Math.max(smallest, scale * Math.min(...over()) * 0.99);
    product.el.style.fontSize = `${scale}em`;
  }
  const { most, wraps, instead } = product.room;
  if (instead && over()[0] < 1) return instead;
  const fewest = ui.projecting ? [FEWEST, FEWEST] : LEAST;
  const now = most.map((count, side) => Math.min(count, longest(product, side)));
  const less = over().map((part, side) => (part < 1 && (side || ui.projecting || !wraps) && now[side] > fewest[side] ? fewer(now[side], part, fewest[side]) : most[side]));
  if (less.some((count, side) => count < most[side])) return { ...product.room, most: less, tight: true };
  return over()[1] < 1 && inMoreLines(product.room);
}

/** The room of a product that is wider than its panel: in several lines, or one line a vector; null if it has that. */
function inMoreLines(room) {
  if (room.stackable && !room.stacked) return { ...room, tight: true, wraps: true, stacked: true };
  return room.wraps ? null : { ...room, tight: true, wraps: true };
}

/** Fewer rows or columns, of which a part has room with what is around them: never fewer than have room. */
const fewer = (count, part, fewest) => Math.max(fewest, Math.min(count - 1, Math.floor(count * part)));

/** The most rows or columns that are in view now. */
const longest = (product, side) => Math.max(...product.grids.map(({ grid }) => (side ? grid.columns : grid.rows).size));
