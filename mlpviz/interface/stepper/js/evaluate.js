// Whole arrays from the program of a pass, as the engine binds it: written out as one function over one block of memory.
// A small array is written entry by entry, a larger one as loops; nothing here knows a formula.

import { PRIMITIVES } from "./expand.js";
import { range } from "./matrix.js";

const UNROLLED = 64; // entries of an array, times terms of each sum, up to which they are written out one by one
const TERMS = 32; // of a sum that is written out inside of loops

const INFIX = { add: "+", subtract: "-", multiply: "*", divide: "/" };

const NEW = "new ";

/** What an update leads to the next one with: the keys that are given and computed anew. */
function movedIn({ rows, arrays }) {
  const before = (key) => key.slice(NEW.length);
  return Object.keys(arrays).filter((key) => key.startsWith(NEW) && rows[arrays[before(key)]]?.[0] === "given").map(before);
}

/** A program laid out in memory: `places` has the entries' positions of each row, `size` is the memory's. What updates move stands first. */
function laidOut({ rows, arrays }, moved) {
  const places = [];
  let size = 0;
  const place = (row) => {
    const [operation, height, width, operand] = rows[row];
    if (operation === "transpose") {
      const { start, down, across } = places[operand];
      places[row] = { height, width, start, down: across, across: down };
    } else {
      places[row] = { height, width, start: size, down: width, across: 1 };
      size += height * width;
    }
  };
  for (const key of moved) place(arrays[key]);
  const kept = size;
  for (const row of rows.keys()) if (!places[row]) place(row);
  return { places, size, kept };
}

/** Where an entry stands, as text; `r` and `c` are numbers or names of indices. */
function position({ height, width, start, down, across }, r, c) {
  const steps = [[height === 1 ? 0 : r, down], [width === 1 ? 0 : c, across]];
  const fixed = steps.reduce((sum, [index, step]) => (typeof index === "number" ? sum + index * step : sum), start);
  const named = steps.filter(([index]) => typeof index !== "number").map(([index, step]) => (step === 1 ? index : `${index} * ${step}`));
  return `m[${[fixed, ...named].join(" + ")}]`;
}

const loop = (index, count, body) => `for (let ${index} = 0; ${index} < ${count}; ${index}++) { ${body} }`;

/** A statement for every entry of an array: one by one, or in loops. */
function everyEntry({ height, width }, statement, weight = 1) {
  if (height * width * weight > UNROLLED) return loop("r", height, loop("c", width, statement("r", "c")));
  return range(height).flatMap((r) => range(width).map((c) => statement(r, c))).join(" ");
}

/** What runs through all terms of a sum, a product or a maximum. */
function throughTerms(place, count, first, term, joined) {
  const unrolled = place.height * place.width * count <= UNROLLED;
  return everyEntry(place, (r, c) => {
    const entry = position(place, r, c);
    if (unrolled || count <= TERMS) return `${entry} = ${range(count).map((k) => term(r, c, k)).reduce(joined)};`;
    return `{ let x = ${first}; ${loop("k", count, `x = ${joined("x", term(r, c, "k"))};`)} ${entry} = x; }`;
  }, count);
}

const along = (place, axis) => (axis === 0 ? [place.height, (r, c, k) => position(place, k, c)] : [place.width, (r, c, k) => position(place, r, k)]);
const plus = (left, right) => `${left} + ${right}`;

const WRITTEN = {
  matmul: (places, place, left, right) =>
    throughTerms(place, places[left].width, "0", (r, c, k) => `${position(places[left], r, k)} * ${position(places[right], k, c)}`, plus),
  sum: (places, place, operand, axis) => throughTerms(place, ...reduced(along(places[operand], axis), "0", plus)),
  max: (places, place, operand, axis) =>
    throughTerms(place, ...reduced(along(places[operand], axis), "-Infinity", (left, right) => `maximum(${left}, ${right})`)),
  negate: (places, place, operand) => everyEntry(place, (r, c) => `${position(place, r, c)} = -${position(places[operand], r, c)};`),
};

const reduced = ([count, term], first, joined) => [count, first, term, joined];

/** The statements of one row. */
function statements([operation, , , ...operands], places, place) {
  if (WRITTEN[operation]) return WRITTEN[operation](places, place, ...operands);
  const statement = (to, given) => `${to} = ${INFIX[operation] ? given.join(` ${INFIX[operation]} `) : `${operation}(${given.join(", ")})`};`;
  const size = place.height * place.width;
  const lines = operands.map((operand) => inLine(places[operand], place));
  if (size > UNROLLED && !lines.includes(null)) return loop("i", size, statement(position(inLine(place, place), "i", 0), lines.map((line) => position(line, "i", 0))));
  return everyEntry(place, (r, c) => statement(position(place, r, c), operands.map((operand) => position(places[operand], r, c))));
}

/** The entries of an array as one line that runs as those of another do; a single number, or null if they do not run so. */
function inLine({ height, width, start, down, across }, other) {
  if (height * width === 1) return { height, width, start, down, across };
  const alike = height === other.height && width === other.width && down === width && across === 1;
  return alike ? { height: height * width, width: 1, start, down: 1, across: 1 } : null;
}

const STILL = ["given", "number", "transpose"]; // rows that compute nothing

/** The rows that some others need, themselves included. */
function needed({ rows }, wanted) {
  const found = new Set(wanted);
  for (let index = rows.length - 1; index >= 0; index--) {
    const [operation, , , ...operands] = rows[index];
    if (found.has(index) && operation !== "given" && operation !== "number") {
      (operation === "sum" || operation === "max" ? operands.slice(0, 1) : operands).forEach((operand) => found.add(operand));
    }
  }
  return found;
}

/** The program as the text of a module: `pass` computes everything, `cost` the cost alone, `descend` takes updates in a row. */
function source(program, { places }, moved) {
  const { rows } = program;
  const arrays = { cost: rows.length - 1, ...program.arrays }; // what has no cost may be asked for what it computes last
  const texts = rows.map((row, index) => (STILL.includes(row[0]) ? null : statements(row, places, places[index])));
  const copies = moved.map((key) => [places[arrays[key]], places[arrays[NEW + key]]]);
  const copied = copies.map(([to, from]) => everyEntry(to, (r, c) => `${position(to, r, c)} = ${position(from, r, c)};`));
  const of = (kept) => texts.filter((text, index) => text && kept.has(index));
  const update = needed(program, [...moved.map((key) => arrays[NEW + key]), arrays.cost]);
  const [pass, cost, moving, copying] = [of(new Set(rows.keys())), of(needed(program, [arrays.cost])), of(update), copied].map(inFunctions);
  const J = position(places[arrays.cost], 0, 0);
  return `export default (m, { ${Object.keys(PRIMITIVES).join(", ")} }) => {
${[pass, cost, moving, copying].flatMap(({ functions }) => functions).join("\n")}
return {
pass() { ${pass.calls} },
cost() { ${cost.calls} return ${J}; },
descend(costs) { for (let t = 0; t < costs.length; t++) { ${moving.calls} costs[t] = ${J}; ${copying.calls} } },
}; };`;
}

const AT_ONCE = 6000; // characters that an engine optimises well at once

/** Statements in a row. A loop is a function of its own, and so is a part of what is long: an engine optimises what it has seen run, and gives up what is too long. */
function inFunctions(texts, which) {
  const whole = texts.join("\n");
  if (whole.length <= AT_ONCE && !loops(whole)) return { functions: [], calls: whole };
  const parts = [];
  for (const text of together(texts)) {
    const joins = parts.length && !loops(text) && !loops(parts.at(-1)) && parts.at(-1).length + text.length <= AT_ONCE;
    if (joins) parts.push(`${parts.pop()}\n${text}`);
    else parts.push(text);
  }
  const name = (index) => `f${which}_${index}`;
  return { functions: parts.map((text, index) => `const ${name(index)} = () => { ${text} };`), calls: parts.map((_, index) => `${name(index)}();`).join(" ") };
}

/** Loops along one line that follow each other as one loop. */
function together(texts) {
  const list = [];
  for (const text of texts) {
    const head = LINE.exec(text)?.[0];
    if (head && list.at(-1)?.startsWith(head)) list.push(`${list.pop().slice(0, -2)} ${text.slice(head.length)}`);
    else list.push(text);
  }
  return list;
}

const LINE = /^for \(let i = 0; i < \d+; i\+\+\) \{ /;
const loops = (text) => text.includes("for (");

/** A live pass: `memory` with the place of every array, `pass()`, `cost()` and `descend(costs)`; updates move the arrays of the keys `moved`, whose entries are `state`, and leave those in the places `fixed`. */
export async function evaluator(program, load = loaded) {
  const moved = movedIn(program);
  const layout = laidOut(program, moved);
  const memory = new Float64Array(layout.size);
  program.rows.forEach(([operation, , , value], index) => {
    if (operation === "number") memory[layout.places[index].start] = value;
  });
  const { default: bound } = await load(source(program, layout, moved));
  const places = Object.fromEntries(Object.entries(program.arrays).map(([key, row]) => [key, layout.places[row]]));
  const fixed = Object.keys(places).filter((key) => program.rows[program.arrays[key]][0] === "given" && !moved.includes(key)).map((key) => places[key]);
  return { memory, places, moved, fixed, bound, state: memory.subarray(0, layout.kept), ...bound(memory, PRIMITIVES) };
}

/** The same pass over a memory of its own, for work that leaves what is on screen alone. */
export function twin({ memory, places, bound }) {
  const own = memory.slice();
  return { memory: own, places, ...bound(own, PRIMITIVES) };
}

/** A module from its text, by an address of its own: no text is evaluated, so that a page without "unsafe-eval" may. */
async function loaded(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The entries of an array, row by row. */
export function entriesOf({ memory }, { height, width, start, down, across }) {
  const entries = new Float64Array(height * width);
  for (let r = 0, i = 0; r < height; r++) for (let c = 0; c < width; c++, i++) entries[i] = memory[start + r * down + c * across];
  return entries;
}
