// What a page and its browser have to tell each other, whatever server answers: who the browser is, what the address is, and,
// to a session that knows nothing of the one before it, what was on screen. It is the script of a component whose
// data hardly change, since a component's script travels with every change of its data; what changes with every edit
// comes through the few lines of the address's own component.

const APP = "[data-testid=stApp]"
const CONNECTION = "data-test-connection-state"
const RUN = "data-test-script-state"

function read(storage, name) {
  try { return window[storage].getItem(name) } catch { return null } // blocked
}

function write(storage, name, text) {
  try { window[storage].setItem(name, text) } catch { /* blocked or full: the page itself still knows */ }
}

function parsed(text) {
  try { return JSON.parse(text) } catch { return null }
}

// who the browser is

const COOKIE = "mlpviz_browser"
const YEAR = 31536000 // seconds

/** This browser's secret: 32 hexadecimal digits, as the server offered them once, and kept by the browser. */
function secret(offered) {
  const found = [inCookie(), read("localStorage", COOKIE), shell.secret, offered].find(isSecret) ?? made()
  shell.secret = found // one that keeps nothing knows it until the page is left
  document.cookie = `${COOKIE}=${found}; path=/; max-age=${YEAR}; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`
  write("localStorage", COOKIE, found)
  return found
}

const isSecret = (text) => /^[0-9a-f]{32}$/.test(text ?? "")

function inCookie() {
  const texts = document.cookie.split("; ").map((part) => part.split("="))
  return texts.filter(([name, text]) => name === COOKIE && isSecret(text)).map(([, text]) => text)[0]
}

const made = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")

// the address

const MENU = ".st-key-mlpviz-menu"

/** Where the stepper stood when a link was clicked: the link itself is older, but for one that leads to a place of its own. */
function noteLeaving() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a")
    if (!link) return
    const { pathname, search } = location
    const own = link.search && !link.closest(MENU) ? Object.keys(moved(link.search, shell.places ?? {})) : []
    shell.left = { pathname, search, own }
  }, true)
}

/** The menu was drawn some edits ago: who opens one of its links elsewhere gets what is on screen. */
function renewMenu() {
  const renew = (event) => {
    const link = event.target.closest?.(`${MENU} a[href]`)
    if (link && location.search) link.search = location.search
  }
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, renew, true)
}

/** The place that an address has under a name; nothing where a stepper begins. */
function placeIn(search, name) {
  const text = new URLSearchParams(search).getAll(name).at(-1) ?? ""
  return text === "0" ? "" : text
}

/** Where the steppers of the pages stand now, of those that stand elsewhere. */
function moved(search, places) {
  const now = Object.keys(places).map((name) => [name, placeIn(search, name)])
  return Object.fromEntries(now.filter(([name, text]) => text !== places[name]))
}

/** What Streamlit takes for itself. */
function others(search) {
  const parts = search.slice(1).split("&")
  return parts.filter((part) => /^(embed|embed_options)=/.test(part)).map((part) => "&" + part).join("")
}

/** Puts the present setup's link into the address, with the place where the stepper has gone meanwhile. */
function show(data, send) {
  if (data.unheard) return send("back", { ...(shell.back ?? onScreen()), acts: shell.acts })
  if (shell.anew) shell.acts = shell.acts.filter(([number]) => number > data.heard)
  shell.anew &&= shell.acts.length > 0
  const { pathname, search, hash } = location
  const { left, places: before = {} } = shell
  const elsewhere = left !== undefined && left.pathname !== pathname
  const places = moved(elsewhere ? left.search : search, data.places)
  if (elsewhere) for (const name of left.own) delete places[name]
  const anew = shell.placed !== undefined && shell.placed !== data.placed // another state was opened, with a place of its own
  if (!anew && (elsewhere || data.ask) && Object.keys(places).length) send("move", places)
  Object.assign(shell, { left: undefined, places: data.places, placed: data.placed })
  keep(data, send)
  if (anew) document.dispatchEvent(new CustomEvent("mlpviz:placed", { detail: data.places }))
  if (!data.query) return
  let query = data.query
  for (const [name, place] of Object.entries(data.places)) {
    const text = before[name] === place && !anew ? placeIn(search, name) : place // the stepper may have gone on meanwhile
    if (text) query += "&" + name + "=" + encodeURIComponent(text)
  }
  query += data.end + others(search)
  if (search !== "?" + query) history.replaceState(history.state, "", pathname + "?" + query + hash)
}

// what is kept: the present state and those that undo and redo lead to, each as its link, with what that cannot carry

const KEPT = "mlpviz.kept"
const COPIES = "mlpviz.copies"
const MOST = 4_000_000 // characters of all of them
const MOST_COPIES = 1_000_000 // characters of what other links could not carry

/** Keeps the states of a session by the names that it has for them, the nearest first, as far as there is room. */
function keep({ query, end, kept }, send) {
  const first = !shell.states
  const states = { ...shell.states, ...kept.links, ...(query ? { [kept.at]: { query: query + end, copy: kept.copy } } : {}) }
  let left = MOST
  const there = [kept.at, ...[...kept.past].reverse(), ...kept.future].filter((name) => states[name] && (left -= sizeOf(states[name])) > 0)
  shell.states = Object.fromEntries(there.map((name) => [name, states[name]]))
  const used = new Set([kept.copy, ...Object.values(shell.states).map((state) => state.copy)])
  shell.copies = Object.fromEntries(Object.entries(shell.copies).filter(([id]) => used.has(id)))
  if (first) again(query, send)
  shell.kept = kept
  shell.address = without(query)
  store()
  if (kept.wanted) giveBack(kept.wanted, send)
}

const sizeOf = (state) => state.query.length + (shell.copies[state.copy]?.text.length ?? 0)

/** What a session is told that knows nothing of all this. */
function told() {
  const states = shell.states ?? {} // none before the page has said what to keep
  const whole = (name) => [name, states[name]?.query ?? "", shell.copies[states[name]?.copy]?.text ?? ""]
  const { at, past = [], future = [], copy } = shell.kept ?? {}
  return { address: shell.address, placed: shell.placed, present: whole(at), past: past.map(whole), future: future.map(whole), copy: shell.copies[copy] ?? null }
}

const onScreen = () => ({ search: location.search, ...told() })

/** Keeps all that for a reload of this tab. */
function store() {
  write("sessionStorage", KEPT, JSON.stringify(told()))
}

/** After a reload: what undo and redo led to, if the address is still the one that it was kept with. */
function again(query, send) {
  const kept = shell.before
  if (!kept?.address || kept.address !== without(query) || !(kept.past.length || kept.future.length)) return
  for (const [name, query, text] of [...kept.past, ...kept.future]) {
    shell.states[name] = { query, copy: text && name }
    if (text) shell.copies[name] = { text }
  }
  whenStill(() => send("back", kept))
}

/** An address as it is compared: without what the stepper moves and what belongs to the page. */
function without(query) {
  const parts = query.split("&").filter((part) => part && !/^(step|line|asked|seen|entry|end|kept|lang|embed|embed_options|v)(=|$)/.test(part))
  return parts.map((part) => { try { return decodeURIComponent(part.replaceAll("+", " ")) } catch { return part } }).sort().join("&")
}

/** What a link could not carry: for this tab, and for whoever opens the link in this browser when no server has it. */
function copy(data) {
  shell.copies[data.id] = data
  store()
  const others = (parsed(read("localStorage", COPIES)) ?? []).filter((each) => each.name !== data.name)
  let left = MOST_COPIES - data.text.length
  write("localStorage", COPIES, JSON.stringify([data, ...others.filter((each) => (left -= each.text.length) > 0)]))
}

function giveBack(name, send) {
  const found = [shell.before?.copy, ...(parsed(read("localStorage", COPIES)) ?? [])].find((each) => each?.name === name)
  if (found) whenStill(() => send("copy", found))
}

// the connection

const connected = () => document.querySelector(APP)?.getAttribute(CONNECTION) === "CONNECTED"

/** Sends what was done on a page. While no server is known to have drawn it since the connection was lost, that is told
 * with what was on screen: a new session has nothing yet that it could be done in. */
function deliver(name, value, send) {
  shell.acts.push([shell.count += 1, name, value])
  if (!connected()) return
  if (shell.anew) tellBack()
  else send(name, value)
}

const tellBack = () => shell.send("back", { ...shell.back, acts: shell.acts })

const SETTLED = 200 // milliseconds after a run in which its fields take their values

/** Does something once a run has ended and its fields have their values: what is sent takes all of these along, and a field
 * that has just come up would say that it is empty. */
function whenStill(act) {
  if (document.querySelector(APP)?.getAttribute(RUN) === "notRunning") setTimeout(whenIdle, SETTLED, act)
  else shell.later.push(act)
}

/** Does something once the page has drawn what there is to draw. */
function whenIdle(act) {
  if (window.requestIdleCallback) window.requestIdleCallback(act, { timeout: 2_000 })
  else setTimeout(act, SETTLED)
}

/** Tells whatever session answers after a lost connection what was on screen, and what was done meanwhile. */
function watch() {
  let there = true
  const look = (changes) => {
    if (changes.some((change) => change.attributeName === RUN) && connected() && document.querySelector(APP).getAttribute(RUN) === "running" && !shell.anew) shell.acts = []
    if (document.querySelector(APP).getAttribute(RUN) === "notRunning") shell.later.splice(0).forEach(whenStill)
    const now = connected()
    if (now && !there) {
      shell.back = onScreen() // now: a page that is drawn by who has not heard it moves the stepper
      shell.anew = true
      tellBack()
    }
    there = now
  }
  new MutationObserver(look).observe(document.querySelector(APP), { attributes: true, attributeFilter: [CONNECTION, RUN] })
}

const shell = (window.mlpvizShell ??= {})

if (!shell.show) {
  Object.assign(shell, { acts: [], count: 0, anew: false, later: [], copies: {}, before: parsed(read("sessionStorage", KEPT)), deliver, whenStill, show, copy })
  noteLeaving()
  renewMenu()
  watch()
}

export default function ({ data: [data], setTriggerValue }) {
  shell.send = setTriggerValue
  const own = secret(data.offered)
  if (!data.known && own !== data.offered) whenStill(() => shell.send("secret", own))
  for (const [name, ...given] of shell.waiting ?? []) shell[name](...given)
  shell.waiting = []
}
