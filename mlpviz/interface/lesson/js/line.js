// The line of a lesson above a page: where one is in it, the scene, and the way on.

import { make } from "../../stepper/js/dom.js";
import { doneOf, note } from "./progress.js";
import { notesOf, questionOf, tasksOf } from "./scene.js";
import { standsAt, watchPage } from "./watching.js";

const PROJECTING = "mlp-projecting"; // the class of the page while it is on the wall
const ROOM = "--mlp-above"; // what the line takes there, at the top

function draw(line) {
  const { data, root } = line;
  const shown = data.here ? [make("p", { class: "mlp-lesson-say" }, data.say), questionOf(line), make("div", { class: "mlp-lesson-foot" }, [data.tasks.length ? tasksOf(line) : null, notesOf(line)].filter(Boolean))] : [elsewhere(line)];
  const body = make("div", { class: "mlp-lesson-body" }, shown.filter(Boolean));
  body.hidden = Boolean(line.folded);
  const held = holds(root);
  root.replaceChildren(heads(line), body);
  if (held) root.querySelector(held)?.focus({ preventScroll: true });
}

/** How to find again what has the focus, once it was drawn anew. */
function holds(root) {
  const el = document.activeElement;
  if (!root.contains(el)) return "";
  if (el.dataset.do) return `[data-do="${el.dataset.do}"]`;
  const choices = [...root.querySelectorAll(".mlp-lesson-choice")];
  return choices.includes(el) ? `.mlp-lesson-choice:nth-of-type(${choices.indexOf(el) + 1})` : "";
}

function heads(line) {
  const { title, scene, number, count, texts } = line.data;
  const whole = line.done.size >= line.data.tasks.length;
  return make(
    "div",
    { class: "mlp-lesson-heads" },
    button(line, "fold", line.folded ? "▸" : "▾", { "aria-expanded": String(!line.folded), "aria-label": texts.fold, title: texts.fold }, () => fold(line)),
    make("strong", { class: "mlp-lesson-title" }, title),
    make("span", { class: "mlp-lesson-place" }, texts.place, make("b", {}, scene)),
    dots(line),
    make("span", { class: "mlp-lesson-ways" },
      button(line, "back", ["◀", make("span", {}, ` ${texts.back}`)], number > 1 ? {} : { disabled: "" }, () => line.go(number - 1)),
      button(line, "on", [make("span", {}, `${texts.on} `), "▶"], { class: `mlp-lesson-button${whole ? " mlp-lesson-lit" : ""}`, ...(number < count ? {} : { disabled: "" }) }, () => line.go(number + 1)),
      button(line, "leave", "×", { "aria-label": texts.leave, title: texts.leave }, () => line.send("leave", Date.now())),
    ),
  );
}

function button(line, name, text, attributes, does) {
  const el = make("button", { type: "button", class: "mlp-lesson-button", "data-do": `lesson-${name}`, ...attributes }, text);
  el.onclick = does;
  return el;
}

/** A dot for each scene: full where all of it was done in this browser. */
function dots(line) {
  const { lesson, scenes, number } = line.data;
  const dot = ({ title, tasks, label }, at) => {
    const whole = tasks > 0 && doneOf(lesson, at + 1).size >= tasks;
    const current = at + 1 === number ? { "aria-current": "step" } : {};
    return button(line, `dot-${at + 1}`, whole ? "●" : "○", { class: "mlp-lesson-dot", title, "aria-label": whole ? `${label} ✓` : label, ...current }, () => line.go(at + 1));
  };
  return make("span", { class: "mlp-lesson-dots" }, scenes.map(dot));
}

/** What is said on another page than the scene's. */
const elsewhere = (line) => make("p", { class: "mlp-lesson-say" }, button(line, "here", line.data.texts.elsewhere, {}, () => line.go(line.data.number)));

function fold(line) {
  line.folded = !line.folded;
  draw(line);
}

/** Marks what has been done by now, of what the page can tell and of what the server says. */
function look(line, asked) {
  const { lesson, number, tasks, met, here } = line.data;
  line.armed ||= standsAt() === line.data.start;
  const isDone = ({ kind, at, of, right }, task) => {
    if (met[task]) return true;
    if (!here) return false;
    if (kind === "reached") return line.armed && standsAt() >= at;
    if (kind === "explained") return asked === of;
    return kind === "guessed" && Boolean(line.answer) && (!right || rightNow(line));
  };
  const found = tasks.map((each, task) => isDone(each, task) && note(lesson, number, task)).some(Boolean);
  line.done = doneOf(lesson, number);
  return found;
}

const rightNow = ({ data: { question }, answer }) => Boolean(question?.options.find(({ key }) => key === answer)?.right);

/** On the wall the line stands at the top, and the stepper leaves it room. */
function makeRoom(root) {
  const above = document.documentElement.classList.contains(PROJECTING) ? `${root.offsetHeight}px` : "";
  if (document.documentElement.style.getPropertyValue(ROOM) !== above) document.documentElement.style.setProperty(ROOM, above);
}

/** What stays of a scene while the server draws the page anew: its answer, and that somebody is at it. */
function taken(line, data, send) {
  const same = line.data && line.data.lesson === data.lesson && line.data.number === data.number;
  const asked = JSON.stringify(data.question?.options ?? null);
  if (!same) Object.assign(line, { armed: false, answer: null });
  if (line.asked !== asked) line.answer = null; // another right answer, perhaps
  Object.assign(line, { data, asked, send });
}

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".mlp-lesson");
  const line = (root.mlpviz ??= { root, done: new Set() });
  taken(line, data, setTriggerValue);
  const drawn = (asked) => look(line, asked) && draw(line);
  line.go = (number) => line.send("go", { scene: number, at: Date.now() });
  line.choose = ({ key }) => {
    line.answer = key;
    look(line, null);
    draw(line);
  };
  look(line, null);
  draw(line);
  const unwatch = watchPage(drawn);
  const arm = () => (line.armed = true);
  const wall = new ResizeObserver(() => makeRoom(root));
  const projecting = new MutationObserver(() => makeRoom(root));
  wall.observe(root);
  projecting.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
  for (const name of ["keydown", "pointerdown"]) document.addEventListener(name, arm, true);
  return () => {
    unwatch();
    wall.disconnect();
    projecting.disconnect();
    document.documentElement.style.removeProperty(ROOM);
    for (const name of ["keydown", "pointerdown"]) document.removeEventListener(name, arm, true);
  };
}
