// The course of the updates: how many lie behind, J and what it was, and the trail that J has left.

import { make } from "./dom.js";
import { say } from "./messages.js";
import { format, plain } from "./number.js";
import { keepsBack } from "./state.js";

const PLOT = { wide: 1000, tall: 100, points: 400 }; // of the picture's own coordinates: it is stretched to its room; and the most points of its line
const LEAST_DIGITS = 5; // of J at least: a step downhill is small

/** Shows the course from the first update on. */
export function showCourse(ui) {
  const { parts, course, running, trouble } = ui;
  const shown = Boolean(course && (course.at || course.last > course.first || running || trouble));
  parts.course.hidden = !shown;
  ui.root.classList.toggle("mlp-going", Boolean(running || ui.unsent));
  if (!shown) return;
  parts.update.textContent = say(ui, "updates", { count: course.at });
  if (keepsBack(ui, ["cost"])) return keepCost(ui);
  const J = (value) => format(value, Math.max(LEAST_DIGITS, ui.data.digits));
  const cost = ui.book.cost.data[0];
  parts.here.hidden = false;
  parts.score.replaceChildren(`${ui.book.cost.entry[0][0]} = `, make("b", {}, J(cost)), ...(course.before === undefined ? [] : [" ", make("span", { class: "mlp-note" }, say(ui, "was", { value: J(course.before) }))]));
  parts.outcome.textContent = remark(ui);
  drawTrail(ui, cost);
}

/** J is to be predicted: nothing here tells it. */
function keepCost({ book, parts }) {
  parts.score.textContent = `${book.cost.entry[0][0]} = ?`;
  parts.outcome.textContent = "";
  parts.line.setAttribute("points", "");
  parts.here.hidden = true;
  parts.trailpicture.removeAttribute("aria-label");
  parts.back.removeAttribute("aria-valuetext");
}

/** What is said below the picture. */
function remark(ui) {
  const { trouble, running, course } = ui;
  if (trouble) return say(ui, trouble.update > course.first ? "diverged" : "no_update", { update: trouble.update, cost: format(trouble.cost, ui.data.digits) });
  if (running) return say(ui, running.made < running.count ? "pace_made" : "pace_stated", { count: running.count, made: running.made });
  return say(ui, course.first ? "trail_begins" : "trail_kept", { count: course.first });
}

/** The course in words, for whoever does not see the picture. */
export function courseInWords(ui) {
  const { course } = ui;
  const J = (value) => format(value, Math.max(LEAST_DIGITS, ui.data.digits));
  const name = ui.book.cost.entry[0][0];
  return say(ui, "trail", { name, first: course.first, begun: J(course.costs[0] ?? ui.book.cost.data[0]), at: course.at, now: J(ui.book.cost.data[0]) });
}

/** The line of J over the updates, and where the course stands now; the limits of its axes are round numbers, so that they seldom change. */
function drawTrail(ui, cost) {
  const { parts, course } = ui;
  const { first, last, gap, costs, at } = course;
  const [top, end] = [roundedUp(Math.max(course.highest, cost) || 1), Math.max(roundedUp(last - first), 10)];
  const [x, y] = [(update) => (PLOT.wide * (update - first)) / end, (value) => PLOT.tall * (1 - value / top)];
  const every = Math.max(1, Math.ceil(costs.length / PLOT.points));
  const points = [];
  for (let i = 0; i < costs.length; i += every) if (first + i * gap !== at) points.push([first + i * gap, costs[i]]);
  points.push([at, cost]);
  points.sort(([one], [other]) => one - other);
  parts.line.setAttribute("points", points.map(([update, value]) => `${x(update).toFixed(1)},${y(value).toFixed(2)}`).join(" "));
  Object.assign(parts.here.style, { left: `${(100 * x(at)) / PLOT.wide}%`, top: `${(100 * y(cost)) / PLOT.tall}%` });
  parts.trailpicture.setAttribute("aria-label", courseInWords(ui));
  parts.highest.textContent = plain(top);
  parts.costname.textContent = ui.book.cost.entry[0][0];
  parts.firstupdate.textContent = first;
  parts.lastupdate.textContent = first + end;
  const { back } = parts;
  Object.assign(back, { min: first, max: first + end, value: at });
  back.setAttribute("aria-valuetext", say(ui, "at_update", { update: at, name: ui.book.cost.entry[0][0], value: format(cost, Math.max(LEAST_DIGITS, ui.data.digits)) }));
}

/** The next of 1, 2 and 5 times a power of ten. */
function roundedUp(value) {
  if (!(value > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(value) + 1e-12);
  return Number(([1, 2, 5, 10].find((step) => value <= step * power * (1 + 1e-12)) * power).toPrecision(1));
}
