// A student's page between its own hand and the class: what the address tells comes later than what was done.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

let clock = 1_000, state = "notRunning", connection = "CONNECTED", sent = [];
const page = Object.assign(new EventTarget(), { querySelector: () => ({ getAttribute: (name) => (name === "data-test-script-state" ? state : connection) }) });
Object.assign(globalThis, { window: {}, document: page, location: { pathname: "/", search: "", href: "http://here/" }, history: { state: null } });
Object.defineProperty(globalThis, "performance", { value: { now: () => clock } });

const { club } = await import("../../../../mlpviz/interface/room/js/club.js");
const answers = [];
globalThis.fetch = async (_url, { body }) => {
  sent.push(JSON.parse(body));
  return { json: async () => answers.shift() ?? { kind: "done" } };
};
window.mlpvizShell = { secret: "0".repeat(32) };

const { apart, hearHands, look, rejoin, takePlace } = await import("../../../../mlpviz/interface/room/js/follow.js");
hearHands(new AbortController().signal);

const PAGES = { step: "Step", derive: "Derive", check: "Check" };
const at = (step) => ({ page: "step", query: `preset=xor&step=${step}`, by: "wall" });
const shows = (step, path = "/", preset = "xor") => Object.assign(location, { pathname: path, search: `?preset=${preset}&step=${step}&room=ABCD` });
const wait = (milliseconds) => { for (const end = clock + milliseconds; clock < end; clock += 50) look(); };
const hand = () => page.dispatchEvent(new Event("mlpviz:hand"));
const touch = () => { club.touched = clock; }; // a click outside the stepper

function led(step) {
  const seen = { follow: true, teaches: false, place: at(step) }, before = club.seen;
  club.seen = seen;
  takePlace(seen, before);
}

beforeEach(() => {
  sent = [];
  state = "notRunning";
  Object.assign(club, { saying: false, unsaid: false, refused: false, data: { moving: ["step", "line", "asked", "seen", "entry"], pages: PAGES }, code: "ABCD", seen: null, aim: null, landed: "", untold: 0, touched: 0, apart: null, written: undefined, following: true, draw() {}, send: (...what) => sent.push(what) });
  shows(3);
  led(3);
  wait(200);
});

test("a step before the address has told of the one that was led to is the reader's own", () => {
  led(4);
  hand();
  assert.equal(club.following, false);
  wait(100);
  shows(5); // the address never said 4
  wait(500);
  assert.equal(club.following, false);
  assert.deepEqual(apart(), ["step", { own: 6, other: 5 }]);
});

test("whoever has just stepped is not taken along by what comes before the address tells of it", () => {
  hand();
  led(4);
  assert.equal(club.aim, null);
  shows(2);
  wait(500);
  assert.deepEqual([club.following, apart()], [false, ["step", { own: 3, other: 5 }]]);
});

test("there and back within a moment, or to where the class goes anyhow, is with the class", () => {
  hand();
  hand();
  wait(500);
  assert.deepEqual([club.following, apart()], [true, null]);
  hand();
  led(4);
  shows(4);
  wait(500);
  assert.equal(club.following, true);
});

test("an edit is waited for as long as its run takes", () => {
  hand();
  state = "running";
  wait(2_000);
  led(4);
  assert.equal(club.aim, null);
  shows(3, "/", "mazur");
  state = "notRunning";
  wait(200);
  assert.deepEqual([club.following, apart()?.[0]], [false, "step"]);
});

test("another page by the reader's own click, while one is led elsewhere, is theirs", () => {
  club.seen.place = at(3);
  const seen = { follow: true, teaches: false, place: { page: "derive", query: "preset=xor", by: "wall" } };
  takePlace(seen, club.seen);
  club.seen = seen;
  assert.equal(sent[0][0], "go");
  clock += 50;
  touch();
  shows(0, "/check");
  wait(300);
  assert.deepEqual([club.following, apart()], [false, ["elsewhere", { page: "Derive" }]]);
});

test("a place that this page cannot reach is as good as reached, and a tap that changes nothing is none", () => {
  led(9);
  touch();
  wait(7_000);
  assert.deepEqual([club.aim, club.following], [null, true]);
  led(5);
  shows(5);
  wait(200);
  assert.equal(club.following, true);
});

const heard = () => new Promise((resolve) => setTimeout(resolve, 5));
const places = () => sent.splice(0).map(({ query }) => new URLSearchParams(query).get("step"));

test("numbers that were asked for in vain are asked for once more", () => {
  const seen = { follow: true, teaches: false, place: { page: "step", query: "preset=mazur", by: "wall" } };
  takePlace(seen, club.seen);
  club.seen = seen;
  wait(5_000);
  assert.equal(sent.length, 1);
  wait(20_000);
  assert.deepEqual([sent.length, club.aim], [2, null]);
});

test("who has no connection asks for other numbers as soon as there is one, however long that takes", () => {
  connection = "PINGING_SERVER";
  const seen = { follow: true, teaches: false, place: { page: "step", query: "preset=mazur", by: "wall" } };
  takePlace(seen, club.seen);
  club.seen = seen;
  wait(60_000);
  assert.deepEqual(sent, []);
  connection = "CONNECTED";
  wait(100);
  assert.deepEqual(sent, [["go", { page: "step", query: "preset=mazur" }]]);
  shows(0, "/", "mazur");
  wait(100);
  assert.deepEqual([club.aim, club.following], [null, true]);
});

test("what a teacher's room has not heard is said again once it answers, unless another page of theirs has gone on", async () => {
  const teaches = (step, by, back) => {
    const seen = { follow: true, teaches: true, place: { ...at(step), by } }, before = club.seen;
    club.seen = seen;
    takePlace(seen, before, back);
  };
  teaches(3, club.by, false);
  answers.push({ kind: "refused", said: "" });
  club.say = () => {};
  shows(4);
  wait(100);
  await heard();
  assert.deepEqual(places(), ["4"]);
  teaches(3, club.by, false); // it was refused, not lost
  await heard();
  assert.deepEqual(places(), []);
  teaches(3, club.by, true);
  await heard();
  assert.deepEqual(places(), ["4"]);
  answers.push({ kind: "away" });
  shows(5);
  wait(100);
  await heard();
  teaches(7, "remote", true);
  await heard();
  assert.deepEqual([places(), club.aim.until > clock], [["5"], true]);
});

test("who asks about a number, or reads the lines as PyTorch, is with the class, and keeps that", () => {
  for (const look of ["&asked=delta1.0.1", "&code=torch", "&shapes=1", ""]) {
    location.search = `?preset=xor&step=3&room=ABCD${look}`;
    wait(200);
    assert.deepEqual([club.following, apart()], [true, null], look);
  }
  location.search = "?preset=xor&step=3&room=ABCD&code=torch";
  wait(200);
  led(4);
  assert.deepEqual(sent, []); // no run that would write NumPy again
  location.search = "?preset=xor&step=4&room=ABCD&code=torch";
  wait(200);
  assert.equal(club.aim, null);
  const seen = { follow: true, teaches: false, place: { ...at(4), query: "preset=xor&step=4&shapes=1" } };
  takePlace(seen, club.seen);
  assert.equal(sent[0][0], "go"); // the teacher writes otherwise now
});

test("who has another formula in the box is not said to have other numbers", () => {
  const check = (formula) => ({ page: "check", query: `preset=xor&formula=${formula}`, by: "wall" });
  Object.assign(location, { pathname: "/check", search: "?preset=xor&formula=A2&room=ABCD" });
  const seen = { follow: true, teaches: false, place: check("A2") };
  takePlace(seen, club.seen);
  club.seen = seen;
  wait(200);
  location.search = "?preset=xor&formula=A1&room=ABCD";
  wait(200);
  assert.deepEqual([club.following, apart()], [false, ["", {}]]);
});

test("who goes back is led again", () => {
  hand();
  shows(7);
  wait(500);
  assert.equal(club.following, false);
  rejoin();
  shows(3);
  wait(200);
  led(4);
  assert.ok(club.following && club.aim);
});
