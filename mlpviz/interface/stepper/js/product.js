// The product: the tree of a step written out with its matrices as grids, operands → result.

import { needsBrackets } from "./brackets.js";
import { make } from "./dom.js";
import { entries, flipped, indices, leaves, square, written } from "./expand.js";
import { cellOf, fill, light, makeAxis, makeGrid, span } from "./grid.js";
import { say } from "./messages.js";
import { MINUS, plain } from "./number.js";

const ROWS = 7;
const SIGNS = { add: "+", subtract: MINUS, multiply: "⊙", divide: "/", matmul: "·", times: "·" };

/** The product of one step: its element, its grids (each with the leaf it shows, the result without) and the result's axes. */
function makeProduct(ui, step) {
  const target = ui.book[step.target];
  const most = roomFor(ui, step);
  const axis = (side) => makeAxis(indices(ui.book, step.tree, side), side ? most : ROWS, step.tree.shape[side]);
  const product = { grids: [], marks: 0, most, rows: axis(0), columns: axis(1) };
  const operands = layOut(ui, product, step.tree, product.rows, product.columns);
  const result = windowed(makeGrid(ui, target, target.transposed, product.rows, product.columns));
  result.el.classList.add("mlp-result");
  product.grids.push({ grid: result, node: null });
  product.el = make("div", { class: "mlp-expression" }, operands, make("div", { class: "mlp-enclosed" }, sign("="), result.el));
  product.leaves = new Set(product.grids.map((one) => one.node));
  return product;
}

/** The grid with a line that says which part of the matrix it shows, if not all. */
function windowed(grid) {
  const { ui, rows, columns } = grid;
  if (rows.size === rows.list.length && columns.size === columns.list.length) return grid;
  const where = make("div", { class: "mlp-where" });
  grid.el.append(where);
  grid.onfill = () => (where.textContent = say(ui, "window", { rows: span(ui, rows), columns: span(ui, columns) }));
  return grid;
}

/** How many columns each grid of a step may show at once, so that they fit side by side if they can. */
function roomFor(ui, step) {
  const room = ui.parts.product.clientWidth / parseFloat(getComputedStyle(ui.parts.product).fontSize);
  const cell = (ui.data.digits + 3) * 0.5 + 0.8;
  const wide = [...leaves(step.tree), step.tree].map((node) => node.shape[1]);
  const taken = (most) => wide.reduce((sum, columns) => sum + Math.min(most, columns) * cell + 2.2, 0);
  return [8, 7, 6, 5, 4].find((most) => taken(most) < room * 1.38) ?? 3;
}

const SMALLEST = 0.6;
const READABLE = 0.85;

/** Writes a product that is a little too large smaller; one that would become too small to read scrolls sideways. */
function fit(ui, product) {
  const { clientWidth, clientHeight } = ui.parts.product;
  const room = getComputedStyle(ui.parts.product);
  const [width, height] = [clientWidth - 2 * parseFloat(room.paddingLeft), clientHeight - 2 * parseFloat(room.paddingBottom)];
  for (let scale = 1, tries = 2; tries; tries -= 1) {
    const [across, down] = [width / product.el.offsetWidth, height / product.el.scrollHeight];
    if (Math.min(across, down) >= 1) return;
    const wanted = scale * Math.min(across, down) * 0.99;
    scale = wanted >= SMALLEST ? wanted : Math.max(SMALLEST, Math.min(READABLE, scale * down * 0.99));
    product.el.style.fontSize = `${scale}em`;
  }
}

const sign = (text) => make("span", { class: "mlp-sign" }, text);

const below = (text, index) => make("span", { class: "mlp-sign" }, text, make("sub", {}, index));

const LAYOUT = {
  symbol(ui, product, node, rows, columns) {
    const grid = windowed(makeGrid(ui, ui.book[node.key], flipped(ui.book, node), rows, columns));
    product.grids.push({ grid, node });
    return [grid.el];
  },
  number: (ui, product, node) => [make("span", { class: "mlp-scalar" }, plain(node.value))],
  scalar: (ui, product, node) => [make("span", { class: "mlp-scalar", title: `${node.label} = ${node.value}` }, node.label)],
  matmul(ui, product, node, rows, columns) {
    const inner = makeAxis(indices(ui.book, node.args[0], 1), product.most, node.args[0].shape[1]);
    inner.mark = (product.marks++ % 3) + 1;
    return infix(ui, product, node, [[rows, inner], [inner, columns]]);
  },
  multiply(ui, product, node, rows, columns) {
    if (!square(node)) return infix(ui, product, node, rows, columns);
    const power = make("sup", {}, node.shape[0] * node.shape[1] === 1 ? "2" : "⊙2");
    return [operand(ui, product, { op: "square", args: [] }, node.args[0], rows, columns), power];
  },
  negate: (ui, product, node, rows, columns) => [sign(MINUS), operand(ui, product, node, node.args[0], rows, columns)],
  sum(ui, product, node, rows, columns) {
    const [arg] = node.args;
    const along = makeAxis(indices(ui.book, arg, node.axis), node.axis ? product.most : ROWS, arg.shape[node.axis]);
    const inside = layOut(ui, product, arg, ...(node.axis ? [rows, along] : [along, columns]));
    return [sign(say(ui, node.axis ? "add_columns" : "add_rows")), enclosed(inside)];
  },
  apply(ui, product, node, rows, columns) {
    if (node.name === "weighted") return infix(ui, product, { ...node, op: "multiply" }, rows, columns);
    const inside = written(node).map((arg) => layOut(ui, product, arg, ...fitting(arg, rows, columns)));
    return [sign(node.label), enclosed(inside.flatMap((one, i) => (i ? [sign(","), one] : one)))];
  },
  assemble(ui, product, node, rows, columns) {
    const frame = [node.row, node.column].filter(Boolean).join("");
    return [make("span", { class: "mlp-enclosed" }, make("span", { class: "mlp-paren" }, "["), layOut(ui, product, node.args[0], rows, columns), make("span", { class: "mlp-paren" }, "]"), below("", frame))];
  },
  entry: (ui, product, node) => wholeMatrix(ui, product, node),
  sumover: (ui, product, node, rows, columns) => [below("Σ", node.index), layOut(ui, product, node.args[0], rows, columns)],
  indicator: (ui, product, node) => [below("1", node.left + node.right)],
  partial: (ui, product, node, rows, columns) => operand(ui, product, { op: "times", args: [] }, node.args[0], rows, columns),
  times: (ui, product, node, rows, columns) => node.args.flatMap((arg, i) => [...(i ? [sign("·")] : []), operand(ui, product, node, arg, rows, columns)]),
  transpose: (ui, product, node, rows, columns) => [enclosed(layOut(ui, product, node.args[0], columns, rows)), make("sup", {}, "⊤")],
};

/** The whole matrix that an entry is taken from. */
function wholeMatrix(ui, product, node) {
  const axis = (side) => makeAxis(indices(ui.book, { ...node, op: "symbol", transposed: false, known: [] }, side), side ? product.most : ROWS, node.shape[side]);
  const grid = windowed(makeGrid(ui, ui.book[node.key], ui.book[node.key].transposed, axis(0), axis(1)));
  product.grids.push({ grid, node });
  return [grid.el];
}

/** The elements of a node whose rows and columns run along the given axes. */
function layOut(ui, product, shown, rows, columns) {
  const node = bare(shown);
  return (LAYOUT[node.op] ?? infix)(ui, product, node, rows, columns);
}

const enclosed = (inside) => make("span", { class: "mlp-enclosed" }, make("span", { class: "mlp-paren" }, "("), inside, make("span", { class: "mlp-paren" }, ")"));

/** Two operands with their sign between; entry by entry unless the axes of each are given. */
function infix(ui, product, node, rows, columns) {
  const axes = Array.isArray(rows) ? rows : node.args.map((arg) => fitting(arg, rows, columns));
  const [left, right] = node.args.map((arg, i) => operand(ui, product, node, arg, ...axes[i]));
  const single = node.args.some((arg) => arg.shape[0] * arg.shape[1] === 1);
  return [left, sign(node.op === "multiply" && single ? "·" : SIGNS[node.op]), right];
}

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
function bare(node) {
  if (node.transparent) return bare(node.definition);
  return node.op === "sum" && node.args[0].shape[node.axis] === 1 ? bare(node.args[0]) : node;
}

/** Shows the product of the step in view, its numbers up to date, its window on the number asked about. */
export function showProduct(ui, view) {
  const product = (ui.products[view.index] ??= makeProduct(ui, view));
  if (ui.parts.product.firstChild !== product.el) ui.parts.product.replaceChildren(product.el);
  const { subject, term, now } = ui.asked;
  if (subject && subject.matrix.key === view.target) cellOf(product.grids.at(-1).grid, subject.row, subject.column, true);
  const own = (entry, node) => entry.node === node || (entry.matrix.key === node?.key && !product.leaves.has(entry.node));
  const at = (list, node) => new Set(list.filter((entry) => own(entry, node)).map((entry) => `${entry.row},${entry.column}`));
  const read = ui.asked.pinned && term ? entries(term) : [];
  for (const { grid, node } of product.grids) {
    const here = now.find((entry) => entry.node === node);
    if (here) cellOf(grid, here.row, here.column, true);
    fill(grid);
    light(grid, { subject: ui.asked.name, source: at(read, node), now: at(now, node), fading: true });
  }
  if (!product.fitted) fit(ui, product);
  product.fitted = true;
  ui.parts.samples.textContent = travelling(ui, view);
}

/** "8 of 32 samples are shown; sums include the other 24": said when samples stay behind. */
function travelling(ui, view) {
  const { batch, samples_shown: shown } = ui.data.architecture;
  const windowed = [view.target, ...view.reads].map((key) => ui.book[key]).some((m) => m.rows.length < m.shape[0]);
  if (!windowed || !shown || shown.length >= batch) return "";
  return say(ui, "samples", { shown: shown.length, count: batch, other: batch - shown.length });
}
