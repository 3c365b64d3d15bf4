// A step's line as LaTeX, with its numbers in their places as they are now; matrices as Python writes them (exports/matrices.py).

import { range, valueAt } from "./matrix.js";
import { format, MINUS } from "./number.js";

const MOST_WRITTEN = 8; // rows or columns that are written; of more the first and the last
const BREAKABLE = "\\allowbreak "; // where a formula may be broken on screen
const PLACE = /⟦([^⟧]*?)( ⊤)?⟧/g;
const AS_DIGITS = Object.fromEntries([..."⁻⁰¹²³⁴⁵⁶⁷⁸⁹"].map((raised, i) => [raised, "-0123456789"[i]]));

/** The formula of a step; with `kind` "shapes" the shape stands below every factor. */
export const lineLatex = (ui, view, kind = "formula") => (ui.data.latex ?? ui.data.formulas)[view[kind]].replaceAll(BREAKABLE, "");

/** The same with a matrix for every array, and what it comes to. */
export const filledLatex = (ui, view) => view.filled.replace(PLACE, (_, key, turned) => (ui.book[key] ? arrayLatex(ui, ui.book[key], Boolean(turned)) : constantLatex(ui.data.constants[key])));

const constantLatex = (value) => numberLatex(String(Number(value.toPrecision(6))).replace("-", MINUS));

/** An array as it is shown, turned once more or not; of a single number of the network the number alone. */
function arrayLatex(ui, matrix, turned) {
  const text = (row, column) => (matrix.veiled ? "?" : numberLatex(format(valueAt(matrix, row, column), ui.data.digits)));
  if (matrix.per === "network") return text(matrix.rows[0], matrix.columns[0]);
  const across = matrix.transposed !== turned;
  const [down, along] = across ? [matrix.columns, matrix.rows] : [matrix.rows, matrix.columns];
  const lines = down.map((i) => withDots(along.map((j) => (across ? text(j, i) : text(i, j))), "\\cdots"));
  const rows = withDots(lines, range(lines[0].length).map(() => "\\vdots"));
  return `\\begin{bmatrix}${rows.map((row) => row.join(" & ")).join(" \\\\ ")}\\end{bmatrix}`;
}

const withDots = (items, dots) => (items.length <= MOST_WRITTEN ? items : [...items.slice(0, MOST_WRITTEN - 2), dots, items.at(-1)]);

function numberLatex(text) {
  const [mantissa, power] = text.replace(MINUS, "-").replace("∞", "\\infty").replace("NaN", "\\text{NaN}").split("·10");
  return power ? `${mantissa} \\cdot 10^{${[...power].map((raised) => AS_DIGITS[raised]).join("")}}` : mantissa;
}
