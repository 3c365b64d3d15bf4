// J over one given number, all else as it is: the curve, where the number stands, and the tangent, whose slope is the gradient.

import { entrySymbol, matrixName, spoken } from "./cells.js";
import { make } from "./dom.js";
import { entriesOf } from "./evaluate.js";
import { probe } from "./probe.js";
import { range, stepOf, valueAt } from "./matrix.js";
import { say } from "./messages.js";
import { format } from "./number.js";
import { arrowPath, bounds, carry, frameOf, holds, magnified, plotElement, plotOf, pointOf, setPlaces, reach, sampled, strokes, tangentAt } from "./plot.js";

const NEAR = 0.05; // of the range: how far the two dots of the central difference stand from the number
const KINKS = 12; // most that are marked
const NARROWER = 40; // halvings of the stretch in which a kink lies

/** The picture of J over a given number; what stays while it moves is drawn once, `update` draws the rest. */
export function curveFigure(ui, [number], room) {
  const { matrix, row, column } = number;
  const J = probe(ui, [number]);
  const stated = reach(matrix.limit, valueAt(matrix, row, column));
  const points = sampled(J.cost, ...stated, J.most);
  const kinks = kinksOf(ui, J, points);
  J.done();
  const plot = plotOf(room, stated, bounds(points.map(([, y]) => y)));
  const moving = partsOf(ui, number);
  const figure = { stated, kinks, plot, numbers: [number], near: NEAR * (stated[1] - stated[0]) };
  const all = [frameOf(plot, ui.data.digits), strokes(plot, merged(points, kinks), "mlp-cost"), kinks.map((at) => diamond(plot, at)), Object.values(moving)];
  return Object.assign(figure, {
    el: plotElement(plot, say(ui, "curve_name", { J: letterOf(ui), name: spoken(ui, matrix, row, column) }), entrySymbol(ui, matrix, row, column), matrixName(ui.book.cost), all),
    fits: () => holds(ui, stated, matrix.limit, valueAt(matrix, row, column)),
    ends: () => [{ at: number, across: plot.perX, down: 0, within: stated, grain: stepOf(matrix) / 10 }],
    update: () => drawCurve(ui, figure, moving),
  });
}

const partsOf = (ui, { matrix, row, column }) => ({
  chord: make("svg:line", { class: "mlp-chord" }), before: make("svg:circle", { class: "mlp-difference", r: 3 }), after: make("svg:circle", { class: "mlp-difference", r: 3 }),
  ghost: make("svg:circle", { class: "mlp-ghost", r: 5 }), tangent: make("svg:line", { class: "mlp-tangent" }),
  next: make("svg:path", { class: "mlp-next-step" }), drop: make("svg:line", { class: "mlp-drop" }), point: pointOf(spoken(ui, matrix, row, column)),
});

/** What the picture says: where the number stands, J there and its slope, where the update takes it, and the chord. */
function factsOf(ui, { numbers: [number], near }) {
  const { matrix, row, column } = number;
  const at = valueAt(matrix, row, column);
  const J = probe(ui, [number]);
  const [before, after] = [J.cost(at - near), J.cost(at + near)];
  const slope = gradientAt(ui, number) ?? J.slope(at);
  J.done();
  return { at, cost: ui.book.cost.stored[0], slope, next: nextOf(ui, number), before, after, chord: (after - before) / (2 * near) };
}

/** ∂J over a parameter as the pass has it; undefined for what has no gradient there, an input or a target. */
export function gradientAt(ui, { matrix, row, column }) {
  const gradient = Object.values(ui.book).find((each) => each.by === matrix.key);
  return gradient && valueAt(gradient, row, column) / (gradient.times ?? 1);
}

/** Where the update takes a given number; undefined if it takes it nowhere. */
export function nextOf(ui, { matrix, row, column }) {
  const next = ui.book[`new ${matrix.key}`];
  return next && valueAt(next, row, column);
}

function drawCurve(ui, figure, moving) {
  const { plot, near } = figure;
  const facts = factsOf(ui, figure);
  const { at, cost, slope, next, before, after } = facts;
  const [x, y] = [plot.X(at), plot.Y(cost)];
  setPlaces(moving.tangent, tangentAt(plot, at, cost, slope));
  setPlaces(moving.chord, { x1: plot.X(at - near), y1: plot.Y(before), x2: plot.X(at + near), y2: plot.Y(after) });
  setPlaces(moving.before, { cx: plot.X(at - near), cy: plot.Y(before) });
  setPlaces(moving.after, { cx: plot.X(at + near), cy: plot.Y(after) });
  setPlaces(moving.drop, { x1: x, x2: x, y1: y, y2: plot.bottom });
  const times = next === undefined ? 1 : magnified(Math.abs(next - at) / plot.perX);
  const end = Math.max(plot.left, Math.min(plot.right, plot.X(at + times * (next - at))));
  moving.next.setAttribute("d", Number.isFinite(end) ? arrowPath(plot, [x, plot.bottom - 5], [end, plot.bottom - 5]) : "");
  const held = ui.hand?.moving && ui.hand.ends.find((one) => same(one.at, figure.numbers[0]));
  carry(moving.ghost, held ? plot.X(held.was) : NaN, held ? plot.Y(ui.watched.cost) : NaN);
  carry(moving.point, x, y);
  const told = sentences(ui, figure, facts, times);
  moving.point.setAttribute("aria-valuetext", told.here);
  for (const [name, value] of Object.entries({ now: at, min: figure.stated[0], max: figure.stated[1] })) moving.point.setAttribute(`aria-value${name}`, value);
  figure.told = [told.here, ...told.more];
}

/** The letter of the cost. */
export const letterOf = (ui) => ui.book.cost.entry[0][0];

export const same = (one, other) => one.matrix.key === other.matrix.key && one.row === other.row && one.column === other.column;

function sentences(ui, { numbers: [{ matrix, row, column }], near, kinks }, { at, cost, slope, next, chord }, times) {
  const number = (value) => format(value, ui.data.digits);
  const here = say(ui, "curve", { J: letterOf(ui), name: spoken(ui, matrix, row, column), value: number(at), cost: number(cost), slope: number(slope) });
  return { here, more: [
    ...(next === undefined ? [] : [say(ui, times > 1 ? "curve_next_longer" : "curve_next", { next: number(next), times })]),
    say(ui, "curve_chord", { near: format(near, 2), slope: number(chord) }),
    ...(kinks.length ? [say(ui, "curve_kinks", { count: kinks.length })] : []),
  ] };
}

/** Where along the points the z of a unit with a kink passes 0; none are marked if there are too many. */
function kinksOf(ui, J, points) {
  const sides = sidesOf(ui);
  if (!sides) return [];
  const at = (x) => (J.cost(x), sides());
  const signs = points.map(([x]) => at(x));
  const found = range(points.length - 1).filter((i) => signs[i] !== signs[i + 1]);
  if (found.length > KINKS) return [];
  return found.map((i) => {
    let [from, to] = [points[i][0], points[i + 1][0]];
    for (let k = 0; k < NARROWER; k += 1) {
      const middle = (from + to) / 2;
      if (at(middle) === signs[i]) from = middle;
      else to = middle;
    }
    return [to, J.cost(to)];
  });
}

/** On which side of 0 the z of every unit with a kink are; null if there is no such unit. */
function sidesOf(ui) {
  const layers = ui.data.architecture.kinked.flatMap((kinked, i) => (kinked ? [ui.live.places[`Z[${i + 1}]`]] : []));
  return layers.length ? () => layers.map((place) => entriesOf(ui.live, place).map((z) => (z > 0 ? 1 : 0)).join("")).join() : null;
}

const merged = (points, kinks) => [...points, ...kinks].sort(([a], [b]) => a - b);

const diamond = (plot, [x, y]) => {
  const [u, v] = [plot.X(x), plot.Y(y)];
  return Number.isFinite(v) ? make("svg:path", { class: "mlp-kink", d: `M${u} ${v - 4}L${u + 4} ${v}L${u} ${v + 4}L${u - 4} ${v}z` }) : [];
};
