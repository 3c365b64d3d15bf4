// The network: neurons and edges, lit where they take part; backwards a linear amplifier, each neuron times f′(z).

import { write } from "./cells.js";
import { make, put } from "./dom.js";
import { entries } from "./expand.js";
import { ofNetwork, onEdges, valueAt } from "./matrix.js";
import { say } from "./messages.js";
import { shade } from "./number.js";
import { across, BESIDE, crowd, neuronSizes, ON_WIRE, placesOnWires, SHORT, shorten, spotOf, takenIn } from "./sites.js";
import { stageOf } from "./stage.js";
import { known } from "./state.js";

const DIGIT = 7.6; // the width of a digit in the circles
const [SIGN, BESIDES] = [7, 8]; // the width of a letter above a layer, a Chinese one has two; what two such texts keep between them
const UNSHRUNK = 8; // characters that are never written smaller on the wall

/** Builds the picture of a network once; drawing only writes numbers and switches classes. */
export function makeDiagram(ui, { layers, width, height, top, bottom, key } = stageOf(ui)) {
  const room = height - top - bottom;
  const picture = { key, layers, width, top, room, ...neuronSizes(ui, layers, room), named: longestName(ui), neurons: [], edges: [], tags: [] };
  const edges = layers.slice(1).flatMap((layer, l) => makeEdges(picture, layers[l], layer));
  const neurons = layers.flatMap((layer) => layer.shown.map((unit, i) => makeNeuron(ui, picture, layer, unit, spotOf(picture, layer, i))));
  picture.heads = headings(ui, picture, layers);
  picture.carried = layers.slice(1).map((layer, l) => carried(layer.layer, (across(picture, layers[l]) + across(picture, layer)) / 2, Math.min(28, top - 12)));
  const arrow = make("svg:marker", { id: "mlp-arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse", markerUnits: "userSpaceOnUse" },
    make("svg:path", { d: "M0 0 L8 4 L0 8 z" }));
  picture.el = make("svg:svg", { class: "mlp-picture mlp-cells", viewBox: `0 0 ${width} ${height}`, role: "group", tabindex: 0 },
    make("svg:defs", {}, arrow), make("svg:g", {}, edges), make("svg:g", {}, picture.tags.map((tag) => tag.el)), make("svg:g", {}, neurons), picture.heads.map((one) => one.el), picture.carried.map((one) => one.el));
  picture.el.setAttribute("aria-label", say(ui, "network"));
  picture.el.style.setProperty("--mlp-text", `${picture.detailed ? 13.5 : Math.min(13.5, picture.radius * 0.9)}px`);
  picture.el.classList.toggle("mlp-dense", picture.edges.length > 60);
  return picture;
}

/** Characters of the longest name that comes to stand below a neuron. */
const longestName = (ui) => Math.max(0, ...Object.values(ui.book).filter((matrix) => matrix.per === "unit").map((matrix) => matrix.entry[0][0].length));

/** Above each layer its number, or how many of its neurons are drawn: in figures alone where the words would meet. */
function headings(ui, picture, layers) {
  const worded = layers.map((layer) => heading(ui, picture, layer, (shown, count) => say(ui, "some_neurons", { shown, count })));
  const meet = worded.some(({ text, x, from }, k) => k && x - from * headingLength(text) < beyondHeading(worded[k - 1]) + BESIDES);
  const drawn = meet ? layers.map((layer) => heading(ui, picture, layer, (shown, count) => `${shown} / ${count}`)) : worded;
  return drawn.map(({ text, x, anchor, layer }) => ({ el: make("svg:text", { class: "mlp-heading", x, y: 12, style: `text-anchor: ${anchor}` }, text), layer, text }));
}

/** The longer text of an outer layer begins or ends at the edge; ``from`` is the part of it that is left of x. */
function heading(ui, picture, layer, counted) {
  const some = layer.shown.length < layer.total;
  const text = some ? counted(layer.shown.length, layer.total) : say(ui, "layer", { layer: layer.layer + ui.firstLayer });
  const edge = some ? { 0: ["start", 2, 0], 1: ["end", picture.width - 2, 1] }[layer.x] : undefined;
  const [anchor, x, from] = edge ?? ["middle", across(picture, layer), 0.5];
  return { text, x, anchor, from, layer: layer.layer };
}

const beyondHeading = ({ text, x, from }) => x + (1 - from) * headingLength(text);
const headingLength = (text) => [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? 2 : 1) * SIGN, 0);

/** Between two layers, what the wires there carry: the weights, or what the step makes of them. */
function carried(layer, x, y) {
  const el = make("svg:text", { class: "mlp-carried mlp-ask", x, y, "data-do": "ask" });
  return { el, layer };
}

/** Writes what the wires of a layer carry. */
function drawCarried(ui, view, { el, layer }) {
  const matrix = weights(ui, view, layer);
  el.classList.toggle("mlp-lit", matrix.key === view.target);
  if (el.mlpMatrix === matrix) return;
  el.mlpMatrix = matrix;
  el.dataset.of = matrix.asks ?? matrix.key;
  el.replaceChildren(...labelled(matrix));
}

const LEVEL = { sup: -4, sub: 3 }; // of a script to its letter
const SLIM = /[()[\]]/; // signs of a script that are less wide than the others
const SCRIPT = { size: 0.72, slim: 0.36, sign: 0.52 }; // a script's size, and the widths in it

const scriptWidth = (text) => [...text].reduce((sum, sign) => sum + (SLIM.test(sign) ? SCRIPT.slim : SCRIPT.sign), 0);

/** The pieces of a name, each as high as it stands to the letter, whatever stands between; what is below stands under what is above. */
export function labelled({ label }) {
  const back = label.map(([text, kind], k) => (kind === "sub" && label[k - 1]?.[1] === "sup" ? scriptWidth(label[k - 1][0]) : 0));
  const on = label.map(([text], k) => (back[k - 1] ? SCRIPT.size * Math.max(0, back[k - 1] - scriptWidth(label[k - 1][0])) : 0));
  return label.map(([text, kind], k) => {
    const across = on[k] - back[k];
    return make("svg:tspan", { class: `mlp-${kind || "base"}`, dy: (LEVEL[kind] ?? 0) - (LEVEL[label[k - 1]?.[1]] ?? 0), ...(across ? { dx: `${across.toFixed(2)}em` } : {}) }, text);
  });
}

function makeEdges(picture, below, above) {
  const wires = above.shown.flatMap((row, i) => below.shown.map((column, j) => ({ row, column, ends: shorten(spotOf(picture, below, j), spotOf(picture, above, i), picture.half + 2) })));
  if (wires.length <= 40) picture.tags.push(...makeTags(picture, above.layer, wires));
  return wires.map(({ row, column, ends: [from, to] }) => {
    const el = make("svg:line", { class: "mlp-edge", x1: from[0], y1: from[1], x2: to[0], y2: to[1] });
    picture.edges.push({ el, layer: above.layer, row, column });
    return el;
  });
}

/** The numbers on edges, their weights or what the step makes of them; of a crowd only those asked about are seen. */
function makeTags(picture, layer, wires) {
  const [ends, taken] = [wires.map((wire) => wire.ends), takenIn(picture)];
  const free = wires.length <= (picture.wall ? 6 : 9) && placesOnWires(ends, taken);
  const crowded = !free || crowd(free, taken);
  const places = crowded ? ends.map(([from, to]) => [0, 1].map((k) => from[k] + (to[k] - from[k]) * 0.4)) : free;
  return wires.map(({ row, column }, i) => ({ el: badge(crowded ? "mlp-tag mlp-crowded" : "mlp-tag", ...places[i], ON_WIRE.wide, ON_WIRE.high), layer, row, column }));
}

/** What a finger meets of a number: a line as wide as a finger, whatever the picture's scale. */
const touched = (width) => make("svg:line", { class: "mlp-touch", x1: -width / 2, x2: width / 2 });

/** A number on a rounded plate. */
function badge(name, x, y, width, height) {
  const text = make("svg:text", { y: height * 0.28 });
  const plate = make("svg:rect", { x: -width / 2, y: -height / 2, width, height, rx: 4 });
  const el = make("svg:g", { class: `mlp-n ${name}`, transform: `translate(${x} ${y})`, role: "button", tabindex: -1 }, touched(width), plate, text);
  el.mlpText = text;
  return el;
}

/** A circle, or as wide as a number is where it is lower. */
const neuronPlate = ({ radius: r, half }) => (half > r ? make("svg:rect", { x: -half, y: -r, width: 2 * half, height: 2 * r, rx: r }) : make("svg:circle", { r }));

/** A neuron: a circle with its activation, or backwards a triangle with its gain; below it z, b or δ. */
function makeNeuron(ui, picture, layer, unit, [x, y]) {
  const r = picture.radius;
  const text = make("svg:text", { y: 4 });
  const main = make("svg:g", { class: "mlp-n mlp-main", role: "button", tabindex: -1 }, touched(0.01), neuronPlate(picture), text);
  Object.assign(main, { mlpText: text, mlpRoom: picture.wall ? UNSHRUNK : (2 * picture.half - 3) / DIGIT });
  const [wide, tall] = [picture.half, picture.detailed ? 1.1 : 0.9];
  const gain = make("svg:text", { x: r * 0.08, y: 4 });
  const amplifier = make("svg:g", { class: "mlp-n mlp-amplifier", role: "button", tabindex: -1 },
    make("svg:title", {}, say(ui, "gain_here")), touched(0.01), make("svg:path", { d: `M${-1.35 * wide} 0 L${wide} ${-r * tall} L${wide} ${r * tall} z` }), gain);
  Object.assign(amplifier, { mlpText: gain, mlpBefore: "×", mlpRoom: picture.wall ? UNSHRUNK : (1.9 * picture.half) / DIGIT });
  const { up, across: aside } = BESIDE;
  const below = picture.detailed ? badge("mlp-below", 0, r + up, BESIDE.wide, BESIDE.high) : null;
  const side = picture.detailed ? badge("mlp-target", ...(picture.aside ? [r + aside, 0] : [0, -r - up]), BESIDE.wide, BESIDE.high) : null;
  const name = make("svg:text", { class: "mlp-name", x: -BESIDE.name, y: r + 16 });
  const label = make("svg:text", { class: "mlp-name", ...(picture.aside ? { x: r + aside + 4, y: -up } : { x: -BESIDE.name, y: -r - 8 }) });
  const el = make("svg:g", { class: "mlp-neuron", transform: `translate(${x} ${y})` }, main, amplifier, below ? [name, below] : [], side ? [label, side] : []);
  picture.neurons.push({ el, main, text, amplifier, below, side, name, label, layer: layer.layer, unit });
  return el;
}

/** Draws a step: which numbers the neurons and edges carry, what is lit, and which way it runs. */
export function drawDiagram(ui, view) {
  if (ui.projecting || ui.picture.key) changeStage(ui);
  const picture = ui.picture;
  const back = view.phase === "backward";
  const lit = litParts(ui, view);
  picture.el.classList.toggle("mlp-backwards", back);
  picture.el.classList.toggle("mlp-asked", ui.asked.pinned);
  put(ui.parts.direction, back ? (ui.projecting ? "←" : `← ${say(ui, "backwards")}`) : "→");
  for (const one of picture.carried) drawCarried(ui, view, one);
  for (const neuron of picture.neurons) drawNeuron(ui, view, neuron, back, lit);
  for (const head of picture.heads) drawHeading(ui, view, head);
  for (const edge of picture.edges) drawEdge(ui, view, edge, lit);
  for (const tag of picture.tags) {
    const matrix = weights(ui, view, tag.layer);
    write(ui, tag.el, matrix, tag.row, tag.column);
    tag.el.classList.toggle("mlp-lit", lit(tag.layer, tag.column, tag.row));
  }
}

/** Draws the network anew where other layers or units are to be seen. */
function changeStage(ui) {
  const stage = stageOf(ui);
  if (stage.key === ui.picture.key) return;
  ui.picture = makeDiagram(ui, stage);
  ui.parts.network.replaceChildren(ui.picture.el);
}

/** Which matrix the edges of a layer show: the one the step computes, otherwise the weights. */
function weights(ui, view, layer) {
  const target = ui.book[view.target];
  if (onEdges(target) && target.layer === layer && target.step <= ui.step) return target;
  return updated(ui, view, `W[${layer}]`);
}

/** The network of the step: from the update on that with the new numbers, whose activations are blank until the second pass. */
const AFTER = new Set(["update", "second"]);
const present = (ui, view, key) => (AFTER.has(view.phase) && ui.book[`new ${key}`]) || ui.book[key];

/** A parameter as the step has it: new once it is updated. */
const updated = (ui, view, key) => (AFTER.has(view.phase) && computed(ui, `new ${key}`)) || ui.book[key];

/** A matrix if the network has it and it is computed. */
const computed = (ui, key) => (ui.book[key]?.step <= ui.step ? ui.book[key] : undefined);

function drawNeuron(ui, view, neuron, back, lit) {
  const { layer, unit } = neuron;
  const row = ui.book[`A[${layer}]`].rowAt.has(ui.sample) ? ui.sample : 0;
  const amplifies = back && layer > 0 && ui.gains[layer];
  neuron.el.classList.toggle("mlp-amplifies", Boolean(amplifies));
  neuron.el.classList.toggle("mlp-lit", lit(layer, unit));
  if (amplifies && amplifies.columnAt.has(unit)) write(ui, neuron.amplifier, amplifies, row, unit);
  const [A, Z] = ["A", "Z"].map((symbol) => present(ui, view, `${symbol}[${layer}]`));
  const main = [A, Z].find((matrix) => matrix?.step <= ui.step) ?? A;
  write(ui, neuron.main, main, row, unit);
  if (neuron.below) drawBelow(ui, view, neuron, back, row);
}

/** The number below a neuron: what the step computes for it, else δ backwards and z forwards; above the last layer y. */
function drawBelow(ui, view, neuron, back, row) {
  const { layer, unit } = neuron;
  const target = ui.book[view.target];
  const own = target.layer === layer && target.per === "unit" ? target : null;
  const Z = present(ui, view, `Z[${layer}]`);
  const sum = view.phase === "update" || neuron.main.mlp.matrix === Z ? updated(ui, view, `b[${layer}]`) : Z;
  const matrix = own ?? (back ? ui.book[`delta[${layer}]`] : sum);
  neuron.below.style.display = neuron.name.style.display = matrix ? "" : "none";
  if (matrix) {
    write(ui, neuron.below, matrix, matrix.shape[0] === 1 ? 0 : row, unit);
    put(neuron.name, isLong(ui, matrix) ? "" : matrix.entry[0][0]);
  }
  const last = layer === ui.data.diagram.layers.at(-1).layer;
  neuron.side.style.display = neuron.label.style.display = last ? "" : "none";
  if (!last) return;
  put(neuron.label, ui.book.Y.entry[0][0]);
  write(ui, neuron.side, ui.book.Y, row, unit);
}

const isLong = (ui, matrix) => ui.projecting && matrix.entry[0][0].length > SHORT;

/** A long name of what the step computes below the neurons of a layer stands on the wall above them, beside wires it would not have room. */
function drawHeading(ui, view, { el, layer, text }) {
  const target = ui.book[view.target];
  const named = target.layer === layer && target.per === "unit" && isLong(ui, target) ? target : null;
  for (const name of ["mlp-lit", "mlp-carried"]) el.classList.toggle(name, Boolean(named));
  if (named) el.replaceChildren(...labelled(named));
  else put(el, text);
}

function drawEdge(ui, view, edge, lit) {
  const matrix = weights(ui, view, edge.layer);
  edge.el.classList.toggle("mlp-lit", lit(edge.layer, edge.column, edge.row));
  const value = known(ui, matrix, edge.row, edge.column) ? valueAt(matrix, edge.row, edge.column) : undefined;
  if (edge.matrix === matrix && Object.is(edge.value, value)) return;
  Object.assign(edge, { matrix, value });
  const carries = Number.isFinite(value);
  edge.el.style.stroke = carries ? shade(Math.sign(value) * matrix.limit, matrix.limit) : "currentColor";
  edge.el.style.strokeWidth = carries ? 0.8 + 4.2 * Math.min(1, Math.abs(value) / matrix.limit) : 1;
  edge.el.classList.toggle("mlp-negative", value < 0);
}

/** A test of which neurons (layer, unit) and edges (layer, from, to) take part: those read, or of a number asked about its own. */
function litParts(ui, view) {
  const { subject, pinned, term } = ui.asked;
  const parts = new Set();
  const spell = (matrix, row, column) => matrix.everywhere ? ["*"] : onEdges(matrix) ? [matrix.layer, column, row] : [matrix.layer, column];
  if (pinned) for (const { matrix, row, column } of [subject, ...(term ? entries(term) : [])]) parts.add(spell(matrix, row, column).join());
  else for (const key of [view.target, ...view.reads]) parts.add(spell(ui.book[key], "*", "*").join());
  if (pinned && [subject, ...(term ? entries(term) : [])].some(({ matrix }) => ofNetwork(matrix))) parts.add(`${ui.data.diagram.layers.at(-1).layer},*`);
  return (layer, ...units) => parts.has("*") || parts.has([layer, ...units].join()) || parts.has([layer, ...units.map(() => "*")].join());
}
