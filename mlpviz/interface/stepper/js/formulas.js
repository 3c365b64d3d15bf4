// The typeset formulas, each fitted to its box.

const SMALLEST_TYPE = 12;
const SMALLEST_SCRIPT = 8;
const SCRIPT_OF_SCRIPT = 0.5;

/** A copy of a typeset formula; it is replaced only when it has become another, and fitted also when its room has. */
export function typeset(ui, el, index) {
  const source = index === null ? null : ui.formulas?.[index];
  const text = source?.textContent;
  const room = `${ui.measured} ${ui.projecting}`;
  if (el.mlpText === text && el.mlpRoom === room) return;
  el.mlpRoom = room;
  if (el.mlpText !== text) copyInto(ui, el, source, text);
  if (source) fitAll([el]);
}

function copyInto(ui, el, source, text) {
  el.mlpText = text;
  const copy = source?.cloneNode(true);
  if (copy && performance.now() < ui.flashUntil && el.mlpStep === ui.step) copy.classList.add("mlp-flash");
  el.mlpStep = ui.step;
  el.replaceChildren(...(copy ? [copy] : []));
}

/** Writes formulas that are wider than their boxes smaller and, where that is not enough, over several lines. */
export function fitAll(boxes) {
  for (const el of boxes) {
    el.style.removeProperty("--mlp-fit");
    el.classList.remove("mlp-wrapped", "mlp-small");
  }
  const wanted = boxes.map((el) => {
    const formula = el.querySelector(".katex");
    if (!formula || el.scrollWidth <= el.clientWidth) return null;
    const size = parseFloat(getComputedStyle(formula).fontSize);
    return { size, least: Math.min(1, SMALLEST_TYPE / size), scale: (el.clientWidth - 1) / el.scrollWidth };
  });
  boxes.forEach((el, i) => {
    if (!wanted[i]) return;
    const { size, least, scale } = wanted[i];
    const chosen = Math.max(least, scale);
    el.style.setProperty("--mlp-fit", chosen);
    el.classList.toggle("mlp-wrapped", scale < least);
    el.classList.toggle("mlp-small", chosen * size * SCRIPT_OF_SCRIPT < SMALLEST_SCRIPT);
  });
}
