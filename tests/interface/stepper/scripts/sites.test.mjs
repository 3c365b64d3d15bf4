// The places of the numbers in the picture of the network: before a class none of them lies over another.

import assert from "node:assert/strict";
import { test } from "node:test";

import { across, crowd, neuronSizes, overlap, placesOnWires, shorten, spotOf, takenIn } from "../../../../mlpviz/interface/stepper/js/sites.js";
import { stageOf } from "../../../../mlpviz/interface/stepper/js/stage.js";

let type = 16; // px: what the browser is set to
Object.assign(globalThis, { document: {}, getComputedStyle: () => ({ fontSize: `${type}px` }) });

const SCREENS = [[19, 463, 430], [19, 463, 325], [19, 463, 270], [16, 390, 430], [28.6, 690, 520], [57, 1390, 990]]; // em; the panel's width and height
const HARDLY = 150; // of some 950 that a plate has; the two pixels that are kept free along it are 100 of them

const layersOf = (widths) => widths.map((total, layer) => {
  const shown = [...Array(total).keys()];
  return { layer, total, shown, x: layer / (widths.length - 1), y: shown.map((k) => (k + 0.5) / total) };
});

/** The picture of a network on a screen before a class, or on a page of a panel and the longest name; and each layer's wires as lines between the edges of its neurons. */
function laidOut(widths, screen, { panel: [clientWidth, clientHeight] = [], named, oneColumn } = {}) {
  const [em, wide, high] = screen ?? [];
  const ui = { oneColumn, projecting: Boolean(screen), screen: { em, wide, high }, parts: { network: { clientWidth, clientHeight } }, data: { diagram: { layers: layersOf(widths) } } };
  const stage = stageOf(ui);
  const room = stage.height - stage.top - stage.bottom;
  const picture = { ...stage, room, ...neuronSizes(ui, stage.layers, room), named };
  const ends = (below, above) => above.shown.flatMap((_, i) => below.shown.map((__, j) => shorten(spotOf(picture, below, j), spotOf(picture, above, i), picture.half + 2)));
  return { picture, gaps: stage.layers.slice(1).map((above, l) => ends(stage.layers[l], above)) };
}

test("no number on a wire lies over another, over a neuron or over a number beside one", () => {
  for (const widths of [[2, 3, 2], [2, 2, 2], [3, 2, 1], [2, 3, 1], [1, 1]]) {
    for (const screen of SCREENS) {
      const { picture, gaps } = laidOut(widths, screen);
      for (const wires of gaps.filter(({ length }) => length <= 6)) {
        const places = placesOnWires(wires, takenIn(picture));
        const over = places.map((place, i) => overlap(place, places.filter((_, k) => k !== i), takenIn(picture)));
        assert.ok(Math.max(...over) < HARDLY, `${widths} on ${screen}: ${over.map(Math.round)}`);
      }
    }
  }
});

test("on a page, a phone's too, no number on a wire lies over what is beside a neuron, however long its name", () => {
  for (const [panel, named, oneColumn] of [[[508, 370], 1], [[508, 370], "∂J/∂z".length], [[356, 284], 1, true], [[286, 284], 1, true]]) {
    const over = [[2, 3, 2], [2, 2, 2], [2, 5, 4, 1], [1, 1]].flatMap((widths) => {
      const { picture, gaps } = laidOut(widths, undefined, { panel, named, oneColumn });
      const taken = takenIn(picture);
      return gaps.filter(({ length }) => length <= 9).flatMap((wires) => placesOnWires(wires, taken).map((place, i, places) => overlap(place, places.filter((_, k) => k !== i), taken)));
    });
    assert.equal(over.length, 6 + 6 + 4 + 4 + 4 + 1);
    assert.ok(Math.max(...over) < HARDLY, `${panel} ${named}: ${over.map(Math.round)}`);
  }
});

test("where numbers on wires would lie over one another they are a crowd, which is left out", () => {
  const crowded = (widths, panel) => {
    const { picture, gaps } = laidOut(widths, undefined, { panel, named: 1, oneColumn: true });
    return gaps.map((wires) => crowd(placesOnWires(wires, takenIn(picture)), takenIn(picture)));
  };
  assert.deepEqual(crowded([2, 3, 2], [286, 284]), [false, false]);
  assert.deepEqual(crowded([2, 3, 3, 1], [286, 284]), [false, true, true]);
});

test("a neuron is as wide as a number, be the picture as low as it may", () => {
  for (const most of [1, 3, 6, 10]) {
    const { picture } = laidOut([2, most, 1], undefined, { panel: [356, 284], oneColumn: true });
    assert.ok(picture.half >= 21.5 && picture.radius <= picture.half && picture.radius > 13, `${most}: ${picture.half}, ${picture.radius}`);
  }
});

test("a long name takes its place left of the number below a neuron", () => {
  const [short, long] = [1, 6].map((named) => takenIn(laidOut([2, 3, 2], undefined, { panel: [508, 370], named }).picture));
  const lefts = (boxes) => boxes.map(([x, , width]) => x - width / 2);
  const moved = lefts(short).map((left, i) => left - lefts(long)[i]).filter((by) => by > 40);
  assert.equal(moved.length, 3 + 2);
});

test("a layer stands within the picture with what is beside its neurons", () => {
  const { picture } = laidOut([2, 3, 2], SCREENS[1]);
  for (const layer of picture.layers) assert.ok(across(picture, layer) > 40 && across(picture, layer) < picture.width - 24);
});

test("large type has a picture that is drawn larger, as long as there is room between the layers", () => {
  const sizes = [16, 24, 40].map((size) => {
    type = size;
    const { width, height } = stageOf({ projecting: false, parts: { network: { clientWidth: 508, clientHeight: 370 } }, data: { diagram: { layers: layersOf([2, 3, 2]) } } });
    return [width, height];
  });
  type = 16;
  assert.deepEqual(sizes, [[480, 370], [348, 370 / 1.5], [348, 218]]);
});
