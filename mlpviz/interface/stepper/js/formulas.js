// The typeset formulas, each fitted to its box: those of all steps at once, so that stepping measures nothing.

const LEAST_TYPE = { type: 12, script: 8 };
const LEAST_BEFORE_CLASS = { type: 1, script: 0.7 }; // of the page's size
const SCRIPT_OF_SCRIPT = 0.5;
const WHOLE = { fit: 1, wrapped: false, small: false };

/** A formula of the payload as it was set, once; kept as markup, since as elements all of them would outweigh the page. */
function formulaAt(ui, index) {
  const text = ui.data.formulas[index];
  if (text === undefined || !ui.setter) return null;
  if (!ui.formulas.has(text)) ui.formulas.set(text, ui.setter(text).outerHTML);
  return ui.formulas.get(text);
}

/** The elements of a formula that was set; of none, nothing. */
function elementsOf(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup ?? "";
  return template.content;
}

/** Shows a formula in a box, as it was found to fit. */
export function typeset(ui, el, index) {
  const formula = formulaAt(ui, index);
  if (el.mlpFormula !== formula) {
    el.replaceChildren(elementsOf(formula));
    el.firstElementChild?.classList.toggle("mlp-flash", performance.now() < ui.flashUntil && el.mlpStep === ui.step);
    Object.assign(el, { mlpFormula: formula, mlpStep: ui.step });
  }
  const beside = el.dataset.part === "sigma" && formula && ui.figure ? `${index} ${ui.figure.key}` : null;
  if (beside && beside !== el.mlpBeside) fitAll([el], smallest(ui));
  if (beside) return void Object.assign(el, { mlpBeside: beside, mlpFound: null });
  el.mlpBeside = null;
  const found = ui.fits?.get(`${el.dataset.part} ${index}`) ?? WHOLE;
  if (el.mlpFound !== found) wear(el, (el.mlpFound = found));
}

function wear(el, { fit, wrapped, small }) {
  el.style.setProperty("--mlp-fit", fit);
  el.classList.toggle("mlp-wrapped", wrapped);
  el.classList.toggle("mlp-small", small);
}

/** Boxes of a kind with some formulas in them, which are not in view, and a way to note how each fits. */
export function formulaBoxes(ui, part, indices, room) {
  return indices.map((index) => {
    const el = Object.assign(document.createElement("div"), { className: `mlp-${part}`, mlpName: `${part} ${index}` });
    el.append(elementsOf(formulaAt(ui, index)));
    if (room) el.style.width = `${room}px`;
    return el;
  });
}

/** Fits boxes and notes how. */
export function noteFits(ui, boxes) {
  fitAll(boxes, smallest(ui));
  for (const el of boxes) ui.fits.set(el.mlpName, { fit: el.mlpFit, wrapped: el.classList.contains("mlp-wrapped"), small: el.classList.contains("mlp-small") });
}

/** How small a formula and its signs may be written, in pixels. */
function smallest(ui) {
  if (!ui.projecting) return LEAST_TYPE;
  const em = parseFloat(getComputedStyle(ui.root).fontSize);
  return { type: LEAST_BEFORE_CLASS.type * em, script: LEAST_BEFORE_CLASS.script * em };
}

/** Writes formulas that are wider than their boxes smaller and, where that is not enough, over several lines. */
function fitAll(boxes, least) {
  for (const el of boxes) {
    el.style.removeProperty("--mlp-fit");
    el.classList.remove("mlp-wrapped", "mlp-small");
    el.mlpFit = 1;
  }
  let wide = boxes;
  for (let tries = 3; tries; tries -= 1) {
    wide = wide.filter((el) => el.scrollWidth > el.clientWidth && el.querySelector(".katex"));
    if (!wide.length) return;
    shrink(wide, least);
  }
}

/** Makes each formula as small as its box asks for, and no smaller than can be read; small ones have larger scripts. */
function shrink(boxes, smallest) {
  const sizes = boxes.map((el) => [parseFloat(getComputedStyle(el.querySelector(".katex")).fontSize) / el.mlpFit, (el.clientWidth - 1) / el.scrollWidth]);
  boxes.forEach((el, i) => {
    const [size, scale] = sizes[i];
    const [least, wanted] = [Math.min(1, smallest.type / size), el.mlpFit * scale];
    el.mlpFit = Math.max(least, wanted);
    el.style.setProperty("--mlp-fit", el.mlpFit);
    el.classList.toggle("mlp-wrapped", wanted < least);
    el.classList.toggle("mlp-small", el.mlpFit * size * SCRIPT_OF_SCRIPT < smallest.script);
  });
}
