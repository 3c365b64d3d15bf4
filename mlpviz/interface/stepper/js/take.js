// What can be taken along from where it stands: a formula as LaTeX, the network and the product as pictures.

import { make } from "./dom.js";
import { filledLatex, lineLatex } from "./latex.js";
import { say } from "./messages.js";
import { asPng, asSvg, networkPicture, productPicture } from "./picture.js";

const DRAWN = { network: networkPicture, product: productPicture };
const TOLD_FOR = 1500; // milliseconds that a button says that it has done it

/** By the part beside whose button the menu opens, what it offers: each with what makes it. */
const OFFERS = {
  formula: [
    ["latex_line", (ui) => copyText(lineLatex(ui, ui.view))],
    ["latex_shapes", (ui) => copyText(lineLatex(ui, ui.view, "shapes"))],
    ["latex_numbers", (ui) => copyText(filledLatex(ui, ui.view))],
  ],
  network: picturesOf("network"),
  product: picturesOf("product"),
};

function picturesOf(name) {
  const file = (ui, ending) => `${name}-${ui.step + 1}.${ending}`;
  return [
    ["as_svg", (ui) => saveFile(asSvg(DRAWN[name](ui)), file(ui, "svg"))],
    ["as_png", async (ui) => saveFile(await asPng(DRAWN[name](ui)), file(ui, "png"))],
  ];
}

/** Opens the menu below its button, or closes it again. */
export function offer(ui, button) {
  const { menu } = ui.parts;
  clearTimeout(ui.menuLeaves);
  const again = menu.matches(":popover-open") && ui.offering === button;
  if (menu.matches(":popover-open")) menu.hidePopover();
  if (again) return;
  ui.offering = button;
  menu.replaceChildren(...OFFERS[button.dataset.of].map(([key], at) => make("button", { type: "button", class: "mlp-toggle", "data-do": "take", "data-of": button.dataset.of, "data-to": at }, say(ui, key))));
  menu.showPopover();
  const { left, bottom } = button.getBoundingClientRect();
  menu.style.left = `${Math.max(4, Math.min(left, innerWidth - menu.offsetWidth - 4))}px`;
  menu.style.top = `${Math.min(bottom + 4, innerHeight - menu.offsetHeight - 4)}px`;
  menu.firstElementChild.focus();
}

/** Takes what was chosen along, and says so on the button that was pressed. */
export async function takeAlong(ui, chosen) {
  const [, act] = OFFERS[chosen.dataset.of][Number(chosen.dataset.to)];
  await act(ui);
  chosen.textContent = ui.parts.status.textContent = say(ui, "taken");
  clearTimeout(ui.menuLeaves);
  ui.menuLeaves = setTimeout(() => ui.parts.menu.matches(":popover-open") && ui.parts.menu.hidePopover(), TOLD_FOR);
}

/** Copies a text; a page without a certificate has no clipboard, but a selection. */
async function copyText(text) {
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
  const field = make("textarea", { class: "mlp-probe" });
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

function saveFile(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
