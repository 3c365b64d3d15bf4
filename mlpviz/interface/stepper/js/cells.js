// An entry of a matrix: its symbol and its name, why it is not finite, and the element that carries its number.

import { make, put } from "./dom.js";
import { noteOn } from "./marks.js";
import { storedAt, valueAt } from "./matrix.js";
import { named, say } from "./messages.js";
import { format, shade } from "./number.js";
import { known, sources } from "./state.js";

export const numberElement = (tag, role) => make(tag, { class: "mlp-n", role, tabindex: -1 });

/** Room for the longest number of a matrix, in digits, the same at every step. */
export const width = (ui, matrix) => (matrix.width ??= ui.data.digits + 2 + Math.max(1, Math.ceil(Math.log10(Math.min(matrix.limit, 99999) + 1e-9))));

/** A symbol with its superscripts above its subscripts: runs are [text, "" | "sup" | "sub"], each "" begins a part. */
function symbol(runs, subscript = "", transposed = false) {
  const parts = [];
  for (const [text, kind] of runs) kind ? (parts.at(-1)[kind] += text) : parts.push({ text, sup: "", sub: "" });
  const last = parts.at(-1);
  const bracketed = transposed && (parts.length > 1 || /^\d/.test(last.sup)); // W² turned is (W²)⊤
  last.sub += (last.sub && subscript ? "," : "") + subscript;
  if (transposed && !bracketed) last.sup += "⊤";
  const words = parts.flatMap(({ text, sup, sub }) => [text, ...raised(sup, sub)]);
  return make("span", { class: "mlp-symbol" }, ...(bracketed ? ["(", ...words, ")", ...raised("⊤", "")] : words));
}

const raised = (up, down) =>
  up || down ? [make("span", { class: "mlp-scripts" }, make("span", {}, up), make("span", {}, down))] : [];

/** What a matrix is called, turned or not; the values of a function with its name. */
export function matrixName(matrix, turned = false) {
  const own = symbol(matrix.label, "", turned);
  return matrix.of ? [matrix.of, "(", own, ")"] : own;
}

/** A name in parts, one symbol or ∂ over ∂, each with its indices: a side of the matrix, or a number of its own. */
export function inParts(parts, numbers) {
  const spelled = parts.map(({ runs, at }) => {
    const index = at.map((side) => (typeof side === "number" ? numbers[side] : side));
    return symbol(runs, index.join(index.some((one) => one > 9) ? "," : ""));
  });
  return spelled.length === 1 ? spelled[0] : make("span", { class: "mlp-fraction" }, spelled.map((one) => make("span", {}, "∂", one)));
}

/** Row and column of an entry as the notation shows and counts them. */
function place(ui, matrix, row, column) {
  const [r, c] = matrix.transposed ? [column, row] : [row, column];
  return [r + ui.first, c + ui.first];
}

/** The subscript of an entry; what is one row or column by its nature, such as b or a single sample, has one index. */
function subscript(ui, matrix, row, column) {
  const single = (dimension) => dimension === "1" || (dimension === "m" && ui.data.architecture.batch === 1);
  const indices = place(ui, matrix, row, column).filter((_, side) => !single(matrix.dims[side]));
  if (matrix.swapped) indices.reverse();
  return indices.join(Math.max(...matrix.shape) + ui.first > 10 ? "," : "");
}

export function entrySymbol(ui, matrix, row, column) {
  if (matrix.parts?.length) return inParts(matrix.parts, place(ui, matrix, row, column));
  const own = symbol(matrix.entry, subscript(ui, matrix, row, column));
  return matrix.of ? make("span", { class: "mlp-unbroken" }, matrix.of, "(", own, ")") : own;
}

/** The name of an entry for a screen reader: "∂J/∂W layer 2, row 1, column 2". */
export function spoken(ui, matrix, row, column) {
  const [r, c] = place(ui, matrix, row, column);
  return matrix.data.length === 1 ? matrix.name : say(ui, "cell", { name: matrix.name, row: r, column: c });
}

/** Why a number is not finite, or the note on it; undefined if there is nothing to say. */
export function reason(ui, matrix, row, column, value) {
  if (Number.isFinite(value)) return noteOn(ui, matrix, row, column);
  const cause = matrix.step < 0 ? undefined : sources(ui, { matrix, row, column }).find((entry) => !Number.isFinite(entry.value));
  if (!cause) return say(ui, matrix.step < 0 ? "not_finite" : "overflow");
  return say(ui, "inherited", { source: spoken(ui, cause.matrix, cause.row, cause.column), value: format(cause.value, ui.data.digits) });
}

/** Says of an element which entry it shows. */
function designate(ui, el, matrix, row, column) {
  Object.assign(el.dataset, { symbol: matrix.symbol, layer: matrix.layer, row, column });
  if (matrix.times > 1) el.dataset.times = matrix.times; // how many times as large as it is stored it is shown
  else delete el.dataset.times;
  el.mlpName = spoken(ui, matrix, row, column);
}

/** Writes one number into its element: text, colour, names and data attributes; blank while it is not computed. */
export function write(ui, el, matrix, row, column) {
  const value = known(ui, matrix, row, column) ? valueAt(matrix, row, column) : undefined;
  const was = el.mlp;
  const note = value === undefined ? undefined : noteOn(ui, matrix, row, column);
  const same = was && was.matrix === matrix && was.row === row && was.column === column;
  if (same && Object.is(was.value, value) && el.mlpNote === note) return;
  el.mlp = { matrix, row, column, value };
  el.mlpNote = note;
  if (!same) designate(ui, el, matrix, row, column);
  const text = value === undefined ? "" : `${el.mlpBefore ?? ""}${format(value, ui.data.digits)}`;
  put(el.mlpText ?? el, text);
  if (el.mlpText) el.mlpText.style.fontSize = text.length > (el.mlpRoom ?? 7) ? `${Math.max(0.78, (el.mlpRoom ?? 7) / text.length)}em` : "";
  else el.classList.toggle("mlp-long", text.length > width(ui, matrix));
  if (matrix.editable && value !== undefined) el.dataset.given = "";
  else delete el.dataset.given;
  if (value === undefined) delete el.dataset.value;
  else el.dataset.value = String(storedAt(matrix, row, column));
  el.setAttribute("aria-label", named(ui, el.mlpName, text || say(ui, matrix.veiled ? "kept_cell" : ui.veiled && matrix.step === ui.step ? "veiled" : "blank")));
  el.classList.toggle("mlp-marked", value !== undefined && !Number.isFinite(value));
  el.classList.toggle("mlp-noted", note !== undefined);
  el.removeAttribute("title");
  el.classList.toggle("mlp-blank", value === undefined);
  el.style.setProperty("--mlp-shade", Number.isFinite(value) ? shade(value, matrix.limit) : "transparent");
}
