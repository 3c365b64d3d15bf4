// The ledger: every matrix by layer, blank until it is computed; large ones as a window on their heat map.

import { make, put } from "./dom.js";
import { entries } from "./expand.js";
import { fill, light, makeAxis, makeGrid, moveAxis, partShown } from "./grid.js";
import { inOneLine, say } from "./messages.js";
import { scientific } from "./number.js";
import { progress } from "./state.js";
import { arrows } from "./windows.js";

const CELLS = 16;
const MAP = { width: 220, height: 120 };

/** Builds the ledger once for a payload. */
export function makeLedger(ui) {
  const groups = new Map();
  for (const matrix of Object.values(ui.book).filter((each) => !each.hidden)) {
    const name = matrix.key.includes("[") ? matrix.layer : "loss";
    groups.set(name, [...(groups.get(name) ?? []), matrix]);
  }
  const sorted = [...groups].sort(([a], [b]) => (a === "loss") - (b === "loss") || a - b);
  return sorted.map(([name, matrices]) => {
    const cards = matrices.sort((a, b) => a.rank - b.rank).map((matrix) => makeCard(ui, matrix));
    return make("section", { class: "mlp-layer" }, make("h4", {}, groupName(ui, name)), make("div", { class: "mlp-cards" }, cards));
  });
}

function groupName(ui, name) {
  if (name === "loss") return say(ui, "loss_group");
  const text = say(ui, "layer", { layer: name + ui.firstLayer });
  const kind = name === 0 ? say(ui, "input") : ui.data.architecture.activations?.[name - 1];
  return kind ? `${text} · ${kind}` : text;
}

function makeCard(ui, matrix) {
  const [rows, columns] = matrix.transposed ? [matrix.columns, matrix.rows] : [matrix.rows, matrix.columns];
  const [tall, wide] = matrix.transposed ? [...matrix.shape].reverse() : matrix.shape;
  const grid = makeGrid(ui, matrix, matrix.transposed, makeAxis(rows, CELLS, tall), makeAxis(columns, CELLS, wide));
  ui.ledger.push(grid);
  if (rows.length > CELLS || columns.length > CELLS) grid.el.append(makeMap(ui, grid));
  const travels = rows.length < tall || columns.length < wide;
  if (travels) grid.el.append(make("div", { class: "mlp-note" }, say(ui, "travelling", { rows: rows.length, columns: columns.length, tall, wide })));
  if (ui.data.device?.differences[matrix.key]) grid.el.append(make("div", { class: "mlp-note", "data-difference": matrix.key }));
  if (matrix.role === "gradient") grid.el.append(make("div", { class: "mlp-proof", "data-proof": matrix.key }));
  return grid.el;
}

/** A heat map of the whole matrix with the window on it: drag or click it, or use the buttons or the arrows in the cells. */
function makeMap(ui, grid) {
  const { rows, columns } = grid;
  const canvas = make("canvas", { class: "mlp-map", width: columns.list.length, height: rows.list.length, "aria-hidden": "true" });
  const frame = make("div", { class: "mlp-frame" });
  const scale = Math.min(MAP.width / columns.list.length, MAP.height / rows.list.length, 6);
  const box = make("div", { class: "mlp-mapbox" }, canvas, frame);
  box.style.width = `${columns.list.length * scale}px`;
  box.style.height = `${rows.list.length * scale}px`;
  const where = make("div", { class: "mlp-where" });
  const drag = (event) => {
    const area = box.getBoundingClientRect();
    moveAxis(columns, ((event.clientX - area.left) / area.width) * columns.list.length - columns.size / 2);
    moveAxis(rows, ((event.clientY - area.top) / area.height) * rows.list.length - rows.size / 2);
  };
  box.onpointerdown = (event) => (box.setPointerCapture(event.pointerId), drag(event));
  box.onpointermove = (event) => event.buttons && drag(event);
  grid.onfill = () => showMap(ui, grid, canvas, frame, where);
  return make("div", { class: "mlp-window" }, box, arrows(grid), where);
}

function showMap(ui, grid, canvas, frame, where) {
  const { rows, columns } = grid;
  const part = (axis, list) => ({ [axis]: (100 * list.start) / list.list.length, size: (100 * list.size) / list.list.length });
  const [down, along] = [part("top", rows), part("left", columns)];
  Object.assign(frame.style, { top: `${down.top}%`, height: `${down.size}%`, left: `${along.left}%`, width: `${along.size}%` });
  where.textContent = inOneLine(ui, [partShown(ui, "here_row", rows), partShown(ui, "here_column", columns)]);
  if (grid.painted === grid.level) return;
  grid.painted = grid.level;
  paint(ui, grid, canvas);
}

/** Paints every number that travelled as one pixel; nothing while it is not computed. */
function paint(ui, grid, canvas) {
  const { matrix, rows, columns } = grid;
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  if (grid.level !== "all") return;
  const image = context.createImageData(canvas.width, canvas.height);
  const wide = columns.list.length;
  const [negative, zero, positive] = ui.scale;
  for (let i = 0; i < rows.list.length; i++) {
    for (let j = 0; j < wide; j++) {
      const value = grid.flip ? matrix.data[j * matrix.columns.length + i] : matrix.data[i * matrix.columns.length + j];
      const at = Math.max(-1, Math.min(1, value / (matrix.limit || 1))) || 0;
      const end = at < 0 ? negative : positive;
      for (let k = 0; k < 3; k++) image.data[4 * (i * wide + j) + k] = zero[k] + (end[k] - zero[k]) * Math.abs(at);
      image.data[4 * (i * wide + j) + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

/** Brings the ledger up to date with the step and lights the number asked about, with its sources. */
export function showLedger(ui) {
  const { term, pinned, now, name } = ui.asked;
  const read = pinned && term ? entries(term) : [];
  const at = (list, matrix) => new Set(list.filter((entry) => entry.matrix === matrix).map((entry) => `${entry.row},${entry.column}`));
  const touched = new Set([...read.map((entry) => entry.matrix), name && ui.asked.subject.matrix]);
  for (const grid of ui.ledger) {
    fill(grid);
    const lit = touched.has(grid.matrix);
    if (lit || grid.lit) light(grid, { subject: name, source: at(read, grid.matrix), now: at(now, grid.matrix), fading: false });
    grid.lit = lit;
    grid.el.classList.toggle("mlp-current", grid.matrix.key === ui.data.steps[ui.step].target);
  }
  showDifferences(ui);
}

/** Says of every array that is computed how far it is from the CPU's, where another device computed it. */
function showDifferences(ui) {
  const differences = ui.data.device?.differences ?? {};
  if (!Object.keys(differences).length) return;
  for (const badge of ui.root.querySelectorAll("[data-difference]")) {
    const key = badge.dataset.difference;
    put(badge, progress(ui, ui.book[key]) === "all" ? differences[key] : "\u00a0");
  }
}

/** Writes the badge of every gradient whose proof has arrived and belongs to the numbers on screen. */
export function showProofs(ui) {
  for (const badge of ui.root.querySelectorAll("[data-proof]")) {
    const proof = ui.proofs?.[badge.dataset.proof];
    const due = progress(ui, ui.book[badge.dataset.proof]) !== "none";
    put(badge, !due || ui.away ? "" : proof ? proofText(ui, proof) : say(ui, "checking"));
    badge.classList.toggle("mlp-proven", Boolean(due && !ui.away && proof?.passed));
  }
}

function proofText(ui, proof) {
  const { error, passed, checked, of, skipped, there } = proof;
  if (error === null) return say(ui, "unchecked");
  const value = error === 0 ? "0" : scientific(error, 0);
  const scope = say(ui, checked + skipped >= of ? "all_entries" : "some_entries", { checked, count: of });
  const left = skipped ? [say(ui, "skipped", { skipped })] : [];
  return `${passed ? "✓" : "✗"} ${inOneLine(ui, [say(ui, there ? "proof_there" : "proof", { value }), scope, ...left])}`;
}
