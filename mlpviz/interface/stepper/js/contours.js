// A function of two numbers on a grid as a map: bands of colour between levels, and the lines of equal value.

import { range } from "./matrix.js";

const BANDS = 10;
const HIGH = 0.97; // of the values: what is above counts to the last band, so that one steep corner leaves the rest its colours

/** A grid of values: `at(i, j)` for i of `wide` columns and j of `tall` rows, from the lower left corner. */
export function surface(wide, tall, at) {
  return { wide, tall, values: Float64Array.from(range(wide * tall), (k) => at(k % wide, Math.floor(k / wide))) };
}

/** Levels in even steps of the value between the bands, and the ends of what the colours stand for. */
export function levelsOf({ values }) {
  const finite = values.filter(Number.isFinite).sort();
  if (!finite.length) return { lowest: 0, highest: 1, levels: [], more: false };
  const [lowest, most] = [finite[0], finite.at(-1)];
  const usual = finite[Math.floor(HIGH * (finite.length - 1))];
  const more = most - lowest > 2 * (usual - lowest);
  const highest = more ? usual : most;
  const levels = highest > lowest ? range(BANDS - 1).map((k) => lowest + ((highest - lowest) * (k + 1)) / BANDS) : [];
  return { lowest, highest, levels, more };
}

/** The lines on which a surface has a value, as short pieces [x, y, u, v] in steps of the grid: each cell is two triangles. */
export function contour({ wide, tall, values }, level) {
  const corner = (i, j) => [i, j, values[j * wide + i]];
  return range(tall - 1).flatMap((j) => range(wide - 1).flatMap((i) => {
    const [a, b, c, d] = [corner(i, j), corner(i + 1, j), corner(i, j + 1), corner(i + 1, j + 1)];
    return [crossing([a, b, c], level), crossing([d, c, b], level)].filter(Boolean);
  }));
}

/** The piece of a line through a triangle; none if all its corners are on one side. */
function crossing(corners, level) {
  const ends = corners.flatMap(([x, y, value], k) => {
    const [u, v, other] = corners[(k + 1) % 3];
    if (value >= level === other >= level || !Number.isFinite(value) || !Number.isFinite(other)) return [];
    const part = (level - value) / (other - value);
    return [[x + part * (u - x), y + part * (v - y)]];
  });
  return ends.length === 2 ? ends.flat() : null;
}

/** Where, along a line of constant y through a surface, it is at or above a level: pieces [from, to] in steps of the grid. */
export function runs({ wide, tall, values }, y, level) {
  const j = Math.min(tall - 2, Math.floor(y));
  const part = y - j;
  const along = range(wide).map((i) => mixed(values[j * wide + i], values[(j + 1) * wide + i], part));
  const found = [];
  for (let i = 0; i < wide - 1; i += 1) {
    const piece = above(along[i], along[i + 1], level);
    if (!piece) continue;
    if (found.length && found.at(-1)[1] === i + piece[0]) found.at(-1)[1] = i + piece[1];
    else found.push([i + piece[0], i + piece[1]]);
  }
  return found;
}

const mixed = (low, high, part) => (part === 0 ? low : part === 1 ? high : low + part * (high - low));

/** Of a step from one value to the next, the part that is at or above a level. */
function above(from, to, level) {
  if (Number.isNaN(from) || Number.isNaN(to) || (from < level && to < level)) return null;
  if (from >= level && to >= level) return [0, 1];
  const part = Number.isFinite(to - from) ? (level - from) / (to - from) : 0.5;
  return from >= level ? [0, part] : [part, 1];
}
