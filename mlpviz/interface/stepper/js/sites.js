// Where the neurons and the numbers of the picture stand: how large a neuron is, and the place of a number on its wire.

import { PICTURE } from "./stage.js";

const BELOW = 20.5; // of a neuron on the wall, for the number there
export const BESIDE = { up: 12, across: 42, wide: 50, high: 17, letter: 15, name: 28 }; // numbers below and above a neuron, and the letter left of them, which ends at name
const LETTER = 10.5; // of a name, its width
export const ON_WIRE = { wide: 48, high: 17 };

const TIGHT = 16.5; // the least radius of a neuron on the wall with y above it
const ROOMY = 22; // and the largest
const WIDEST = 43; // the widest that a neuron holds
const ABOVE = 43; // of a neuron there, for the numbers above and below
const APART = 2; // between two plates
const SPOTS = [0.5, 0.38, 0.62, 0.27, 0.73, 0.18, 0.82]; // along a wire, the best first
const CLOSE = [...Array(41).keys()].map((i) => 0.5 + (i % 2 ? 1 : -1) * Math.ceil(i / 2) * 0.018); // where those do not do
const ROUNDS = 8;
const COVERED = 0.15; // of a number that may lie over others

/** How large a neuron is, its radius and half its width; whether there is room for numbers around it; and whether y stands beside the last layer or above. */
export function neuronSizes(ui, layers, room) {
  const most = Math.max(...layers.map((layer) => layer.shown.length));
  if (ui.projecting) {
    const withAbove = (room / layers.at(-1).shown.length - ABOVE) / 2;
    const aside = withAbove < TIGHT;
    const radius = Math.min(ROOMY, (room / most - BELOW) / 2, aside ? ROOMY : withAbove);
    return { radius, half: Math.max(radius, WIDEST / 2), detailed: true, wall: true, aside };
  }
  const [roomy, tight] = [0.3, 0.46].map((part) => (room / most) * part);
  const radius = roomy > 15.5 ? Math.min(25, roomy) : Math.min(16, tight);
  return { radius, half: Math.max(radius, WIDEST / 2), detailed: roomy > 15.5 };
}

/** Where a layer stands. */
export const across = (picture, layer) => PICTURE.side + layer.x * (picture.width - 2 * PICTURE.side - (picture.aside ? PICTURE.aside : 0));

/** Where the i-th neuron of a layer stands. */
export const spotOf = (picture, layer, i) => [across(picture, layer), picture.top + layer.y[i] * picture.room - (picture.wall ? BELOW / 2 : 0)];

/** A wire from the edge of one neuron to that of another. */
export function shorten([x, y], [u, v], by) {
  const length = Math.hypot(u - x, v - y);
  const [dx, dy] = [((u - x) / length) * by, ((v - y) / length) * by];
  return [[x + dx, y + dy], [u - dx, v - dy]];
}

/** Characters of a name that has room beside its number, left of a neuron's middle. */
export const SHORT = 2;

/** What numbers on wires keep clear of, as boxes [x, y, width, height]: neurons, the numbers around them and their names. */
export function takenIn(picture) {
  const { radius: r, half, layers, aside, wall, named } = picture;
  const letters = wall || named <= SHORT ? BESIDE.letter : BESIDE.name - BESIDE.wide / 2 + LETTER * named;
  const boxed = (last) => (layer, i) => {
    const [x, y] = spotOf(picture, layer, i);
    const beside = (up, left) => [x - left / 2, y + up, BESIDE.wide + left, BESIDE.high];
    return [[x - 0.1 * half, y, 2.1 * half, r], beside(r + BESIDE.up, layer === layers[0] ? 0 : letters), ...(last && !aside ? [beside(-r - BESIDE.up, BESIDE.letter)] : [])];
  };
  return layers.flatMap((layer) => layer.shown.flatMap((_, i) => boxed(layer === layers.at(-1))(layer, i)));
}

const pointAt = ([from, to], at) => [0, 1].map((k) => from[k] + (to[k] - from[k]) * at);
const lap = (one, other, size) => Math.max(0, size + APART - Math.abs(one - other));
const least = (items, cost) => items.reduce((best, one) => (cost(one) < cost(best) ? one : best));

/** How much of a plate lies over others. */
export function overlap([x, y], plates, taken) {
  const { wide, high } = ON_WIRE;
  const boxes = [...plates.map(([u, v]) => [u, v, wide, high]), ...taken];
  return boxes.reduce((sum, [u, v, w, h]) => sum + lap(x, u, (wide + w) / 2) * lap(y, v, (high + h) / 2), 0);
}

/** For wires [from, to] the places of their numbers, each where it is freest of the others and of what is taken. */
export function placesOnWires(wires, taken) {
  const places = [];
  for (const wire of wires) places.push(least(SPOTS.map((at) => pointAt(wire, at)), (spot) => overlap(spot, places, taken)));
  if (!crowding(places, taken)) return places;
  const others = SPOTS.map((at) => settled(wires, wires.map((wire) => pointAt(wire, at)), taken));
  return least([settled(wires, places, taken), ...others], (each) => crowding(each, taken));
}

/** Whether some number lies over others, or over what is taken, by more than a part of itself. */
export const crowd = (places, taken) => places.some((place, i) => overlap(place, without(places, i), taken) > COVERED * ON_WIRE.wide * ON_WIRE.high);

const without = (places, i) => places.filter((_, k) => k !== i);
const crowding = (places, taken) => places.reduce((sum, place, i) => sum + overlap(place, without(places, i), taken), 0);

/** Places from which each in turn has gone where it is freest, until none gains by it. */
function settled(wires, from, taken) {
  const places = [...from];
  for (let round = 0; round < ROUNDS; round += 1) {
    wires.forEach((wire, i) => (places[i] = least([places[i], ...CLOSE.map((at) => pointAt(wire, at))], (spot) => overlap(spot, without(places, i), taken))));
  }
  return places;
}
