// The line itself: it asks the room again and again, and shows what it is told.

import { question } from "./asked.js";
import { club, keyOf, kept, pause, say, tell, words } from "./club.js";
import { make } from "./dom.js";
import { apart, atRest, hearHands, look, rejoin, takePlace } from "./follow.js";
import { button, controls, offers, tools } from "./lead.js";

const LOOK = 100; // milliseconds between two looks at the address
const BETWEEN = [150, 350]; // milliseconds between two questions, so that not all ask at once
const WAITS = [1, 2, 4, 8, 15]; // seconds, while nobody answers
const UNSEEN = 15_000; // milliseconds between two questions of a teacher's page that another window hides
const SLEPT = 60_000;
const LEFT = 3_000; // milliseconds after which a page without its line is in no room

const between = ([least, most]) => least + Math.random() * (most - least);

/** Asks the room what is new, until the page is in another room or in none. */
async function listen() {
  const run = (club.run += 1);
  let failures = 0;
  while (club.run === run) {
    if (document.hidden && !(await seenAgain(run))) return;
    const answer = await asked();
    if (club.run !== run) return;
    failures = answer.token ? 0 : failures + 1;
    take(answer);
    if (answer.kind === "gone") return;
    await (failures ? untilBack(1000 * WAITS[Math.min(failures, WAITS.length) - 1] * between([0.7, 1.3])) : pause(between(BETWEEN)));
  }
}

/** Waits so long, or until the browser says that it has a network again. */
const untilBack = (milliseconds) => Promise.race([pause(milliseconds), new Promise((resolve) => addEventListener("online", resolve, { once: true }))]);

/** What the room says; what was to be waited for is given up if something else is wanted. */
async function asked() {
  const peek = club.peek ? "&peek" : "";
  const wanted = new Promise((resolve) => (club.again = { abort: () => resolve({ again: true }) }));
  const answer = await Promise.race([tell(`?since=${club.peek === club.peeked ? (club.seen?.token ?? "") : ""}${peek}`).catch(() => ({ kind: "lost" })), wanted]);
  if (answer.again) return { ...club.seen, token: "", again: true };
  club.peeked = club.peek;
  return answer;
}

/** Waits until the page can be seen. A teacher's goes on, more seldom: the class is led as long as it is open. */
async function seenAgain(run) {
  const since = performance.now();
  const shown = new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
  await Promise.race([shown, ...(club.seen?.teaches ? [pause(UNSEEN)] : [])]);
  if (!document.hidden && performance.now() - since > SLEPT && !club.seen?.teaches) say(words("woken"));
  return club.run === run;
}

function take(answer) {
  if (answer.again) return;
  if (!answer.token) {
    club.trouble = answer.said ?? words("lost");
    if (answer.kind === "gone") club.seen = null;
    return club.draw();
  }
  const before = club.seen, back = Boolean(club.trouble);
  Object.assign(club, { seen: answer, trouble: "" });
  if (answer.question?.name !== before?.question?.name) club.draft = "";
  takePlace(answer, before, back);
  tellKey(answer.teaches);
  club.draw();
}

/** Tells the page's session a key that has been found right, for the notes that are a teacher's alone. */
function tellKey(teaches) {
  if (!teaches || club.data.key || club.keyTold || !atRest()) return;
  club.keyTold = true;
  club.send("key", club.key);
}

// drawing: a part that says what it said stays as it is, and keeps the focus

function part(name, state, made) {
  const el = club.root.querySelector(`[data-part="${name}"]`);
  const text = JSON.stringify(state);
  if (!el || el.state === text) return;
  el.state = text;
  const focused = el.contains(document.activeElement) ? document.activeElement.textContent : null;
  el.replaceChildren(...made().flat());
  if (focused !== null) [...el.querySelectorAll("button, input")].find((one) => !one.disabled && (one.textContent === focused || one.tagName === "INPUT"))?.focus();
}

function draw() {
  if (!club.root) return;
  const { seen, code } = club;
  const away = apart();
  const name = seen?.teaches ? [make("strong", { class: "mlp-class-name" }, code)] : [make("span", {}, words("in_room", { code }))];
  part("head", [code, seen?.teaches, seen?.follow, club.following, seen?.here, Boolean(seen?.question), club.ending, Boolean(club.offers), club.trouble], () => [
    ...name,
    ...(seen?.teaches ? controls(seen) : [make("span", { class: "mlp-class-note" }, stateOf(seen)), button(words("leave"), leave, { class: "mlp-class-button mlp-class-quiet" })]),
  ]);
  part("apart", away, () => (away ? [away[0] ? make("span", {}, words(...away)) : [], button(words("back"), rejoin)] : []));
  part("said", [club.trouble, seen?.said, club.note], () => [...new Set([club.trouble, seen?.teaches ? "" : seen?.said, club.note])].filter(Boolean).map((text) => make("p", {}, text)));
  part("offers", [club.offers, Boolean(seen?.question)], () => (seen?.question ? [] : offers()));
  part("question", [seen?.question, seen?.teaches, club.peek, club.answered], () => (seen?.question ? [question(seen.question, seen.teaches, seen.teaches ? tools(seen.question) : null)] : []));
}

function stateOf(seen) {
  if (!seen) return "";
  if (!seen.follow) return words("roaming");
  return club.following ? words("following") : words("alone");
}

function leave() {
  club.run += 1;
  kept.write(`mlpviz.room.${club.code}`, "");
  club.send("leave", true);
}

// the component

/** The page leaves the line its room: what gets the focus is not scrolled under it. */
const heights = new ResizeObserver(([{ target }]) => document.documentElement.style.setProperty("--mlp-strip", `${target.offsetHeight}px`));

function enter(data, root) {
  if (data.code !== club.code) {
    Object.assign(club, { code: data.code, seen: null, aim: null, landed: "", untold: 0, written: undefined, keyTold: false, following: true, trouble: "", offers: null, ending: false, peek: false });
    club.key = keyOf(data.code, data.key);
    listen();
  } else if (!club.ticking) listen();
  if (!club.ticking) {
    club.ticking = setInterval(look, LOOK);
    club.heard = new AbortController();
    hearHands(club.heard.signal);
  }
  heights.observe(root);
  if (!root.firstChild) root.append(...["head", "apart", "said", "offers", "question"].map((name) => make("div", { class: `mlp-class-${name}s`, "data-part": name, ...(name === "said" ? { role: "status" } : {}) })));
}

function end() {
  club.run += 1;
  clearInterval(club.ticking);
  club.heard.abort();
  Object.assign(club, { ticking: null, code: "", seen: null });
}

export default function ({ data: [data], parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".mlp-class");
  clearTimeout(club.leaving);
  Object.assign(club, { data, root, draw, say, send: setTriggerValue });
  enter(data, root);
  draw();
  return () => {
    if (club.root === root) club.root = null;
    club.leaving = setTimeout(end, LEFT); // another page of the program may draw it
  };
}
