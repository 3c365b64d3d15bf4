// How much room the picture of the network has, and what of the network is drawn there: before a class only as many
// units and layers as can be read from the last row, those that the step or the number asked about is of.

import { entries } from "./expand.js";
import { onEdges, range } from "./matrix.js";

// Of the picture on a page: its widest and highest; the least between layers and of a unit; both in one column, where it
// is no narrower either, and of a unit where that is as narrow as can be; what is above the units, below, and at a side.
export const PICTURE = { widest: 480, highest: 380, between: 128, unit: 54, close: 96, tall: 61, narrowest: 336, tallest: 76, top: 42, bottom: 14, side: 46, aside: 54 };
// The size of a text, which is one em of the page; the room between layers that is asked for, and the least; the least
// of a unit; how much larger all may be, and a picture by itself; most layers beside the other faces, and most outputs
// with y above them; what is above and below the units, if none is left out; in em, the least width.
const ON_WALL = { text: 14, wished: 124, between: 112, unit: 54, easy: 62, growth: 1.25, alone: 2, layers: 3, above: 3, top: 26, bottom: 6, narrowest: 22 };

/** The room of the picture in its own units, its layers, and what says whether it is another one. */
export function stageOf(ui) {
  const { layers } = ui.data.diagram;
  if (!ui.projecting) return { layers, width: pictureWidth(ui), height: pictureHeight(ui, mostOf(layers)), top: PICTURE.top, bottom: PICTURE.bottom, key: "" };
  const { em, wide, high } = (ui.screen ??= screenOf(ui));
  const unit = em / ON_WALL.text;
  const most = mostOf(layers);
  const rows = (top) => Math.max(1, Math.floor((high / unit - top - ON_WALL.bottom) / ON_WALL.unit));
  const top = rows(ON_WALL.top) >= most && layers.every((layer) => layer.shown.length === layer.total) ? ON_WALL.top : PICTURE.top;
  const deep = Math.max(2, Math.floor((wide / unit - 2 * PICTURE.side) / ON_WALL.between) + 1);
  const shown = windowOf(ui, layers, deep).map((layer) => unitsOf(ui, layer, rows(top)));
  const needed = [2 * PICTURE.side + ON_WALL.wished * (shown.length - 1), top + ON_WALL.bottom + ON_WALL.easy * mostOf(shown)];
  const scale = Math.max(unit, Math.min(wide / needed[0], high / needed[1], unit * (ui.alone ? ON_WALL.alone : ON_WALL.growth)));
  const placed = shown.map((layer, at) => ({ ...layer, x: shown.length > 1 ? at / (shown.length - 1) : 0.5 }));
  return { layers: placed, width: wide / scale, height: high / scale, top, bottom: ON_WALL.bottom, key: [wide, high, ...placed.map(({ layer, shown: units }) => `${layer}:${units}`)].join() };
}

/** Gives the picture the width in which the layers that are shown before a class have room. */
export function widenStage(ui) {
  const { layers } = ui.data.diagram;
  const needed = 2 * PICTURE.side + ON_WALL.wished * (Math.min(ON_WALL.layers, layers.length) - 1) + (layers.at(-1).shown.length > ON_WALL.above ? PICTURE.aside : 0);
  ui.root.style.setProperty("--mlp-stage", `${Math.max(ON_WALL.narrowest, needed / ON_WALL.text + 1).toFixed(1)}em`);
}

const mostOf = (layers) => Math.max(...layers.map((layer) => layer.shown.length));

/** The size of a text, and the room inside the panel. */
export function screenOf(ui) {
  const panel = ui.parts.network;
  const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(panel);
  const [aside, above] = [[paddingLeft, paddingRight], [paddingTop, paddingBottom]].map((both) => both.reduce((sum, one) => sum + (parseFloat(one) || 0), 0));
  return { em: parseFloat(getComputedStyle(ui.root).fontSize), wide: panel.clientWidth - aside || PICTURE.widest, high: panel.clientHeight - above || PICTURE.highest };
}

/** The layers around the one that the step is of, as many as have room. */
function windowOf(ui, layers, count) {
  if (layers.length <= count) return layers;
  const last = ui.view?.layer ?? (ui.view?.phase === "loss" ? layers.length - 1 : 1);
  const from = Math.max(0, Math.min(layers.length - count, last - Math.floor(count / 2)));
  return layers.slice(from, from + count);
}

/** As many units of a layer as have room, the one that is asked about among them. */
function unitsOf(ui, layer, count) {
  if (layer.shown.length <= count) return layer;
  const at = layer.shown.indexOf(unitAsked(ui, layer.layer));
  const from = Math.max(0, Math.min(layer.shown.length - count, at - Math.floor(count / 2)));
  return { ...layer, shown: layer.shown.slice(from, from + count), y: range(count).map((i) => (i + 0.5) / count) };
}

/** The first unit of a layer that takes part in the number asked about; undefined if there is none. */
function unitAsked(ui, layer) {
  if (!ui.asked?.pinned) return undefined;
  const { subject, term } = ui.asked;
  return [subject, ...(term ? entries(term) : [])].flatMap(({ matrix, row, column }) => {
    if (onEdges(matrix)) return [[matrix.layer, row], [matrix.layer - 1, column]];
    return [[matrix.layer, column]];
  }).find(([of]) => of === layer)?.[1];
}

/** How much larger than usual the type of the browser's own setting is. */
const largeness = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** Narrower in a narrow panel, or with large type, so that its numbers are large, as long as there is room between the layers. */
export function pictureWidth(ui) {
  const between = (each) => 2 * PICTURE.side + each * (ui.data.diagram.layers.length - 1);
  const least = ui.oneColumn ? Math.max(PICTURE.narrowest, between(PICTURE.close)) : between(PICTURE.between);
  return Math.min(PICTURE.widest, Math.max(least, Math.round((ui.parts.network.clientWidth || PICTURE.widest) / largeness() / 24) * 24));
}

/** What the units of a layer need: the less wide the picture, the steeper the wires whose numbers are to have room. */
function leastHeight(ui, most) {
  const unit = !ui.oneColumn ? PICTURE.unit : ui.parts.network.clientWidth > PICTURE.narrowest ? PICTURE.tall : PICTURE.tallest;
  return Math.min(PICTURE.highest, PICTURE.top + PICTURE.bottom + unit * most);
}

/** Lower in a low panel, as long as there is room for the units of a layer. */
const pictureHeight = (ui, most) => Math.min(PICTURE.highest, Math.max(leastHeight(ui, most), (ui.parts.network.clientHeight || PICTURE.highest) / largeness()));

/** Where the faces stand below one another, the panel of the network is as high as its units need. */
export const heightenStage = (ui) => ui.root.style.setProperty("--mlp-stands", `${leastHeight(ui, mostOf(ui.data.diagram.layers)) / 16}rem`);
