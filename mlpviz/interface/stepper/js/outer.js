// A column times a row as a grid: the column on the left, the row on top, and each cell the product of the two.

import { width } from "./cells.js";
import { valuesOf } from "./computed.js";
import { make } from "./dom.js";
import { flipped } from "./expand.js";
import { makeAxis, makeGrid } from "./grid.js";
import { bare, sign } from "./layout.js";
import { windowed } from "./windows.js";

/** The grid; undefined if one of the two is no vector of numbers, such as a function of several arrays. */
export function outerGrid(ui, product, tree, rows, columns, result) {
  const vectors = tree.args.map((node) => vector(ui, bare(node)));
  if (vectors.some((each) => !each)) return undefined;
  const along = makeAxis([0], 1, 1);
  along.mark = (product.marks++ % 3) + 1;
  const [left, top] = [[rows, along], [along, columns]].map((axes, i) => {
    const grid = windowed(makeGrid(ui, vectors[i].matrix, vectors[i].flip, ...axes));
    grid.el.classList.add(["mlp-on-left", "mlp-on-top"][i]);
    product.grids.push({ grid, node: vectors[i].node, cell: (r, c) => (i ? [0, c] : [r, 0]) });
    return grid;
  });
  const made = result();
  const widest = Math.max(...[top, made].map((grid) => width(ui, grid.matrix)));
  for (const grid of [top, made]) grid.body.style.setProperty("--mlp-width", widest);
  made.label.prepend(sign("= "));
  return make("div", { class: "mlp-outer" }, left.el, sign("·"), top.el, made.el);
}

/** The matrix that an operand is, itself or as the values of a function, and whether it is shown flipped. */
function vector(ui, node) {
  if (node.op === "symbol") return { node, matrix: ui.book[node.key], flip: flipped(ui.book, node) };
  const matrix = valuesOf(ui, node);
  return matrix && { node: { key: matrix.key }, matrix, flip: false };
}
