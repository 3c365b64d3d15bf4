// J over two given numbers as a map: bands of colour and lines of equal J, where the numbers stand, and the step downhill.

import { entrySymbol, spoken } from "./cells.js";
import { contour, levelsOf, runs, surface } from "./contours.js";
import { letterOf, nextOf, same } from "./curve.js";
import { make } from "./dom.js";
import { probe } from "./probe.js";
import { range, stepOf, valueAt } from "./matrix.js";
import { inList, say } from "./messages.js";
import { format } from "./number.js";
import { arrowPath, carry, frameOf, holds, magnified, plotElement, plotOf, pointOf, reach } from "./plot.js";

const GRIDS = [[57, 37], [41, 27], [29, 19], [19, 13], [13, 9]]; // columns and rows, the finest that may be afforded
const COST_OF_MAP = 4; // times what a curve may cost
const LEGEND = 6.6; // em, beside the map

/** The picture of J over two numbers; the map is drawn once, `update` draws what moves. */
export function mapFigure(ui, numbers, room) {
  const values = numbers.map(({ matrix, row, column }) => valueAt(matrix, row, column));
  const stated = numbers.map(({ matrix }, i) => reach(matrix.limit, values[i]));
  const J = probe(ui, numbers);
  const [wide, tall] = GRIDS.find(([m, n]) => m * n <= COST_OF_MAP * J.most) ?? GRIDS.at(-1);
  const along = ([low, high], i, count) => low + ((high - low) * i) / (count - 1);
  const ground = surface(wide, tall, (i, j) => J.cost(along(stated[0], i, wide), along(stated[1], j, tall)));
  J.done();
  const plot = plotOf(room, ...stated, { right: LEGEND });
  const colours = levelsOf(ground);
  const moving = { ghost: make("svg:circle", { class: "mlp-ghost", r: 5 }), next: make("svg:path", { class: "mlp-downhill" }), point: pointOf(namesOf(ui, numbers)) };
  const figure = { numbers, stated, plot, colours };
  const [across, up] = numbers.map(({ matrix, row, column }) => entrySymbol(ui, matrix, row, column));
  const inside = [banded(plot, ground, colours.levels), contourLines(plot, ground, colours.levels), frameOf(plot, 2), legendOf(ui, plot, colours), Object.values(moving)];
  const el = plotElement(plot, say(ui, "map_name", namesIn(ui, numbers)), across, up, inside);
  el.classList.add("mlp-maps");
  return Object.assign(figure, {
    el,
    fits: () => numbers.every(({ matrix, row, column }, i) => holds(ui, stated[i], matrix.limit, valueAt(matrix, row, column))),
    ends: () => numbers.map((at, i) => ({ at, across: i ? 0 : plot.perX, down: i ? -plot.perY : 0, within: stated[i], grain: stepOf(at.matrix) / 10 })),
    update: () => drawPair(ui, figure, moving),
  });
}

const namesIn = (ui, numbers) => {
  const [one, two] = numbers.map(({ matrix, row, column }) => spoken(ui, matrix, row, column));
  return { J: letterOf(ui), one, two };
};
const namesOf = (ui, numbers) => inList(ui, numbers.map(({ matrix, row, column }) => spoken(ui, matrix, row, column)));

/** The colour of a band: even steps in lightness from little to much. */
const shadeOf = (k, count) => `color-mix(in oklab, var(--mlp-much) ${Math.round((100 * k) / Math.max(1, count - 1))}%, var(--mlp-little))`;

/** The bands, one over the other, each as lines one pixel high over all that is at or above its level. */
function banded(plot, ground, levels) {
  const across = (i) => plot.left + (i * (plot.right - plot.left)) / (ground.wide - 1);
  const count = Math.max(2, Math.round(plot.bottom - plot.top));
  return [-Infinity, ...levels].map((level, k) => {
    const d = range(count).flatMap((line) => {
      const y = plot.top + ((line + 0.5) * (plot.bottom - plot.top)) / count;
      const found = runs(ground, ((plot.bottom - y) / (plot.bottom - plot.top)) * (ground.tall - 1), level);
      return found.map(([from, to]) => `M${across(from).toFixed(1)} ${y.toFixed(1)}H${across(to).toFixed(1)}`);
    });
    const el = make("svg:path", { class: "mlp-band", d: d.join("") });
    el.style.stroke = shadeOf(k, levels.length + 1);
    return el;
  });
}

/** The lines of equal J. */
function contourLines(plot, ground, levels) {
  const x = (i) => (plot.left + (i * (plot.right - plot.left)) / (ground.wide - 1)).toFixed(1);
  const y = (j) => (plot.bottom - (j * (plot.bottom - plot.top)) / (ground.tall - 1)).toFixed(1);
  const d = levels.flatMap((level) => contour(ground, level)).map(([a, b, c, e]) => `M${x(a)} ${y(b)}L${x(c)} ${y(e)}`);
  return make("svg:path", { class: "mlp-contour", d: d.join("") });
}

/** What the colours stand for. */
function legendOf(ui, plot, { levels, lowest, highest, more }) {
  const [count, left, wide] = [levels.length + 1, plot.right + 1.3 * plot.em, 0.9 * plot.em];
  const tall = (plot.bottom - plot.top) / count;
  const boxes = range(count).map((k) => {
    const el = make("svg:rect", { x: left, width: wide, y: plot.bottom - (k + 1) * tall, height: tall + 0.5 });
    el.style.fill = shadeOf(k, count);
    return el;
  });
  const text = (y, words) => make("svg:text", { x: left + wide + 0.4 * plot.em, y }, words);
  const top = `${more ? "≥ " : ""}${format(highest, ui.data.digits)}`;
  return [boxes, text(plot.top + 0.8 * plot.em, top), text((plot.top + plot.bottom) / 2 + 0.3 * plot.em, letterOf(ui)), text(plot.bottom, format(lowest, ui.data.digits))];
}

function drawPair(ui, figure, moving) {
  const { plot, numbers } = figure;
  const [x, y] = numbers.map(({ matrix, row, column }) => valueAt(matrix, row, column));
  const next = numbers.map((number, i) => nextOf(ui, number) ?? [x, y][i]);
  const step = [(next[0] - x) / plot.perX, -(next[1] - y) / plot.perY];
  const times = magnified(Math.hypot(...step));
  const here = [plot.X(x), plot.Y(y)];
  moving.next.setAttribute("d", step.every(Number.isFinite) ? arrowPath(plot, here, here.map((at, i) => at + times * step[i])) : "");
  const held = ui.hand?.moving ? numbers.map((number, i) => ui.hand.ends.find((end) => same(end.at, number))?.was ?? [x, y][i]) : [NaN, NaN];
  carry(moving.ghost, plot.X(held[0]), plot.Y(held[1]));
  carry(moving.point, ...here);
  const number = (value) => format(value, ui.data.digits);
  const facts = { ...namesIn(ui, numbers), x: number(x), y: number(y), cost: number(ui.book.cost.stored[0]), nx: number(next[0]), ny: number(next[1]), times };
  const told = say(ui, "map", facts);
  moving.point.setAttribute("aria-valuetext", told);
  for (const [name, value] of Object.entries({ now: x, min: plot.low, max: plot.high })) moving.point.setAttribute(`aria-value${name}`, value);
  const key = step.every((part) => part === 0) ? "map_still" : times > 1 ? "map_next_longer" : "map_next";
  figure.told = [told, say(ui, key, facts)];
}
