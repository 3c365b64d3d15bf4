// An expression laid out: its matrices as grids with the signs between them, in brackets where they are needed.

import { needsBrackets } from "./brackets.js";
import { matrixName } from "./cells.js";
import { askable, make } from "./dom.js";
import { flipped, indices, leaves, square, written } from "./expand.js";
import { makeAxis, makeGrid } from "./grid.js";
import { say } from "./messages.js";
import { MINUS, plain } from "./number.js";
import { windowed } from "./windows.js";

const ASKED = { entrywise: "entrywise", matmul: "product" }; // the signs in the legend of letters
const SIGNS = { add: "+", subtract: MINUS, multiply: "⊙", divide: "/", matmul: "·" };

export const sign = (text, of) => (of ? askable("span", { class: "mlp-sign" }, of, text) : make("span", { class: "mlp-sign" }, text));

/** The sign of an operation or of equality, before which a line may end. */
export const between = (text, of) => {
  const el = sign(text, of);
  el.classList.add("mlp-between");
  return el;
};

const enclosed = (inside) => make("span", { class: "mlp-enclosed" }, make("span", { class: "mlp-paren" }, "("), inside, make("span", { class: "mlp-paren" }, ")"));

/** A name that is read in words, and not sign by sign. */
const nameAloud = (ui, matrix, turned) => make("span", { role: "img", "aria-label": turned ? say(ui, "turned", { name: matrix.name }) : matrix.name }, matrixName(matrix, turned));

const LAYOUT = {
  symbol(ui, product, node, rows, columns) {
    if (product.named) return [nameAloud(ui, ui.book[node.key], node.transposed)];
    const grid = windowed(makeGrid(ui, ui.book[node.key], flipped(ui.book, node), rows, columns));
    product.grids.push({ grid, node });
    return [grid.el];
  },
  number: (ui, product, node) => [make("span", { class: "mlp-scalar" }, plain(node.value))],
  scalar: (ui, product, node) => [askable("span", { class: "mlp-scalar", title: `${node.label} = ${plain(node.value)}` }, node.key, node.label)],
  matmul(ui, product, node, rows, columns) {
    const inner = makeAxis(indices(ui.book, node.args[0], 1), Math.min(...product.most), node.args[0].shape[1]);
    inner.mark = (product.marks++ % 3) + 1;
    return infix(ui, product, node, [[rows, inner], [inner, columns]]);
  },
  multiply(ui, product, node, rows, columns) {
    if (!square(node)) return infix(ui, product, node, rows, columns);
    const power = make("sup", {}, node.shape[0] * node.shape[1] === 1 ? "2" : "⊙2");
    return [operand(ui, product, { op: "square", args: [] }, node.args[0], rows, columns), power];
  },
  /** Numbers over numbers stand in front of a product as a fraction. */
  divide(ui, product, node, rows, columns) {
    if (leaves(node).length) return infix(ui, product, node, rows, columns);
    return [make("span", { class: "mlp-fraction" }, node.args.map((arg) => make("span", {}, layOut(ui, product, arg, rows, columns))))];
  },
  negate: (ui, product, node, rows, columns) => [sign(MINUS), operand(ui, product, node, node.args[0], rows, columns)],
  sum(ui, product, node, rows, columns) {
    const [arg] = node.args;
    const along = makeAxis(indices(ui.book, arg, node.axis), product.most[node.axis], arg.shape[node.axis]);
    const inside = layOut(ui, product, arg, ...(node.axis ? [rows, along] : [along, columns]));
    const alone = bare(arg).op === "symbol" || square(bare(arg));
    return [sign(say(ui, node.axis ? "add_columns" : "add_rows"), "sum"), alone ? inside : enclosed(inside)].flat();
  },
  apply(ui, product, node, rows, columns) {
    if (node.name === "weighted") return infix(ui, product, { ...node, op: "multiply" }, rows, columns);
    const inside = written(node).map((arg) => layOut(ui, product, arg, ...fitting(arg, rows, columns)));
    return [sign(node.label, node.name), enclosed(inside.flatMap((one, i) => (i ? [sign(","), one] : one)))];
  },
  transpose: (ui, product, node, rows, columns) => [enclosed(layOut(ui, product, node.args[0], columns, rows)), askable("sup", { class: "mlp-turned" }, "transpose", "⊤")],
};

/** The elements of a node whose rows and columns run along the given axes. */
export function layOut(ui, product, shown, rows, columns) {
  const node = bare(shown);
  return (LAYOUT[node.op] ?? infix)(ui, product, node, rows, columns);
}

/** Two operands with their sign between; entry by entry unless the axes of each are given. */
function infix(ui, product, node, rows, columns) {
  const axes = Array.isArray(rows) ? rows : node.args.map((arg) => fitting(arg, rows, columns));
  const [left, right] = node.args.map((arg, i) => terms(node, arg, operand(ui, product, node, arg, ...axes[i])));
  const single = node.args.some((arg) => arg.shape[0] * arg.shape[1] === 1);
  const text = node.op === "multiply" && single ? "·" : SIGNS[node.op];
  const operation = between(text, ASKED[text === "⊙" ? "entrywise" : node.op]);
  return [left, product.room.stacked ? make("span", { class: "mlp-term" }, operation, right) : [operation, right]].flat();
}

/** An operand of a sum, which stays together where the sum stands in several lines. */
const terms = (node, arg, inside) => (node.op === "add" && arg.op !== "add" ? make("span", { class: "mlp-term" }, inside) : inside);

/** The axes of an operand: one that has a single row (or column) is repeated along the other's. */
const fitting = (arg, rows, columns) => [arg.shape[0] === 1 ? one(rows) : rows, arg.shape[1] === 1 ? one(columns) : columns];
const one = (axis) => (axis.total === 1 ? axis : makeAxis([0], 1, 1));

/** An operand, in brackets where it needs them. */
function operand(ui, product, parent, shown, rows, columns) {
  const node = bare(shown);
  const inside = layOut(ui, product, node, rows, columns);
  return needsBrackets(parent.op, node.op, shown === parent.args[1]) ? enclosed(inside) : inside;
}

/** What is laid out for a node: of a sum with a single term the term, of a function shown as its definition that. */
export function bare(node) {
  if (node.transparent) return bare(node.definition);
  return node.op === "sum" && node.args[0].shape[node.axis] === 1 ? bare(node.args[0]) : node;
}
