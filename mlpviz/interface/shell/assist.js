// What Streamlit leaves to do for who works by keyboard or by ear: a panel that opens takes the focus and gives it back,
// the menu says that it is one and which page is shown, letters are no keys where somebody does not want them to be,
// the names of icons in a text are not read out, and an exercise or a text that is opened is in view.

const MENU = ".st-key-mlpviz-menu"
const OPENER = "[data-testid=stPopoverButton]"
const PANEL = "[data-testid=stPopoverBody]"
const STOPS = "input, button, select, textarea, a[href], [tabindex='0']"
const TYPED_INTO = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=grid], [role=menu]"
const ANCHOR = "[data-testid=stHeaderActionElements]" // the link that every heading has to itself
const PATIENCE = 15000 // milliseconds for which the content of a panel is waited for while its button keeps the focus
const SETTLING = 4000 // milliseconds in which a panel that has opened may still be filled anew
const OFF = "mlpviz.letterless"
const OPENED = [
  { at: ".st-key-exercise", isAway: (top) => top < 0 },
  { at: ".st-key-text", isAway: (top) => top < 0 || top > innerHeight / 2, begins: true }, // a page begins with one
]
const ICON = "[data-testid=stMarkdownContainer] [role=img][aria-label$=' icon']:not([aria-hidden])"

function kept() {
  try { return localStorage.getItem(OFF) } catch { return null } // blocked
}

// panels

/** Where Tab stops in a panel: of radio buttons at the one that is chosen. */
function stopsIn(panel) {
  const stop = (el) => el.tabIndex >= 0 || "tabindex" in el.dataset // a panel without the focus takes its stops out of turn
  const seen = [...panel.querySelectorAll(`${STOPS}, [data-tabindex]`)].filter((el) => !el.disabled && stop(el) && !el.closest(ANCHOR) && el.getClientRects().length)
  const chosen = (el) => el.type !== "radio" || el.checked || !seen.some((other) => other.name === el.name && other.checked)
  return seen.filter(chosen)
}

/** Takes the focus into a panel once it has something to focus; a click with a pointer opens no keyboard on a phone. */
function enterWhenThere(opener, byKey, until = performance.now() + PATIENCE) {
  const panel = opener.getAttribute("aria-expanded") === "true" && document.querySelector(PANEL)
  const first = panel && stopsIn(panel)[0]
  const free = document.activeElement === opener || document.activeElement === document.body
  if (!free) return // somebody went elsewhere meanwhile
  if (!first) return void (performance.now() < until && setTimeout(enterWhenThere, 30, opener, byKey, until))
  if (byKey) {
    first.focus()
    return stayInside(opener, performance.now() + SETTLING)
  }
  panel.tabIndex = -1
  panel.style.outline = "none"
  panel.focus({ preventScroll: true })
}

/** Focuses a panel anew whose first content was replaced together with what had the focus. */
function stayInside(opener, until) {
  if (performance.now() > until || opener.getAttribute("aria-expanded") !== "true") return
  const panel = document.activeElement === document.body && document.querySelector(PANEL)
  if (panel) stopsIn(panel)[0]?.focus()
  setTimeout(stayInside, 50, opener, until)
}

/** Tab goes from the button that opened a panel into it and, at its ends, back to that button or on from there. */
function walkPanel(event) {
  const panel = document.querySelector(PANEL), opener = document.querySelector(`${OPENER}[aria-expanded=true]`)
  if (event.key !== "Tab" || !panel || !opener) return
  const stops = stopsIn(panel), at = document.activeElement
  if (at === opener && !event.shiftKey && !assist.left) {
    event.preventDefault()
    return stops[0]?.focus()
  }
  assist.left = false
  if (!panel.contains(at) || at !== (event.shiftKey ? stops[0] : stops.at(-1))) return
  assist.left = !event.shiftKey
  opener.focus() // and from there on as the key does
  if (event.shiftKey) event.preventDefault()
}

// the menu

/** Says of the menu what it is called, and of its links which is the page that is shown. */
function dress({ label, at }) {
  const menu = document.querySelector(MENU)
  if (!menu) return
  menu.setAttribute("role", "navigation")
  menu.setAttribute("aria-label", label)
  menu.querySelectorAll("a[href]").forEach((link, k) => {
    if (k === at) link.setAttribute("aria-current", "page")
    else link.removeAttribute("aria-current")
  })
  if (assist.watched === menu) return
  assist.watched = menu
  new MutationObserver(() => dress(assist.told)).observe(menu, { childList: true, subtree: true })
}

// letters

/** Keeps a letter or a sign that is typed into nothing from whatever takes it for a key. */
function keepLetter(event) {
  const letter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey
  if (window.mlpvizLetterless && letter && !event.target.closest?.(TYPED_INTO)) event.stopImmediatePropagation()
}

// icons

/** An icon in a text only repeats what its words say, and its name is another: "grid_off icon Does not multiply". */
function hush(records) {
  for (const target of new Set(records.map((record) => record.target))) {
    if (target.closest?.(".mlp-root")) continue // the stepper has none, and is drawn often
    for (const icon of target.querySelectorAll(ICON)) icon.setAttribute("aria-hidden", "true")
  }
}

// what is opened

/** Brings what has just been opened into view: the page still stands where its button was. */
function bring({ at, isAway, begins }) {
  const before = assist.opened[at]
  const title = document.querySelector(at)?.querySelector("h3, h5")?.textContent
  assist.opened[at] = title
  if (!title || title === before || (begins && !before)) return
  window.mlpvizShell?.whenStill(() => { // before, it moves under what comes
    const opened = document.querySelector(at)
    if (opened && isAway(opened.getBoundingClientRect().top)) opened.scrollIntoView({ block: "start" })
  })
}

const assist = (window.mlpvizAssist ??= { opened: {} })

if (!assist.begun) {
  assist.begun = true
  window.mlpvizLetterless = kept() === "yes"
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.(OPENER)
    if (opener) setTimeout(enterWhenThere, 0, opener, event.detail === 0)
  }, true)
  document.addEventListener("keydown", walkPanel, true)
  document.addEventListener("focusin", ({ target }) => target.closest?.(MENU) && target.scrollIntoView({ block: "nearest", inline: "nearest" }))
  window.addEventListener("keydown", keepLetter, true)
  new MutationObserver(hush).observe(document.body, { childList: true, subtree: true })
  new MutationObserver(() => OPENED.forEach(bring)).observe(document.body, { childList: true, subtree: true })
  hush([{ target: document.body }])
  OPENED.forEach(bring) // the page may be drawn by now
}

export default function ({ data: [told] }) {
  assist.told = told
  dress(told)
}
