// What this page knows of its room, whichever page of the program draws it, and how it asks the server.

const COOKIE = "mlpviz_browser";
const PATIENCE = 40_000; // milliseconds: an answer may be held until there is something new
const SECRET = 3_000; // milliseconds in which the page learns its browser's name

const random = () => [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// `touched` is when something of the page was last used, `untold` until when its address may not tell yet what was done.
/** `by` is this page's own name, `seen` what the room was last told to be, `aim` where the page is on its way to. */
export const club = (window.mlpvizClass ??= { by: random(), run: 0, code: "", key: "", seen: null, aim: null, landed: "", touched: 0, untold: 0, apart: null, following: true, note: "", peek: false });

/** What a tab keeps over a reload. */
export const kept = {
  read(name) { try { return sessionStorage.getItem(name) ?? ""; } catch { return ""; } },
  write(name, text) { try { sessionStorage.setItem(name, text); } catch { /* blocked: the page itself still knows */ } },
};

/** The teacher's key, as the session gives it, or a teacher's own link, which is taken out of the address at once. */
export function keyOf(code, given) {
  const name = `mlpviz.room.${code}`;
  const linked = new URLSearchParams(location.hash.slice(1)).get("key");
  if (linked) history.replaceState(history.state, "", location.pathname + location.search);
  const key = given || linked || kept.read(name);
  if (key) kept.write(name, key);
  return key;
}

const asleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
export const pause = asleep;

async function browser() {
  const until = performance.now() + SECRET;
  while (!window.mlpvizShell?.secret && performance.now() < until) await asleep(50);
  return window.mlpvizShell?.secret ?? document.cookie.match(new RegExp(`${COOKIE}=(\\w+)`))?.[1] ?? "";
}

export const placeOfRoom = (path = "") => new URL(`room/${club.code}${path}`, location.href).href;

/** What the server answers, as an object; fails if it does not. */
export async function tell(path, content) {
  const headers = { "x-mlpviz-browser": await browser(), "x-mlpviz-language": club.data.language };
  if (club.key) headers["x-mlpviz-key"] = club.key;
  const sent = content ? { method: "POST", body: JSON.stringify(content) } : {};
  const response = await fetch(placeOfRoom(path), { ...sent, headers, signal: AbortSignal.timeout(PATIENCE) });
  return response.json();
}

/** Does something in the room, and says on the page what came of it if that is a sentence. */
export async function act(content) {
  const answer = await tell("", content).catch(() => ({ said: club.data.texts.lost }));
  if (answer.kind !== "done") say(answer.said ?? club.data.texts.lost);
  return answer;
}

/** A sentence beside the room's name, for a while. */
export function say(text, seconds = 8) {
  club.note = text;
  clearTimeout(club.forgetting);
  club.forgetting = setTimeout(() => { club.note = ""; club.draw?.(); }, 1000 * seconds);
  club.draw?.();
}

/** A text of the page with its places filled in. */
export const words = (name, places = {}) => club.data.texts[name].replace(/\{(\w+)\}/g, (_whole, place) => places[place] ?? "");
