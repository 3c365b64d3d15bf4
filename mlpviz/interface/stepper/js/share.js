// Before a class the sum and the product lend each other the height that one of them does not need; if that is not
// enough, the index form of the sum, which is said of every entry alike, makes room for its numbers.

const SPARE = 6; // px of a panel around what it holds

const lacks = (panel) => Math.max(0, panel.scrollHeight - panel.clientHeight);

/** Brings all of the sum and of the product into view, as far as their height together allows; what is left of it for the product if that is not enough. */
export function shareRoom(ui) {
  ui.root.classList.remove("mlp-short");
  if (lent(ui)) return null;
  ui.root.classList.add("mlp-short");
  if (lent(ui)) return null;
  const { sum, product, needed } = bothOf(ui);
  return sum.clientHeight + product.clientHeight - needed.sum - 2 * SPARE;
}

/** Each has its own height again, as it is measured. */
export function ownRoom({ root }) {
  for (const name of ["sum", "product"]) root.style.removeProperty(`--mlp-least-${name}`);
}

/** Gives the one that has not all in view what the other can spare; whether nothing is wanting then. */
function lent(ui) {
  ownRoom(ui);
  if (!ui.projecting || ui.alone) return true;
  const { sum, product, needed } = bothOf(ui);
  for (const [name, panel, other, inside] of [["sum", sum, product, needed.product], ["product", product, sum, needed.sum]]) {
    const most = Math.min(lacks(panel), Math.max(0, Math.floor(other.clientHeight - inside - SPARE)));
    if (most > 0) ui.root.style.setProperty(`--mlp-least-${name}`, `${panel.closest(".mlp-face").offsetHeight + most}px`);
  }
  return !lacks(sum) && !lacks(product);
}

/** The panels of the sum and of the product, and how high that is which they hold. */
function bothOf({ parts }) {
  const [sum, product] = [parts.lines.parentElement, parts.product];
  return { sum, product, needed: { sum: heightOf(parts.lines) + parts.sigma.offsetHeight, product: heightOf(product.firstChild) } };
}

/** How high that is which an element holds. */
function heightOf(el) {
  const range = document.createRange();
  range.selectNodeContents(el);
  return range.getBoundingClientRect().height;
}
