// The part of a matrix that is in view where not all of it is: which rows and columns, and a way to the others.

import { make } from "./dom.js";
import { moveAxis, partShown } from "./grid.js";
import { say } from "./messages.js";

const WAYS = { columns: [["◀", "window_left", -1], ["▶", "window_right", 1]], rows: [["▲", "window_up", -1], ["▼", "window_down", 1]] };

const cut = (axis) => axis.list.length > axis.size;

/** A grid with a line for each axis that is not in view as a whole: "◀ columns 1–4 of 6 ▶". */
export function windowed(grid) {
  const axes = ["rows", "columns"].filter((name) => cut(grid[name]));
  if (!axes.length) return grid;
  const lines = axes.map((name) => [name, make("span", {})]);
  grid.el.append(make("div", { class: "mlp-where" }, lines.map(([name, where]) => mover(grid, name, where))));
  grid.onfill = () => lines.forEach(([name, where]) => (where.textContent = partShown(grid.ui, `window_${name.slice(0, -1)}`, grid[name])));
  return grid;
}

function mover(grid, name, where) {
  const [back, on] = WAYS[name].map((way) => arrow(grid, name, way, Math.max(1, grid[name].size - 1)));
  return make("div", { class: "mlp-mover" }, back, where, on);
}

/** A button that moves the window along an axis. */
function arrow({ ui, ...grid }, name, [text, title, way], by) {
  const button = make("button", { type: "button", title: say(ui, title), "aria-label": say(ui, title) }, text);
  button.onclick = () => moveAxis(grid[name], grid[name].start + way * by);
  return button;
}

/** The arrows beside a map: half a window each way. */
export function arrows(grid) {
  const halves = (name) => WAYS[name].map((way) => arrow(grid, name, way, grid[name].size / 2));
  return make("div", { class: "mlp-arrows" }, ["columns", "rows"].filter((name) => cut(grid[name])).flatMap(halves));
}
