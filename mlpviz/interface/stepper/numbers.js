// Numbers and names as they are shown: digits, colours, sub- and superscripts, and the element that carries a number.

const MINUS = "\u2212";
const SUPERSCRIPT = { "-": "\u207b", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const SVG = "http://www.w3.org/2000/svg";

/** An element with properties, attributes and children; strings become text nodes, never markup. */
function make(tag, attributes = {}, ...children) {
  const el = tag.startsWith("svg:") ? document.createElementNS(SVG, tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) el.setAttribute(name, value);
  el.append(...children.flat(Infinity));
  return el;
}

/** A number with fixed digits and a real minus sign; very small and very large ones in powers of ten. */
function format(value, digits) {
  if (Number.isNaN(value)) return "NaN";
  const sign = value < 0 ? MINUS : "";
  const size = Math.abs(value);
  if (size === Infinity) return sign + "∞";
  if (size !== 0 && (size < 0.5 * 10 ** -digits || size >= 1e5)) return sign + scientific(size, 0);
  return sign + size.toFixed(digits);
}

function scientific(size, digits) {
  const [mantissa, power] = size.toExponential(digits).split("e");
  return `${mantissa}·10${[...power.replace("+", "")].map((c) => SUPERSCRIPT[c]).join("")}`;
}

/** The colour of a number on the diverging scale from −limit (orange) over 0 (light grey) to +limit (blue). */
function shade(value, limit) {
  const part = 2 * Math.round(Math.max(-1, Math.min(1, value / (limit || 1))) * 50);
  const end = part < 0 ? "--mlp-negative" : "--mlp-positive";
  return `color-mix(in srgb, var(${end}) ${Math.abs(part)}%, var(--mlp-zero))`;
}

/** A symbol with its superscripts above its subscripts: runs are [text, "" | "sup" | "sub"]. */
function symbol(runs, subscript = "", transposed = false) {
  const join = (kind) => runs.filter((run) => run[1] === kind).map((run) => run[0]).join("");
  const up = join("sup") + (transposed ? "⊤" : "");
  const down = join("sub") + (join("sub") && subscript ? "," : "") + subscript;
  const scripts = up || down ? [make("span", { class: "mlp-scripts" }, make("span", {}, up), make("span", {}, down))] : [];
  return make("span", { class: "mlp-symbol" }, join(""), scripts);
}

/** Row and column of an entry as the notation shows and counts them. */
function place(ui, matrix, row, column) {
  const [r, c] = matrix.transposed ? [column, row] : [row, column];
  return [r + ui.first, c + ui.first];
}

/** Whether a matrix has an entry for every edge of the network, as the weights have. */
const onEdges = (matrix) => matrix.per === "edge";

/** Whether a matrix belongs to no layer: a number a sample, or one for the whole batch. */
const ofNetwork = (matrix) => matrix.per === "sample" || matrix.per === "network";

/** The subscript of an entry; what is one row or column by its nature, such as b or a single sample, has one index. */
function subscript(ui, matrix, row, column) {
  const single = (dimension) => dimension === "1" || (dimension === "m" && ui.data.architecture.batch === 1);
  const kept = place(ui, matrix, row, column).filter((_, side) => !single(matrix.dims[side]));
  if (matrix.swapped) kept.reverse();
  return kept.join(Math.max(...matrix.shape) + ui.first > 10 ? "," : "");
}

const entrySymbol = (ui, matrix, row, column) =>
  matrix.parts?.length ? inParts(matrix.parts, place(ui, matrix, row, column)) : symbol(matrix.entry, subscript(ui, matrix, row, column));

/** The name of an entry for a screen reader: "∂J/∂W layer 2, row 1, column 2". */
function spoken(ui, matrix, row, column) {
  const [r, c] = place(ui, matrix, row, column);
  return matrix.data.length === 1 ? matrix.name : `${matrix.name}, ${say(ui, "cell", { row: r, column: c })}`;
}

/** Why a number is not finite, or the note on it; undefined if there is nothing to say. */
function reason(ui, matrix, row, column, value) {
  if (Number.isFinite(value)) return noteOn(ui, matrix, row, column);
  const cause = matrix.step < 0 ? undefined : sources(ui, { matrix, row, column }).find((entry) => !Number.isFinite(entry.value));
  if (!cause) return say(ui, matrix.step < 0 ? "not_finite" : "overflow");
  return say(ui, "inherited", { source: spoken(ui, cause.matrix, cause.row, cause.column), value: format(cause.value, ui.data.digits) });
}

/** Writes one number into its element: text, colour, names and data attributes; blank while it is not computed. */
function write(ui, el, matrix, row, column) {
  const value = known(ui, matrix, row, column) ? valueAt(matrix, row, column) : undefined;
  const was = el.mlp;
  if (was && was.matrix === matrix && was.row === row && was.column === column && Object.is(was.value, value)) return;
  el.mlp = { matrix, row, column, value };
  Object.assign(el.dataset, { symbol: matrix.symbol, layer: matrix.layer, row, column });
  const text = value === undefined ? "" : format(value, ui.data.digits);
  (el.mlpText ?? el).textContent = text;
  if (el.mlpText) el.mlpText.style.fontSize = text.length > 7 ? `${7 / text.length}em` : "";
  else el.classList.toggle("mlp-long", text.length > width(ui, matrix));
  if (value === undefined) delete el.dataset.value;
  else el.dataset.value = String(value);
  el.setAttribute("aria-label", `${spoken(ui, matrix, row, column)}: ${text || say(ui, "blank")}`);
  el.classList.toggle("mlp-marked", value !== undefined && !Number.isFinite(value));
  el.classList.toggle("mlp-noted", value !== undefined && noteOn(ui, matrix, row, column) !== undefined);
  el.removeAttribute("title");
  el.classList.toggle("mlp-blank", value === undefined);
  el.style.setProperty("--mlp-shade", Number.isFinite(value) ? shade(value, matrix.limit) : "transparent");
}
