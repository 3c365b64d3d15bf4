// On a narrow screen what explains a number is a sheet from below, with that number in sight above it.

const CLEAR = 12; // pixels between a number and the sheet
const MENU = 52; // pixels at the top of the window that a menu may cover

/** The explanation of a number that was chosen as a sheet over the page, or in its place again. */
export function showSheet(ui) {
  const { sum } = ui.parts;
  const open = Boolean(ui.oneColumn && ui.trail.length && !ui.widened && sum.showPopover);
  if (open === Boolean(sum.popover)) return;
  sum.popover = open ? "manual" : null;
  ui.root.classList.toggle("mlp-sheeted", open);
  ui.parts.leave.hidden = !open;
  if (open) sum.showPopover();
}

/** Whether a number is the given one that a sheet explains: a second tap would not find it where the first one did. */
export function isGivenInSheet({ asked, parts: { sum } }, { mlp, parentElement }) {
  const { matrix, row, column } = asked.subject ?? {};
  return Boolean(sum.popover) && sum.contains(parentElement) && !asked.term && matrix?.editable && mlp.matrix === matrix && mlp.row === row && mlp.column === column;
}

/** Scrolls an element out from below the sheet; once more, since what is scrolled over may turn out higher than it was. */
export function keepInSight(ui, el) {
  clearOf(ui, el);
  requestAnimationFrame(() => requestAnimationFrame(() => clearOf(ui, el)));
}

function clearOf({ parts: { sum } }, el) {
  if (!sum.popover || !el?.isConnected || sum.contains(el)) return;
  const { top, bottom } = el.getBoundingClientRect();
  const over = bottom + CLEAR - sum.getBoundingClientRect().top;
  if (over > 0 || top < MENU) scrollerOf(el).scrollBy(0, over > 0 ? over : top - MENU);
}

function scrollerOf(el) {
  for (let one = el.closest(".mlp-root"); one; one = one.parentElement)
    if (one.scrollHeight > one.clientHeight + 1 && ["auto", "scroll"].includes(getComputedStyle(one).overflowY)) return one;
  return document.scrollingElement;
}
