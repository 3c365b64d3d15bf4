// Where a number comes from. Matrices as they travelled, and the expansion of any entry of an expression tree into
// a term of scalars: {kind, value, …} with kind entry, number, sum, product, square, difference, quotient, negate, call or rest.

const range = (n) => Array.from({ length: n }, (_, i) => i);

const decode = (text) => new Float64Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);

/** A matrix of the payload: canonical storage, with the true rows and columns that travelled. */
function readMatrix(key, raw) {
  const rows = raw.rows ?? range(raw.shape[0]);
  const columns = raw.columns ?? range(raw.shape[1]);
  const positions = (list) => new Map(list.map((index, position) => [index, position]));
  return { ...raw, key, data: decode(raw.values), rows, columns, rowAt: positions(rows), columnAt: positions(columns) };
}

/** The entry at a true row and column of canonical storage; undefined if it did not travel. */
const valueAt = (matrix, row, column) =>
  matrix.data[matrix.rowAt.get(row) * matrix.columns.length + matrix.columnAt.get(column)];

/** Whether a leaf shows the matrix the other way round than it is stored. */
const flipped = (book, node) => book[node.key].transposed !== node.transposed;

/** The true indices that travelled along one axis of a node. */
function indices(book, node, axis) {
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
  subtract: (book, node, r, c) => pair("difference", both(book, node, r, c), (a, b) => a - b),
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
    return { kind: "call", name: node.name, label: node.label, terms, inside, value };
  },
};

/** One entry of a tree as a term whose value is the entry; r and c are true indices as shown. */
const expand = (book, node, r, c) => EXPAND[node.op](book, node, r, c);

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
  const flat = [...terms.flatMap((term) => (term.kind === "sum" ? term.terms : [term])), ...more];
  return flat.length === 1 ? flat[0] : { kind: "sum", terms: flat, value: flat.reduce((sum, term) => sum + term.value, 0) };
}

/** A product with nested products opened. */
function times(terms) {
  const flat = terms.flatMap((term) => (term.kind === "product" ? term.terms : [term]));
  return { kind: "product", terms: flat, value: flat.reduce((product, term) => product * term.value, 1) };
}

/** All entries of matrices that a term reads; a function is read through its definition as well. */
function entries(term) {
  if (term.kind === "entry") return [term];
  return [...(term.terms ?? []), ...(term.inside ? [term.inside] : [])].flatMap(entries);
}

/** The sum that runs in a term, product by product: its first sum of several terms. */
function running(term) {
  if (term.kind === "sum") return term;
  for (const inner of term.terms ?? []) {
    const found = running(inner);
    if (found) return found;
  }
  return null;
}

/** The term with every function replaced by its definition. */
function defined(term) {
  if (term.inside) return defined(term.inside);
  return term.terms ? { ...term, terms: term.terms.map(defined) } : term;
}

/** Whether a term has a function that is defined by simpler ones. */
const calls = (term) => Boolean(term.inside) || (term.terms ?? []).some(calls);

const size = (term) => 1 + (term.terms ?? []).reduce((sum, inner) => sum + size(inner), 0);

const PRIMITIVES = {
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

/** The factors of a δ that read only A and Z of its own layer, the gain f′(z) of its neurons; none where neurons mix. */
function gain(book, node, layer) {
  if (node.op === "divide") return gain(book, node.args[0], layer);
  const own = (leaf) => book[leaf.key].role === "value" && book[leaf.key].layer === layer;
  if (node.op === "sum" && leaves(node).some(own)) return null;
  if (node.op === "assemble") return leaves(node).every(own) ? [node] : [];
  if (node.op === "multiply") {
    const parts = node.args.map((arg) => gain(book, arg, layer));
    return parts.includes(null) ? null : parts.flat();
  }
  const mixed = (node.args ?? []).map((arg) => gain(book, arg, layer)).includes(null);
  const read = leaves(node);
  return mixed ? null : read.length && read.every(own) ? [node] : [];
}

/** The leaves of a tree as it is laid out: a transparent function is laid out as its definition. */
function leaves(node) {
  if (node.op === "symbol" || node.op === "entry") return [node];
  return node.transparent ? leaves(node.definition) : written(node).flatMap(leaves);
}

/** The operands of a node that are written: of a named function the first, of a square its base. */
const written = (node) => (node.definition || square(node) ? node.args.slice(0, 1) : (node.args ?? []));

/** Whether a node multiplies something by itself. */
const square = (node) => (node.squares ??= node.op === "multiply" && plainTree(node.args[0]) === plainTree(node.args[1]));

/** Whether a function mixes the entries of a sample, as softmax does: it has no value at a single entry. */
const mixes = (node) => (node.mixes ??= Boolean(node.definition) && adds(node.definition));
const adds = (node) => node.op === "sum" || (node.args ?? []).some(adds);

/** A tree as text, without what is kept on its nodes. */
const plainTree = (node) => JSON.stringify(node, (key, value) => (["known", "left", "squares", "mixes"].includes(key) ? undefined : value));
