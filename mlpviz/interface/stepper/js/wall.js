// The wall: the stepper alone on the whole screen, for those who sit far away; one of its faces by itself; a black screen.

import { forgetProducts } from "./product.js";
import { render } from "./render.js";
import { fillScreen } from "./screen.js";
import { screenOf } from "./stage.js";

const ALONE = ["", "network", "sum", "product", "code"]; // by their keys
const NOTATION = ".st-key-notation button";
const CRAMPED = 30; // em: in less height the faces have that of the sentence and of the code
const STRIPS = { top: ".st-key-lesson", bottom: ".st-key-classroom" }; // what a class is told and asked stays in sight

/** The projector view, or the page again. */
export function project(ui, on) {
  const { root } = ui;
  Object.assign(ui, { projecting: on, alone: "" });
  root.classList.toggle("mlp-projector", on);
  root.removeAttribute("data-alone");
  darken(ui, false);
  document.documentElement.classList.toggle("mlp-projecting", on);
  fillScreen(on, () => ui.projecting && project(ui, false));
  if (!ui.data || !root.isConnected) return;
  foldLedger(ui, on);
  leaveRoom(ui, on);
  ui.parts.notation.hidden = !(on && document.querySelector(NOTATION));
  root.focus({ preventScroll: true }); // the button would take Enter and Space for itself
  drawAnew(ui);
}

function drawAnew(ui) {
  ui.root.scrollTop = 0;
  forgetProducts(ui);
  render(ui);
}

/** The ledger is folded before a class, and afterwards as it was. */
function foldLedger(ui, on) {
  const ledger = ui.root.querySelector(".mlp-ledger");
  if (on) ui.unfolded = ledger.open;
  ledger.open = !on && Boolean(ui.unfolded);
}

/** Leaves the strips above and below their room, however high they become, and draws all anew in what is left. */
function leaveRoom(ui, on) {
  ui.strips?.disconnect();
  ui.strips = new ResizeObserver((all) => {
    for (const { target } of all) ui.root.style[target.mlpSide] = `${target.offsetHeight}px`;
    ui.root.classList.toggle("mlp-cramped", ui.root.clientHeight < CRAMPED * parseFloat(getComputedStyle(ui.root).fontSize));
  });
  ui.root.classList.remove("mlp-cramped");
  for (const [side, selector] of Object.entries(STRIPS)) {
    const strip = document.querySelector(selector);
    ui.root.style[side] = "";
    if (on && strip) ui.strips.observe(Object.assign(strip, { mlpSide: side }));
  }
  ui.staged?.disconnect();
  ui.staged = new ResizeObserver(() => ui.screen && screenOf(ui).high !== ui.screen.high && drawAnew(ui));
  if (on) ui.staged.observe(ui.parts.network);
}

/** Shows one face alone, as large as the screen allows, or all again; false if that is what is shown. */
export function showAlone(ui, name) {
  if (!ui.projecting || ui.alone === name || (name && !ui.root.dataset.faces.split(" ").includes(name))) return false;
  ui.alone = name;
  ui.root.dataset.alone = name;
  if (!name) ui.root.removeAttribute("data-alone");
  drawAnew(ui);
  return true;
}

function darken(ui, on) {
  ui.dark = on;
  ui.root.classList.toggle("mlp-black", on);
}

const WALL_KEYS = {
  b: (ui) => darken(ui, true),
  ".": (ui) => darken(ui, true),
  ...Object.fromEntries(ALONE.map((name, key) => [key, (ui) => showAlone(ui, name)])),
};

/** Answers a key that only the projector view has; before a black screen every key shows it again, and does no more. */
export function wallKeys(ui, { key }) {
  if (!ui.projecting || (!ui.dark && !Object.hasOwn(WALL_KEYS, key))) return false;
  if (ui.dark) darken(ui, false);
  else WALL_KEYS[key](ui);
  return true;
}

/** A black screen goes away at a touch, which does nothing else. */
export const endsBlack = (ui) => Boolean(ui.dark) && (darken(ui, false), true);

/** Opens the notation of the page around, which is drawn above; one that is open the page closes itself at such a click. */
export function openNotation() {
  const button = document.querySelector(NOTATION);
  // Once this click has passed the whole page: to Streamlit one that comes later than 50 ms after the opening, as on a
  // slow machine, is one beside the panel, which closes it at once.
  if (button?.getAttribute("aria-expanded") !== "true") setTimeout(() => button?.click());
}
