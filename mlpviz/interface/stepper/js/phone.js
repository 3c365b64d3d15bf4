// On a narrow screen: the way on at its bottom, all other controls behind a button there, and a swipe over the faces for a step.

import { backward, choose, forward } from "./moves.js";
import { render } from "./render.js";

const ONE_COLUMN = "(max-width: 47.5rem) and (min-height: 26rem)"; // where the faces stand below one another; a zoomed page keeps its height
const LYING = "(pointer: coarse) and (max-height: 30rem)"; // a phone on its side: two columns, and no height to spare
const SWIPED = 44; // pixels that a finger goes until that is a swipe
const ASLANT = 1.4; // times as far to the side as up or down
const BAR = ["previous", "position", "more", "next"];
const SWIPES = ".mlp-headline, .mlp-faces, .mlp-under";
const NOT_SWIPES = "input, select, .mlp-mapbox";

/** Wires what a finger does, and puts the way on where the page's width wants it. */
export function wirePhone(ui) {
  const [column, narrow] = [ONE_COLUMN, `${ONE_COLUMN}, ${LYING}`].map((query) => matchMedia(query));
  const found = (name) => ui.root.querySelector(`[data-do=${name}], [data-part=${name}]`);
  const homes = BAR.map((name) => [found(name), found(name).after(document.createComment("")), found(name).nextSibling]);
  const place = () => {
    Object.assign(ui, { narrow: narrow.matches, oneColumn: column.matches });
    ui.parts.under.hidden = !ui.narrow;
    ui.parts.bar.popover = ui.narrow ? "auto" : null;
    ui.root.classList.toggle("mlp-narrow", ui.narrow);
    for (const [el, , home] of homes) ui.narrow ? ui.parts.under.append(el) : home.before(el);
    if (ui.view) render(ui);
  };
  for (const query of [column, narrow]) query.addEventListener("change", place, { signal: ui.gone.signal });
  ui.root.addEventListener("pointerdown", (event) => beginSwipe(ui, event));
  ui.root.addEventListener("pointermove", (event) => goSwiping(ui, event));
  ui.root.addEventListener("pointerup", (event) => endSwipe(ui, event));
  ui.root.addEventListener("pointercancel", () => (ui.swipe = null));
  wireMore(ui);
  place();
}

const LEAVES = "[data-do=run], [data-do=projector]"; // what shows something that has controls of its own

/** The button that opens the other controls above it: they take the focus, and give it back where they are left. */
function wireMore({ parts: { bar, more } }) {
  more.popoverTargetElement = bar;
  bar.addEventListener("toggle", ({ newState }) => newState === "open" && bar.querySelector("button").focus());
  bar.addEventListener("click", ({ target }) => bar.popover && target.closest(LEAVES) && bar.hidePopover());
}

/** A finger goes down on the faces; a number that follows the hand is dragged instead. */
function beginSwipe(ui, event) {
  const { target, pointerType, isPrimary, pointerId, clientX, clientY } = event;
  const swipes = pointerType !== "mouse" && isPrimary && !ui.hand && target.closest(SWIPES) && !target.closest(NOT_SWIPES);
  ui.swipe = swipes ? { target, pointer: pointerId, from: [clientX, clientY], wide: wideAround(target, ui.root), left: null } : null;
}

/** The nearest element around that has more to its sides than is in view. */
function wideAround(el, root) {
  for (let one = el; one && one !== root; one = one.parentElement)
    if (one.scrollWidth > one.clientWidth + 1 && ["auto", "scroll"].includes(getComputedStyle(one).overflowX)) return one;
  return null;
}

/** What has more to its sides goes with the finger. */
function goSwiping({ swipe }, event) {
  if (!swipe?.wide || event.pointerId !== swipe.pointer) return;
  swipe.left ??= swipe.wide.scrollLeft;
  swipe.wide.scrollLeft = swipe.left + swipe.from[0] - event.clientX;
}

function endSwipe(ui, event) {
  const { swipe } = ui;
  ui.swipe = null;
  if (!swipe || ui.hand || event.pointerId !== swipe.pointer) return;
  const [x, y] = [event.clientX - swipe.from[0], event.clientY - swipe.from[1]];
  if (y > SWIPED && Math.abs(x) < y && ui.parts.sum.popover && swipe.target.closest(".mlp-sum > header")) return choose(ui, { trail: [] });
  if (Math.abs(x) < SWIPED || Math.abs(x) < ASLANT * Math.abs(y) || (swipe.wide && swipe.wide.scrollLeft !== swipe.left)) return;
  (x < 0 ? forward : backward)(ui);
}
