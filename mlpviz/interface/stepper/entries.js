// Formulas in single entries, as derivations have them: [Σ_k δ_k W_kj]_ij with 1_ij and ∂u_i/∂v_j, and the transpose of a
// whole expression. A body is placed first: its indices get numbers, a sum over an index becomes its terms.

const SPREAD = {
  entry: (node, at) => ({ ...node, r: at[node.row] ?? 0, c: at[node.column] ?? 0 }),
  indicator: (node, at) => ({ ...node, on: at[node.left] === at[node.right] }),
  sumover: (node, at) => ({ ...node, op: "terms", args: range(node.count).map((k) => placed(node.args[0], { ...at, [node.index]: k })) }),
  partial: (node, at) => ({ ...node, ...all(node, at), of: numbered(node.of, at), by: numbered(node.by, at) }),
};

const placed = (node, at) => SPREAD[node.op]?.(node, at) ?? { ...node, ...all(node, at) };
const all = (node, at) => ({ args: node.args?.map((arg) => placed(arg, at)), definition: node.definition && placed(node.definition, at) });
const numbered = (name, at) => ({ ...name, at: name.at.map((index) => at[index]) });

Object.assign(EXPAND, {
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
});

/** A name in parts, one symbol or ∂ over ∂, each with its indices: a side of the matrix, or a number of its own. */
function inParts(parts, numbers) {
  const spelled = parts.map(({ runs, at }) => {
    const index = at.map((side) => (typeof side === "number" ? numbers[side] : side));
    return symbol(runs, index.join(index.some((one) => one > 9) ? "," : ""));
  });
  return spelled.length === 1 ? spelled[0] : make("span", { class: "mlp-fraction" }, spelled.map((one) => make("span", {}, "∂", one)));
}

/** ∂u_i/∂v_j in symbols, or its number. */
SPELL.slope = (ui, term, style, first) => {
  if (!style.numbers) return [inParts([term.of, term.by].map(({ label, at }) => ({ runs: label, at: at.map((k) => String(k + ui.first)) })))];
  return term.terms ? spell(ui, term.terms[0], style, 0, first) : signed(format(term.value, ui.data.digits), term.value, first);
};

SIGNS.times = "·";
BINDING.times = 3;

const below = (text, index) => make("span", { class: "mlp-sign" }, text, make("sub", {}, index));

/** The whole matrix that an entry is taken from. */
function wholeMatrix(ui, product, node) {
  const axis = (side) => makeAxis(indices(ui.book, { ...node, op: "symbol", transposed: false, known: [] }, side), side ? product.most : ROWS, node.shape[side]);
  const grid = windowed(makeGrid(ui, ui.book[node.key], ui.book[node.key].transposed, axis(0), axis(1)));
  product.grids.push({ grid, node });
  return [grid.el];
}

Object.assign(LAYOUT, {
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
});
