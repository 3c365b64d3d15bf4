// Where a number comes from: the expansion of any entry of an expression tree into a term of scalars, {kind, value, …},
// with kind entry, number, add, subtract, negate, times, square, quotient, call, slope or rest.

import { decode, range, valueAt } from "./matrix.js";

/** Whether a leaf shows the matrix the other way round than it is stored. */
export const flipped = (book, node) => book[node.key].transposed !== node.transposed;

/** The true indices that travelled along one axis of a node. */
export function indices(book, node, axis) {
  node.known ??= [];
  return (node.known[axis] ??= findIndices(book, node, axis));
}

function findIndices(book, node, axis) {
  if (node.op === "symbol") return (axis === 0) !== flipped(book, node) ? book[node.key].rows : book[node.key].columns;
  if (!node.args || node.shape[axis] === 1) return [0];
  if (node.op === "assemble") return range(node.shape[axis]);
  if (node.op === "transpose") return indices(book, node.args[0], 1 - axis);
  if (node.op === "matmul") return indices(book, node.args[axis], axis);
  return indices(book, node.args.find((arg) => arg.shape[axis] === node.shape[axis]), axis);
}

const EXPAND = {
  symbol(book, node, r, c) {
    const matrix = book[node.key];
    const [row, column] = flipped(book, node) ? [c, r] : [r, c];
    return { kind: "entry", node, matrix, row, column, value: valueAt(matrix, row, column) };
  },
  number: (book, node) => ({ kind: "number", value: node.value }),
  scalar: (book, node) => ({ kind: "number", value: node.value, label: node.label }),
  add: (book, node, r, c) => total(both(book, node, r, c)),
  subtract: (book, node, r, c) => pair("subtract", both(book, node, r, c), (a, b) => a - b),
  multiply(book, node, r, c) {
    if (square(node)) return pair("square", both(book, { args: written(node) }, r, c), (a) => a * a);
    return times(both(book, node, r, c));
  },
  divide: (book, node, r, c) => pair("quotient", both(book, node, r, c), (a, b) => a / b),
  negate: (book, node, r, c) => pair("negate", both(book, node, r, c), (a) => -a),
  matmul(book, node, r, c) {
    const [left, right] = node.args;
    const products = indices(book, left, 1).map((k) => times([expand(book, left, r, k), expand(book, right, k, c)]));
    return total(products, rest(book, node, left.shape[1] - products.length, r, c));
  },
  sum(book, node, r, c) {
    const [arg] = node.args;
    const along = indices(book, arg, node.axis);
    const terms = along.map((k) => (node.axis === 0 ? expand(book, arg, k, c) : expand(book, arg, r, k)));
    return total(terms, rest(book, node, arg.shape[node.axis] - terms.length, r, c));
  },
  apply(book, node, r, c) {
    if (node.transparent || mixes(node)) return expand(book, node.definition, r, c);
    const terms = both(book, { args: written(node) }, r, c);
    const inside = node.definition && expand(book, node.definition, r, c);
    const value = inside ? inside.value : PRIMITIVES[node.name](...terms.map((term) => term.value));
    return { kind: "call", name: node.name, label: node.label, form: node.form, terms, inside, value };
  },
  assemble: (book, node, r, c) => expand(book, placed(node.args[0], { [node.row]: r, [node.column]: c }), 0, 0),
  entry: (book, node) => EXPAND.symbol(book, { ...node, transposed: false }, node.r, node.c),
  indicator: (book, node) => ({ kind: "number", value: node.on ? 1 : 0 }),
  terms: (book, node) => total(node.args.map((arg) => expand(book, arg, 0, 0))),
  times: (book, node) => times(node.args.map((arg) => expand(book, arg, 0, 0))),
  partial(book, node) {
    const inside = expand(book, node.args[0], 0, 0);
    const meaning = inside.kind === "entry" ? { terms: [inside] } : { inside };
    return { kind: "slope", of: node.of, by: node.by, ...meaning, value: inside.value };
  },
  transpose: (book, node, r, c) => expand(book, node.args[0], c, r),
};

// A formula in single entries, as derivations have them, [Σ_k δ_k W_kj]_ij with 1_ij and ∂u_i/∂v_j, is placed first:
// its indices get numbers, and a sum over an index becomes its terms.
const SPREAD = {
  entry: (node, at) => ({ ...node, r: numberOf(node.row, at), c: numberOf(node.column, at) }),
  indicator: (node, at) => ({ ...node, on: at[node.left] === at[node.right] }),
  sumover: (node, at) => ({ ...node, op: "terms", args: range(node.count).map((k) => placed(node.args[0], { ...at, [node.index]: k })) }),
  partial: (node, at) => ({ ...node, ...all(node, at), of: numbered(node.of, at), by: numbered(node.by, at) }),
};

/** The number of an index: of a name its own, of a place in a long vector of rows that of its row and column there. */
const numberOf = (index, at) =>
  index && typeof index === "object" ? numberOf(index.row, at) * index.length + numberOf(index.column, at) : at[index] ?? 0;

const placed = (node, at) => SPREAD[node.op]?.(node, at) ?? { ...node, ...all(node, at) };
const all = (node, at) => ({ args: node.args?.map((arg) => placed(arg, at)), definition: node.definition && placed(node.definition, at) });
const numbered = (name, at) => ({ ...name, at: name.at.map((index) => at[index]) });

/** One entry of a tree as a term whose value is the entry; r and c are true indices as shown. */
export const expand = (book, node, r, c) => EXPAND[node.op](book, node, r, c);

/** The operands at the same place; an axis of size 1 is repeated. */
const both = (book, node, r, c) =>
  node.args.map((arg) => expand(book, arg, arg.shape[0] === 1 ? 0 : r, arg.shape[1] === 1 ? 0 : c));

const pair = (kind, terms, operation) => ({ kind, terms, value: operation(...terms.map((term) => term.value)) });

/** What the samples that did not travel add, as a term of its own. */
function rest(book, node, count, r, c) {
  if (!node.rest || !count) return [];
  node.left ??= decode(node.rest);
  const position = (axis, index) => indices(book, node, axis).indexOf(index);
  const value = node.left[position(0, r) * indices(book, node, 1).length + position(1, c)];
  return [{ kind: "rest", count, value }];
}

/** A sum with nested sums opened. */
function total(terms, more = []) {
  const flat = [...terms.flatMap((term) => (term.kind === "add" ? term.terms : [term])), ...more];
  return flat.length === 1 ? flat[0] : { kind: "add", terms: flat, value: flat.reduce((sum, term) => sum + term.value, 0) };
}

/** A product with nested products opened. */
function times(terms) {
  const flat = terms.flatMap((term) => (term.kind === "times" ? term.terms : [term]));
  return { kind: "times", terms: flat, value: flat.reduce((product, term) => product * term.value, 1) };
}

/** All entries of matrices that a term reads; a function is read through its definition as well. */
export function entries(term) {
  if (term.kind === "entry") return [term];
  return [...(term.terms ?? []), ...(term.inside ? [term.inside] : [])].flatMap(entries);
}

/** The sum that runs in a term, product by product: its first sum of several terms. */
export function running(term) {
  if (term.kind === "add") return term;
  for (const inner of term.terms ?? []) {
    const sum = running(inner);
    if (sum) return sum;
  }
  return null;
}

/** The term with every function replaced by its definition. */
export function defined(term) {
  if (term.inside) return defined(term.inside);
  return term.terms ? { ...term, terms: term.terms.map(defined) } : term;
}

/** Whether a term has a function that is defined by simpler ones. */
export const calls = (term) => Boolean(term.inside) || (term.terms ?? []).some(calls);

export const size = (term) => 1 + (term.terms ?? []).reduce((sum, inner) => sum + size(inner), 0);

export const PRIMITIVES = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  abs: Math.abs,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  maximum: Math.max,
  minimum: Math.min,
  weighted: (y, v) => (y === 0 ? 0 : y * v),
  greater: (x, y) => (x > y ? 1 : 0),
  normal_cdf: (x) => (x > 0 ? 1 - tail(x) : tail(-x)),
};

/** 1 − Φ(x) for x ≥ 0: a power series near 0, a continued fraction further out (Abramowitz and Stegun 26.2.11, 26.2.14). */
function tail(x) {
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > 1.5) return range(300).reduceRight((below, k) => x + (k + 1) / below, x) ** -1 * density;
  let [sum, term] = [x, x];
  for (let k = 3; Math.abs(term) > 1e-18; k += 2) sum += term *= (x * x) / k;
  return 0.5 - density * sum;
}

/** The leaves of a tree as it is laid out: a transparent function is laid out as its definition. */
export function leaves(node) {
  if (node.op === "symbol" || node.op === "entry") return [node];
  return node.transparent ? leaves(node.definition) : written(node).flatMap(leaves);
}

/** The operands of a node that are written: of a named function the first, of a square its base. */
export const written = (node) => (node.definition || square(node) ? node.args.slice(0, 1) : (node.args ?? []));

/** Whether a node multiplies something by itself. */
export const square = (node) => (node.squares ??= node.op === "multiply" && plainTree(node.args[0]) === plainTree(node.args[1]));

/** Whether a function mixes the entries of a sample, as softmax does: it has no value at a single entry. */
const mixes = (node) => (node.mixes ??= Boolean(node.definition) && adds(node.definition));
const adds = (node) => node.op === "sum" || (node.args ?? []).some(adds);

/** A tree as text, without what was noted on its nodes. */
const plainTree = (node) => JSON.stringify(node, (key, value) => (["known", "left", "squares", "mixes"].includes(key) ? undefined : value));
