// Where this page is and where the class is. Who goes somewhere else of their own accord is left there; a teacher's page
// says where it goes, and goes along where another page of the same teacher does.

import { club, pause, tell } from "./club.js";

const OWN = /^(room|lang|embed|embed_options|kept|v|end)$/; // not the place's
const SENT = /^(?!(room|lang|embed|embed_options|kept)$)/;
const FIRST = "two-three-two";
const ARRIVAL = 6_000; // milliseconds after which a page is where it could get to
const UNHEARD = ["slow", "away", "lost"]; // what the server says of a place that it has not taken, and nobody has
const SAID_AGAIN = 1_000; // milliseconds until it is told once more
const APP = "[data-testid=stApp]";

/** A place as it is compared: the page, what is shown there, and where the steppers stand. */
function read({ page, query }) {
  const parts = [...new URLSearchParams(query)].filter(([name]) => !OWN.test(name));
  const { moving } = club.data;
  const places = Object.fromEntries(moving.map((name) => [name, ""]));
  for (const [name, text] of parts) if (moving.includes(name)) places[name] = text === "0" ? "" : text;
  const rest = parts.filter(([name, text]) => !moving.includes(name) && !(name === "preset" && text === FIRST));
  return { rest: [page, ...rest.map((part) => part.join("=")).sort()].join("&"), places };
}

export function here() {
  const last = location.pathname.split("/").at(-1);
  const page = last in club.data.pages ? last : "step";
  const query = location.search.slice(1).split("&").filter((part) => part && SENT.test(part.split("=")[0])).join("&");
  return { page, query };
}

const whole = ({ rest, places }) => rest + JSON.stringify(places);

/** Goes where the class is: by the steppers of this page or, to other numbers or another page, by a run of it. */
export function goTo(place) {
  const now = read(here()), there = read(place);
  club.aim = { whole: whole(there), until: performance.now() + ARRIVAL };
  if (now.rest !== there.rest) club.send("go", { page: place.page, query: place.query });
  else if (whole(now) !== whole(there)) document.dispatchEvent(new CustomEvent("mlpviz:placed", { detail: there.places }));
}

const atRest = () => document.querySelector(APP)?.getAttribute("data-test-script-state") === "notRunning";

/** Looks where the page is: on its way, there, or gone elsewhere by its reader. */
export function look() {
  const now = whole(read(here()));
  if (club.aim) {
    if (now !== club.aim.whole && (performance.now() < club.aim.until || !atRest())) return;
    Object.assign(club, { aim: null, landed: now });
  } else if (now !== club.landed) {
    const first = !club.landed;
    club.landed = now;
    moved(now, first);
  }
}

function moved(now, first) {
  const { seen } = club;
  if (!seen) club.landed = "";
  else if (seen.teaches) publish();
  else if (seen.follow && seen.place.page && !first) {
    club.following = now === whole(read(seen.place));
    club.draw();
  }
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
    if (answer.kind === "refused") club.say(answer.said);
    if (!UNHEARD.includes(answer.kind)) continue;
    club.unsaid = true;
    await pause(SAID_AGAIN);
  }
  club.saying = false;
}

/** Takes in where the class is now. */
export function takePlace(seen, before) {
  const { place } = seen;
  if (seen.teaches && !place.page) return publish();
  if (!place.page || place.by === club.by) return undefined;
  const again = !before || JSON.stringify(before.place) !== JSON.stringify(place) || (!before.follow && seen.follow);
  if (again && (seen.teaches || (seen.follow && club.following))) goTo(place);
  return undefined;
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
  if (!seen || seen.teaches || !seen.follow || club.following || !seen.place.page) return null;
  const own = here(), other = seen.place;
  if (own.page !== other.page) return ["elsewhere", { page: club.data.pages[other.page] }];
  const name = own.page === "derive" ? "line" : "step";
  const at = (place) => Number(read(place).places[name] || 0) + 1;
  return at(own) === at(other) ? ["numbers", {}] : ["step", { own: at(own), other: at(other) }];
}
