// The typeset formulas, and the proofs, which the page provides.

import { showProofs } from "./ledger.js";

/** A copy of a typeset formula; it is replaced only when it has become another. */
export function typeset(ui, el, index) {
  const source = index === null ? null : ui.formulas?.[index];
  const text = source?.textContent;
  if (el.mlpText === text) return;
  el.mlpText = text;
  const copy = source?.cloneNode(true);
  if (copy && performance.now() < ui.flashUntil && el.mlpStep === ui.step) copy.classList.add("mlp-flash");
  el.mlpStep = ui.step;
  el.replaceChildren(...(copy ? [copy] : []));
}

/** Takes formulas and proofs from the page when they have arrived or changed. */
export function takeFromPage(ui) {
  const formulas = [...document.querySelectorAll(".st-key-formulas :is(.katex-display, .katex-error)")];
  const fresh = formulas.length === ui.data.formulas;
  if (fresh) ui.formulas = formulas;
  if (fresh && ui.view && ui.asked) {
    typeset(ui, ui.parts.formula, ui.withShapes ? ui.view.shapes : ui.view.formula);
    typeset(ui, ui.parts.sigma, ui.asked.sum);
  }
  const text = document.querySelector(".st-key-proofs")?.textContent.trim();
  if (!text || text === ui.proofText) return;
  try {
    const { identity, proofs } = JSON.parse(text);
    if (identity !== ui.data.identity) return;
    Object.assign(ui, { proofs, proofText: text });
    if (ui.view) showProofs(ui);
  } catch { /* half a message: the rest is on its way */ }
}
