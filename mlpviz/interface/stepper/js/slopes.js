// f and f′ beside a neuron: both curves from the table of activations, the dot at its z, and its slope as the tangent's.

import { entrySymbol, spoken } from "./cells.js";
import { make } from "./dom.js";
import { evaluator } from "./evaluate.js";
import { valueAt } from "./matrix.js";
import { say } from "./messages.js";
import { format } from "./number.js";
import { bounds, carry, frameOf, holds, plotElement, plotOf, setPlaces, reach, sampled, strokes, tangentAt } from "./plot.js";

const USUAL = 6; // the range of z that shows what a function is like
const UNIT = /^(new )?(?:[AZ]|gain|slope)$/;
const BOUND_ALREADY = new Map(); // programs that are written out already, for every stepper on the page

/** The unit that a number belongs to as its z, its a or its f′(z); null for other numbers, and where its z has not travelled whole. */
export function unitOf(ui, { matrix, row, column }) {
  const found = UNIT.exec(matrix.symbol);
  const key = `${found?.[1] ?? ""}Z[${matrix.layer}]`;
  const [own, Z] = [ui.data.functions?.[matrix.layer], ui.book[key]];
  if (!found || !own || !Z || !Z.rowAt.has(row) || !Z.columnAt.has(column)) return null;
  return own.mixes && Z.columns.length < Z.shape[1] ? null : { Z, own, row, column };
}

/** A layer's function as the browser evaluates it; undefined while it is being written out, after which the page is told. */
function functionOf(ui, { program }, ready) {
  if (!BOUND_ALREADY.has(program)) {
    BOUND_ALREADY.set(program, null);
    evaluator(JSON.parse(program)).then((made) => (BOUND_ALREADY.set(program, made), ready()));
  }
  return BOUND_ALREADY.get(program) ?? undefined;
}

/** A unit's f and f′ over its own z, the others of its layer as they are: [f(z), f′(z)]. */
function overZ({ memory, places: { z, a, v, back }, pass }, { Z, own, row, column }) {
  const unit = own.mixes ? column : 0;
  const others = own.mixes ? Z.columns.map((other) => valueAt(Z, row, other)) : [0];
  memory.fill(0, v.start, v.start + others.length);
  memory[v.start + unit] = 1;
  return (value) => {
    memory.set(others, z.start);
    memory[z.start + unit] = value;
    pass();
    return [memory[a.start + unit], memory[back.start + unit]];
  };
}

/** The picture of a unit's f and f′; null while its function is not here yet. */
export function slopesFigure(ui, unit, room, ready) {
  const made = functionOf(ui, unit.own, ready);
  if (!made) return null;
  const { Z, own, row, column } = unit;
  const stated = reach(USUAL, valueAt(Z, row, column));
  const f = overZ(made, unit);
  const [values, slopes] = [0, 1].map((k) => sampled((z) => f(z)[k], ...stated));
  const plot = plotOf(room, stated, bounds([...values, ...slopes].map(([, y]) => y)), { top: 1.2 });
  const moving = { tangent: make("svg:line", { class: "mlp-tangent" }), drop: make("svg:line", { class: "mlp-drop" }),
    slope: make("svg:circle", { class: "mlp-slope-dot", r: 4.5 }), value: make("svg:circle", { class: "mlp-here", r: 5.5 }) };
  const figure = { unit, plot, f, others: own.mixes ? othersOf(unit) : "" };
  const caption = make("div", { class: "mlp-caption" });
  const all = [frameOf(plot, 2), samplesOn(plot, unit), strokes(plot, slopes, "mlp-slope"), strokes(plot, values, "mlp-cost"), Object.values(moving)];
  const el = plotElement(plot, "", [entrySymbol(ui, Z, row, column), own.mixes ? ` (${say(ui, "held")})` : ""], "", all);
  el.prepend(caption);
  return Object.assign(figure, {
    el, ends: () => null,
    fits: () => holds(ui, stated, USUAL, valueAt(Z, row, column)) && (!own.mixes || othersOf(unit) === figure.others),
    update: () => drawUnit(ui, figure, moving, caption),
  });
}

/** The other z of a unit's layer, as text, on which the curve of one that mixes depends. */
const othersOf = ({ Z, row, column }) => Z.columns.map((other) => (other === column ? "" : valueAt(Z, row, other))).join();

/** The z of the other samples, as ticks on the axis. */
function samplesOn(plot, { Z, row, column }) {
  const inside = (z) => z >= plot.low && z <= plot.high;
  const found = Z.rows.filter((other) => other !== row).map((other) => valueAt(Z, other, column)).filter(inside);
  return found.map((z) => make("svg:path", { class: "mlp-other", d: `M${plot.X(z).toFixed(1)} ${plot.bottom}v-5` }));
}

function drawUnit(ui, { unit, plot, f }, moving, caption) {
  const { Z, own, row, column } = unit;
  const z = valueAt(Z, row, column);
  const [a, slope] = f(z);
  setPlaces(moving.tangent, tangentAt(plot, z, a, slope));
  setPlaces(moving.drop, { x1: plot.X(z), x2: plot.X(z), y1: Math.min(plot.Y(a), plot.Y(slope)), y2: plot.bottom });
  carry(moving.value, plot.X(z), plot.Y(a));
  carry(moving.slope, plot.X(z), plot.Y(slope));
  const number = (value) => format(value, ui.data.digits);
  const line = (name, dot, text, value) => make("span", { class: name }, dot, ` ${text} = ${number(value)}`);
  caption.replaceChildren(make("span", {}, entrySymbol(ui, Z, row, column), ` = ${number(z)}`), line("mlp-key-f", "●", own.name, a), line("mlp-key-slope", "●", own.slope, slope));
  const facts = { unit: spoken(ui, Z, row, column), z: number(z), name: own.name, a: number(a), slope_name: own.slope, slope: number(slope) };
  const told = say(ui, "function", facts);
  const more = own.mixes ? ` ${say(ui, "mixes")}` : "";
  caption.parentElement?.querySelector("svg").setAttribute("aria-label", told + more);
  caption.title = told + more;
}
