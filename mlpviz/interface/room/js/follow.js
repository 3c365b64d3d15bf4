// Where this page is and where the class is. Who goes somewhere else of their own accord is left there, from the moment of
// their own key or click, wherever the address is by then; a teacher's page says where it goes, and goes along where
// another page of the same teacher does.

import { club, pause, tell } from "./club.js";

const LOOKS = ["asked", "seen", "ledger", "product", "folded", "speed"]; // how somebody looks at a place, who is there all the same; and so
const WRITTEN = ["code", "shapes"];
const OWN = /^(room|lang|embed|embed_options|kept|v|end)$/; // not the place's
const SENT = /^(?!(room|lang|embed|embed_options|kept)$)/;
const FIRST = "two-three-two";
const ARRIVAL = 6_000; // milliseconds after which a page is where it could get to
const UNHEARD = ["slow", "away", "lost"]; // what the server says of a place that it has not taken, and nobody has
const SAID_AGAIN = 1_000; // milliseconds until it is told once more
const APP = "[data-testid=stApp]";
const TOLD = 300; // milliseconds in which a step or an edit comes into the address, or a run of the page begins
const ELSEWHERE = "–"; // no place is written so
const STEPPED = ["step", "derive", "network"]; // pages that differ by their numbers; the others by what is worked at
const OTHERS = ["click", "change"]; // by what a page is changed outside its stepper

/** A place as it is compared: the page with what is shown there, where its stepper stands, how it is written and looked at. */
function read({ page, query }) {
  const parts = [...new URLSearchParams(query)].filter(([name]) => !OWN.test(name));
  const { moving } = club.data;
  const all = Object.fromEntries(moving.map((name) => [name, ""]));
  for (const [name, text] of parts) if (moving.includes(name)) all[name] = text === "0" ? "" : text;
  const texts = (of) => of.map((part) => part.join("=")).sort().join("&");
  const rest = parts.filter(([name, text]) => ![...moving, ...WRITTEN].includes(name) && !(name === "preset" && text === FIRST));
  const stand = moving.filter((name) => !LOOKS.includes(name)).map((name) => all[name]).join("|");
  return { page, rest: `${page}&${texts(rest)}`, stand, all, written: texts(parts.filter(([name]) => WRITTEN.includes(name))) };
}

export function here() {
  const last = location.pathname.split("/").at(-1);
  const page = last in club.data.pages ? last : "step";
  const query = location.search.slice(1).split("&").filter((part) => part && SENT.test(part.split("=")[0])).join("&");
  return { page, query };
}

const whole = ({ rest, all, written }) => rest + JSON.stringify(all) + written;
const same = (one, other) => one.rest === other.rest && one.stand === other.stand;

/** Goes where the class is: by the steppers of this page or, to other numbers or another page, by a run of it. */
export function goTo(place) {
  const now = read(here()), there = read(place), since = performance.now();
  const anew = there.written !== club.written && there.written !== now.written; // who has chosen another way to write keeps it
  Object.assign(club, { aim: { place, there, from: whole(now), since, until: since + ARRIVAL }, written: there.written });
  if (now.rest !== there.rest || anew) {
    if (isConnected()) openPlace(place);
    else club.aim.until = since; // and is opened once there is a connection
  } else if (JSON.stringify(now.all) !== JSON.stringify(there.all)) document.dispatchEvent(new CustomEvent("mlpviz:placed", { detail: there.all }));
}

const openPlace = ({ page, query }) => club.send("go", { page, query });

const stateOfApp = (name) => document.querySelector(APP)?.getAttribute(`data-test-${name}-state`);
const isConnected = () => stateOfApp("connection") === "CONNECTED";
export const atRest = () => isConnected() && stateOfApp("script") === "notRunning";
const isUntold = () => performance.now() < club.untold || (club.untold > 0 && stateOfApp("script") === "running");

/** Looks where the page is: on its way, there, or gone elsewhere by its reader. */
export function look() {
  if (isUntold()) return;
  club.untold = 0;
  const now = read(here());
  if (club.aim) arrive(now);
  else if (whole(now) !== club.landed) {
    const first = !club.landed;
    club.landed = whole(now);
    moved(now, first);
  }
}

/** Ends the way of a page that is where it was to go, or has been brought elsewhere meanwhile, or gets no further. */
function arrive(now) {
  const { there, from, since, until } = club.aim;
  const arrived = same(now, there);
  const turned = !arrived && club.touched > since && whole(now) !== from && atRest();
  if (!arrived && !turned && (performance.now() < until || !atRest() || triesAgain(now))) return;
  Object.assign(club, { aim: null, landed: whole(now) });
  if (turned) moved(now, false);
}

/** Asks for other numbers or another page once more: what was sent while a connection was lost has not been heard. */
function triesAgain(now) {
  const { aim } = club;
  if (aim.again || now.rest === aim.there.rest) return false;
  Object.assign(aim, { again: true, until: performance.now() + ARRIVAL });
  openPlace(aim.place);
  return true;
}

function moved(now, first) {
  const { seen } = club;
  if (!seen) club.landed = "";
  else if (seen.teaches) publish();
  else if (isLed(seen) && !first) {
    club.following = same(now, read(seen.place));
    club.draw?.();
  }
}

const isLed = (seen) => Boolean(seen && !seen.teaches && seen.follow && seen.place.page);

/** Hears of what is done on the page by its reader's own hand, until it is in no room. */
export function hearHands(signal) {
  document.addEventListener("mlpviz:hand", byHand, { signal });
  const touch = ({ isTrusted, target }) => { if (isTrusted && !target.closest?.(".mlp-class")) club.touched = performance.now(); };
  for (const name of OTHERS) document.addEventListener(name, touch, { capture: true, signal });
}

/** A step or an edit of the reader's own: nothing leads this page any more; where it is now, the address tells a moment later. */
function byHand() {
  club.aim = null;
  if (!isLed(club.seen)) return;
  Object.assign(club, { following: false, landed: ELSEWHERE, untold: performance.now() + TOLD });
  club.draw?.();
}

/** Says where a teacher's page is, the last place last, and until it has been heard. */
export async function publish() {
  club.unsaid = true;
  if (club.saying) return;
  club.saying = true;
  const { run } = club;
  while (club.unsaid && club.run === run) {
    club.unsaid = false;
    const answer = await tell("", { do: "place", ...here(), by: club.by }).catch(() => ({ kind: "lost" }));
    club.refused = answer.kind === "refused"; // or not taken, while the database is away
    if (club.refused) club.say(answer.said);
    if (!UNHEARD.includes(answer.kind)) continue;
    club.unsaid = true;
    await pause(SAID_AGAIN);
  }
  club.saying = false;
}

/** Takes in where the class is now; `back` if the room could not be reached before. */
export function takePlace(seen, before, back = false) {
  const { place, teaches, follow } = seen;
  const anew = !before || JSON.stringify(before.place) !== JSON.stringify(place) || (!before.follow && follow);
  if (place.page && place.by !== club.by && anew) {
    club.unsaid = club.refused = false; // another page of the same teacher has gone on since
    if (teaches || (follow && club.following)) goTo(place);
  } else if (teaches && (!place.page || (back && club.refused))) publish();
}

/** Goes along with the class again. */
export function rejoin() {
  club.following = true;
  if (club.seen?.place.page) goTo(club.seen.place);
  club.draw();
}

/** What is said to who is elsewhere: which of the texts, and its places; nothing to who is with the class. */
export function apart() {
  const { seen } = club;
  if (!isLed(seen) || club.following) club.apart = null;
  else if (!club.untold) club.apart = difference(here(), seen.place); // till then it stays what it was
  return club.apart;
}

function difference(own, other) {
  if (own.page !== other.page) return ["elsewhere", { page: club.data.pages[other.page] }];
  const name = own.page === "derive" ? "line" : "step";
  const at = (place) => Number(read(place).all[name] || 0) + 1;
  if (at(own) !== at(other)) return ["step", { own: at(own), other: at(other) }];
  return [STEPPED.includes(own.page) ? "numbers" : "", {}];
}
