// Before a class the sum and the product lend each other the height that one of them does not need; if that is not
// enough, the index form of the sum, which is said of every entry alike, makes room for its numbers.

const lacks = (panel) => Math.max(0, panel.scrollHeight - panel.clientHeight);

/** Brings all of the sum and of the product into view, as far as their height together allows. */
export function shareRoom(ui) {
  ui.root.classList.remove("mlp-short");
  if (lent(ui)) return;
  ui.root.classList.add("mlp-short");
  lent(ui);
}

/** Each has its own height again, as it is measured. */
export function ownRoom({ root }) {
  for (const name of ["sum", "product"]) root.style.removeProperty(`--mlp-least-${name}`);
}

/** Gives the one that has not all in view what the other can spare; whether nothing is wanting then. */
function lent(ui) {
  const { root, parts } = ui;
  ownRoom(ui);
  if (!ui.projecting || ui.alone) return true;
  const [sum, product] = [parts.lines.parentElement, parts.product];
  const needed = { sum: heightOf(parts.lines) + parts.sigma.offsetHeight, product: heightOf(product.firstChild) };
  for (const [name, panel, other, inside] of [["sum", sum, product, needed.product], ["product", product, sum, needed.sum]]) {
    const most = Math.min(lacks(panel), Math.max(0, Math.floor(other.clientHeight - inside - 6)));
    if (most > 0) root.style.setProperty(`--mlp-least-${name}`, `${panel.closest(".mlp-face").offsetHeight + most}px`);
  }
  return !lacks(sum) && !lacks(product);
}

/** How high that is which an element holds. */
function heightOf(el) {
  const range = document.createRange();
  range.selectNodeContents(el);
  return range.getBoundingClientRect().height;
}
