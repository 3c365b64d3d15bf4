// The page on paper: a block for every step, in the order of the pass, and at the end every number.

import { make } from "../../stepper/js/dom.js";
import { refit } from "../../stepper/js/headline.js";
import { forgetProducts } from "../../stepper/js/product.js";
import { render } from "../../stepper/js/render.js";

/** Makes the handout whenever the page is about to be printed. */
export function printed(ui) {
  let handout;
  addEventListener("beforeprint", () => document.body.append((handout = handoutOf(ui))));
  addEventListener("afterprint", () => handout?.remove());
}

/** Shows every step at the width of the paper, takes what is drawn of it, and goes back to where the reader was. */
export function handoutOf(ui) {
  const { step, entry, product, trail, grain, sample, withShapes, predict, veiled, verdict } = ui;
  const handout = make("div", { class: "mlp-root mlp-printing mlp-handout" });
  ui.root.classList.add("mlp-printing");
  measure(ui);
  ui.data.steps.forEach((_, index) => {
    draw(ui, { step: index, entry: 0, product: 0, trail: [], grain: "matrix", withShapes: true, predict: "", veiled: null, verdict: null });
    handout.append(block(ui, index));
  });
  handout.append(copied(ui, "ledger"));
  ui.root.classList.remove("mlp-printing");
  measure(ui);
  draw(ui, { step, entry, product, trail, grain, sample, withShapes, predict, veiled, verdict });
  return handout;
}

/** Everything fits a page of another width. */
function measure(ui) {
  ui.measured = ui.parts.product.clientWidth;
  forgetProducts(ui);
  refit(ui);
}

function draw(ui, state) {
  Object.assign(ui, state);
  render(ui);
}

function block(ui, index) {
  const number = make("span", { class: "mlp-phase" }, `${index + 1}`);
  const headline = copied(ui, "headline");
  headline.querySelector("h3").prepend(number);
  return make("section", { class: "mlp-block" }, headline, copied(ui, "faces"));
}

/** A part of the stepper as it is drawn now, without what is only for hands. */
function copied(ui, name) {
  const copy = ui.root.querySelector(`.mlp-${name}`).cloneNode(true);
  for (const el of copy.querySelectorAll("[id], [tabindex], [data-part], [data-step]")) for (const each of ["id", "tabindex", "data-part", "data-step"]) el.removeAttribute(each);
  if (name === "ledger") copy.open = true;
  return copy;
}
