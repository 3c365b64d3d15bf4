// J over one given number, all else as it is: the curve, where the number stands, and the tangent, whose slope is the gradient.

import { spoken } from "./cells.js";
import { make } from "./dom.js";
import { range, valueAt } from "./matrix.js";
import { say } from "./messages.js";
import { format } from "./number.js";

const POINTS = 121;
const [WIDEST, TALL, LEFT, BELOW] = [430, 132, 54, 22]; // pixels: the picture is as wide as its panel lets it be
const NEAR = 0.05; // of the range: how far the two dots of the central difference stand from the number
const REACH = 0.16; // of the range: how far the tangent is drawn

/** The picture of a given number that follows the hand, and in words what it shows and how it is moved. */
export function curveOf(ui, { matrix, row, column }, how) {
  const at = valueAt(matrix, row, column);
  const J = costs(ui, matrix, row, column);
  const [low, high] = statedRange(matrix, at);
  const gradient = Object.values(ui.book).find((each) => each.by === matrix.key);
  const next = valueOf(ui.book[`new ${matrix.key}`], row, column);
  const near = NEAR * (high - low);
  const [before, after] = [J(at - near), J(at + near)];
  const slope = gradient ? valueAt(gradient, row, column) / (gradient.times ?? 1) : slopeAt(J, at);
  const points = range(POINTS).map((i) => low + ((high - low) * i) / (POINTS - 1)).map((x) => [x, J(x)]);
  const facts = { at, cost: J(at), slope, next, after, before, near };
  const told = sentence(ui, { matrix, row, column }, facts);
  const words = make("figcaption", { class: "mlp-note" }, make("p", {}, told), make("p", {}, how));
  return make("figure", { class: "mlp-curve" }, picture(ui, matrix, points, facts, told), words);
}

/** The cost with another value of one number; what stands in the memory is put back. */
function costs({ live }, { key }, row, column) {
  const { width, start } = live.places[key];
  const place = start + row * width + column;
  return (value) => {
    const kept = live.memory[place];
    live.memory[place] = value;
    const cost = live.cost();
    live.memory[place] = kept;
    live.cost();
    return cost;
  };
}

const valueOf = (matrix, row, column) => (matrix ? valueAt(matrix, row, column) : undefined);

/** The slope of what has no gradient in the pass, an input or a target: the central difference over a small step. */
function slopeAt(J, at) {
  const step = 1e-6 * Math.max(1, Math.abs(at));
  return (J(at + step) - J(at - step)) / (2 * step);
}

/** The stated range: that of the number's colours, wider where it has gone beyond; it stays while a hand holds the number. */
function statedRange(matrix, at) {
  const limit = Math.max(matrix.limit, Math.abs(at) * 1.25);
  return [-limit, limit];
}

function sentence(ui, { matrix, row, column }, { at, cost, slope, next }) {
  const number = (value) => format(value, ui.data.digits);
  const here = say(ui, "curve", { name: spoken(ui, matrix, row, column), value: number(at), cost: number(cost), slope: number(slope) });
  return next === undefined ? here : `${here} ${say(ui, "curve_next", { next: number(next) })}`;
}

function picture(ui, matrix, points, { at, cost, slope, next, after, before, near }, told) {
  const finite = points.filter(([, y]) => Number.isFinite(y));
  const WIDE = Math.min(WIDEST, ui.measured - 16);
  const [lowest, highest] = bounds(finite.map(([, y]) => y));
  const [low, high] = [points[0][0], points.at(-1)[0]];
  const X = (x) => LEFT + ((x - low) / (high - low)) * (WIDE - LEFT - 8);
  const Y = (y) => 8 + ((highest - y) / (highest - lowest)) * (TALL - BELOW - 8);
  const line = (name, ...ends) => make("svg:polyline", { class: name, points: ends.map(([x, y]) => `${X(x).toFixed(1)},${Y(y).toFixed(1)}`).join(" ") });
  const dot = (name, x, y, r) => (Number.isFinite(y) ? make("svg:circle", { class: name, cx: X(x), cy: Y(y), r }) : []);
  const text = (x, y, anchor, words) => make("svg:text", { x, y, "text-anchor": anchor }, words);
  const reach = REACH * (high - low);
  const tangent = Number.isFinite(slope) && Number.isFinite(cost) ? line("mlp-tangent", [at - reach, cost - slope * reach], [at + reach, cost + slope * reach]) : [];
  const chord = [before, after].every(Number.isFinite) ? [line("mlp-chord", [at - near, before], [at + near, after]), dot("mlp-difference", at - near, before, 3), dot("mlp-difference", at + near, after, 3)] : [];
  const moved = Number.isFinite(next) && next >= low && next <= high ? make("svg:line", { class: "mlp-moved", x1: X(next), x2: X(next), y1: 8, y2: TALL - BELOW }) : [];
  return make("svg:svg", { width: WIDE, height: TALL, role: "img", "aria-label": told },
    make("svg:path", { class: "mlp-axes", d: `M${LEFT} 8V${TALL - BELOW}H${WIDE - 8}` }),
    text(LEFT - 6, 16, "end", format(highest, 2)), text(LEFT - 6, TALL - BELOW, "end", format(lowest, 2)), text(LEFT - 6, (TALL - BELOW) / 2 + 6, "end", ui.book.cost.entry[0][0]),
    text(LEFT, TALL - 8, "start", format(low, 1)), text(WIDE - 8, TALL - 8, "end", format(high, 1)), text((LEFT + WIDE) / 2, TALL - 8, "middle", matrix.entry[0][0]),
    moved, line("mlp-cost", ...finite), chord, tangent, dot("mlp-here", at, cost, 5));
}

/** The lowest and the highest of the values that are drawn, with a little room. */
function bounds(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[0] ?? 0, sorted.at(-1) ?? 1];
  const room = 0.06 * (high - low) || 0.5 * Math.abs(high) || 1;
  return [low - room, high + room];
}
