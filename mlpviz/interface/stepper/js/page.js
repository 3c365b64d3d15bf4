// What the page provides when it is ready: the typeset formulas, and the proofs.

import { typeset } from "./formulas.js";
import { showFormula, sizeHeadline } from "./headline.js";
import { showProofs } from "./ledger.js";

/** Takes formulas and proofs from the page when they have arrived or changed. */
export function takeFromPage(ui) {
  const formulas = [...document.querySelectorAll(".st-key-formulas :is(.katex-display, .katex-error)")];
  const fresh = formulas.length === ui.data.formulas;
  if (fresh) ui.formulas = formulas;
  if (fresh && ui.view && ui.asked) {
    sizeHeadline(ui);
    showFormula(ui, ui.view);
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
