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
    el.mlpFit = 1;
  }
  let wide = boxes;
  for (let tries = 3; tries; tries -= 1) {
    wide = wide.filter((el) => el.scrollWidth > el.clientWidth && el.querySelector(".katex"));
    if (!wide.length) return;
    shrink(wide);
  }
}

/** Makes each formula as small as its box asks for, and no smaller than can be read; small ones have larger scripts. */
function shrink(boxes) {
  const sizes = boxes.map((el) => [parseFloat(getComputedStyle(el.querySelector(".katex")).fontSize) / el.mlpFit, (el.clientWidth - 1) / el.scrollWidth]);
  boxes.forEach((el, i) => {
    const [size, scale] = sizes[i];
    const [least, wanted] = [Math.min(1, SMALLEST_TYPE / size), el.mlpFit * scale];
    el.mlpFit = Math.max(least, wanted);
    el.style.setProperty("--mlp-fit", el.mlpFit);
    el.classList.toggle("mlp-wrapped", wanted < least);
    el.classList.toggle("mlp-small", el.mlpFit * size * SCRIPT_OF_SCRIPT < SMALLEST_SCRIPT);
  });
}
