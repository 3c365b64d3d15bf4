// A picture with two axes, without a library: where values lie in it, its frame, lines through points, tangents and arrows.

import { make } from "./dom.js";
import { range } from "./matrix.js";
import { format } from "./number.js";

const MARGIN = { left: 4.2, right: 0.9, top: 0.8, bottom: 2 }; // em
const FIRST = 80; // stretches of a range that are looked at first
const HALVINGS = 10; // of a stretch in which a function bends
const BENDS = 1e-3; // of its height: how far a function may be from a straight line
const EXTREME = 1.25;

/** A stated range about 0 in which a number lies: that of its colours, or the next wider one. */
export function reach(limit, value) {
  let widest = limit;
  if (!Number.isFinite(value)) return [-limit, limit];
  for (let k = 0; EXTREME * Math.abs(value) > widest && widest < 1e300; k += 1) widest *= k % 3 === 1 ? 2.5 : 2;
  return [-widest, widest];
}

/** Where values lie in a picture of some size whose axes have these ranges; a pixel is worth `perX` and `perY`. */
export function plotOf({ width, height, em }, [low, high], [lowest, highest], more = {}) {
  const side = (name) => (MARGIN[name] + (more[name] ?? 0)) * em;
  const [left, right, top, bottom] = [side("left"), width - side("right"), side("top"), height - side("bottom")];
  const [perX, perY] = [(high - low) / (right - left), (highest - lowest) / (bottom - top)];
  const [X, Y] = [(x) => left + (x - low) / perX, (y) => bottom - (y - lowest) / perY];
  return { width, height, em, left, right, top, bottom, low, high, lowest, highest, perX, perY, X, Y };
}

/** The lowest and the highest of the values that are drawn, with a little room. */
export function bounds(values) {
  const finite = values.filter(Number.isFinite);
  const [lowest, highest] = finite.length ? [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))] : [0, 1];
  const room = 0.06 * (highest - lowest) || 0.5 * Math.abs(highest) || 1;
  return [lowest - room, highest + room];
}

/** Points of a function over a range, closer where it bends, so that a kink has its corner; at most `most` of them. */
export function sampled(f, low, high, most = 480) {
  const first = Math.min(FIRST, Math.floor(most / 3));
  const points = range(first + 1).map((i) => low + ((high - low) * i) / first).map((x) => [x, f(x)]);
  const [lowest, highest] = bounds(points.map(([, y]) => y));
  const near = BENDS * (highest - lowest);
  let left = most - points.length;
  const between = (from, to, depth) => {
    if (!depth || left <= 0 || ![from, to].some(([, y]) => Number.isFinite(y))) return [];
    left -= 1;
    const x = (from[0] + to[0]) / 2;
    const middle = [x, f(x)];
    if (Math.abs(middle[1] - (from[1] + to[1]) / 2) <= near) return [middle];
    return [...between(from, middle, depth - 1), middle, ...between(middle, to, depth - 1)];
  };
  return points.flatMap((point, i) => (i ? [...between(points[i - 1], point, HALVINGS), point] : [point]));
}

/** Lines through points, broken where a function has no value and where it jumps. */
export function strokes(plot, points, name) {
  const parts = [[]];
  points.forEach((point, i) => {
    const [x, y] = spotIn(plot, point);
    const [u, v] = spotIn(plot, points[i - 1] ?? point);
    if (!Number.isFinite(y) || (x - u < 0.5 && Math.abs(y - v) > 4)) parts.push([]);
    if (Number.isFinite(y)) parts.at(-1).push(`${x.toFixed(1)},${y.toFixed(1)}`);
  });
  return parts.filter((part) => part.length > 1).map((part) => make("svg:polyline", { class: name, points: part.join(" ") }));
}

const spotIn = (plot, [x, y]) => [plot.X(x), plot.Y(y)];

/** The ends of a tangent, in pixels: as long everywhere, whatever its slope, and not beyond the axes. */
export function tangentAt(plot, x, y, slope, part = 0.17) {
  const steep = (slope * plot.perX) / plot.perY;
  const half = (part * (plot.right - plot.left)) / Math.hypot(1, steep);
  const [x1, y1] = withinEdges(plot, [plot.X(x), plot.Y(y)], [-half, steep * half]);
  const [x2, y2] = withinEdges(plot, [plot.X(x), plot.Y(y)], [half, -steep * half]);
  return { x1, x2, y1, y2 };
}

/** Where a way from a place ends, or where it meets the edge. */
function withinEdges({ left, right, top, bottom }, [x, y], [dx, dy]) {
  const rooms = [dx > 0 ? (right - x) / dx : (left - x) / dx, dy > 0 ? (bottom - y) / dy : (top - y) / dy];
  const part = rooms.filter((room) => room >= 0).reduce((least, room) => Math.min(least, room), 1);
  return [x + part * dx, y + part * dy];
}

/** Sets attributes of an element; one that has a number that is not finite is not shown. */
export function setPlaces(el, attributes) {
  const values = Object.entries(attributes);
  el.style.display = values.every(([, value]) => Number.isFinite(value)) ? "" : "none";
  if (!el.style.display) for (const [name, value] of values) el.setAttribute(name, value.toFixed(1));
}

/** An arrow from one place to another, in pixels; no longer than to the edge of the picture. */
export function arrowPath(plot, [x, y], [u, v]) {
  const length = Math.hypot(u - x, v - y);
  if (!(length > 0.5)) return "";
  const [cos, sin] = [(u - x) / length, (v - y) / length];
  const to = (along, beside) => `${(u - along * cos - beside * sin).toFixed(1)} ${(v - along * sin + beside * cos).toFixed(1)}`;
  return `M${x.toFixed(1)} ${y.toFixed(1)}L${to(0, 0)}M${to(7, 4)}L${to(0, 0)}L${to(7, -4)}`;
}

const TIMES = [1, 2, 5];

/** How many times as long a step is drawn so that it is seen: 1, 2, 5, 10 … times, and no longer than the picture has room for. */
export function magnified(pixels, least = 26) {
  if (!(pixels > 0) || !Number.isFinite(pixels)) return 1;
  for (let k = 0; k < 36; k += 1) {
    const times = TIMES[k % 3] * 10 ** Math.floor(k / 3);
    if (times * pixels >= least) return times;
  }
  return TIMES[2] * 1e11;
}

/** The frame of a picture: its axes, the ends of their ranges in numbers, and lines where one of them is 0. */
export function frameOf(plot, digits) {
  const { left, right, top, bottom, em, low, high, lowest, highest } = plot;
  const text = (x, y, anchor, words) => make("svg:text", { x, y, "text-anchor": anchor }, words);
  const zero = (d) => make("svg:path", { class: "mlp-zero-line", d });
  return [
    ...(low < 0 && high > 0 ? [zero(`M${plot.X(0)} ${top}V${bottom}`)] : []),
    ...(lowest < 0 && highest > 0 ? [zero(`M${left} ${plot.Y(0)}H${right}`)] : []),
    make("svg:path", { class: "mlp-axes", d: `M${left} ${top}V${bottom}H${right}` }),
    text(left - 0.4 * em, top + 0.7 * em, "end", format(highest, digits)),
    text(left - 0.4 * em, bottom, "end", format(lowest, digits)),
    text(left, bottom + 1.1 * em, "start", endOf(low)),
    text(right, bottom + 1.1 * em, "end", endOf(high)),
  ];
}

/** The end of a stated range, which is a short number. */
const endOf = (value) => format(value, Math.max(0, Math.min(3, 1 - Math.floor(Math.log10(Math.abs(value) || 1)))));

/** A picture in its place, with the names of its axes. */
export const plotElement = (plot, label, across, up, ...inside) =>
  make("div", { class: `mlp-graph ${inside.flat(Infinity).some((el) => el.classList?.contains("mlp-point")) ? "mlp-moves" : ""}` },
    make("svg:svg", { width: plot.width, height: plot.height, role: "group", "aria-label": label }, inside),
    make("span", { class: "mlp-across", "aria-hidden": "true" }, across), make("span", { class: "mlp-upwards", "aria-hidden": "true" }, up));

/** The point of a picture that a hand moves: seen small, taken from further away, and moved by keys. */
export function pointOf(label) {
  return make("svg:g", { class: "mlp-point", role: "slider", tabindex: 0, "aria-label": label },
    make("svg:circle", { class: "mlp-hold", r: 20 }), make("svg:circle", { class: "mlp-here", r: 5.5 }));
}

/** Moves an element to a place in the picture. */
export function carry(el, x, y) {
  const seen = Number.isFinite(x) && Number.isFinite(y);
  el.style.display = seen ? "" : "none";
  if (seen) el.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
}

/** Whether a stated range still holds for a number: while a hand moves it, as long as the number is inside. */
export const holds = (ui, [low, high], limit, value) => value >= low && value <= high && (Boolean(ui.hand?.moving) || Object.is(reach(limit, value)[1], high));
