// A number as it is shown: its digits, as in Python (drawing/numbers.py), and its colour.

export const MINUS = "\u2212";
const LARGE = 1e5;
const SUPERSCRIPT = { "-": "\u207b", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

/** A number with fixed digits and a real minus sign; very small and very large ones in powers of ten. */
export function format(value, digits) {
  if (Number.isNaN(value)) return "NaN";
  const sign = value < 0 ? MINUS : "";
  const size = Math.abs(value);
  if (size === Infinity) return sign + "∞";
  const fixed = size.toFixed(digits);
  return sign + (size >= LARGE || (size && !Number(fixed)) ? scientific(size, 0) : fixed);
}

export function scientific(size, digits) {
  const [mantissa, power] = size.toExponential(digits).split("e");
  return `${mantissa}·10${[...power.replace("+", "")].map((c) => SUPERSCRIPT[c]).join("")}`;
}

export const plain = (value) => String(value).replace("-", MINUS);

/** The colour of a number on the diverging scale from −limit (orange) over 0 (light grey) to +limit (blue). */
export function shade(value, limit) {
  const part = 2 * Math.round(Math.max(-1, Math.min(1, value / (limit || 1))) * 50);
  const end = part < 0 ? "--mlp-negative" : "--mlp-positive";
  return `color-mix(in srgb, var(${end}) ${Math.abs(part)}%, var(--mlp-zero))`;
}

/** The ends and the middle of that scale, each as red, green and blue from 0 to 255: the page's colours are #rrggbb. */
export function scaleColours() {
  const style = getComputedStyle(document.documentElement);
  return ["--mlp-negative", "--mlp-zero", "--mlp-positive"].map((name) => {
    const colour = style.getPropertyValue(name).trim();
    return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  });
}
