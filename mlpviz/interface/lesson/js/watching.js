// What of a scene the page itself can tell: where its stepper stands, and what somebody has asked about.

const POSITION = ".mlp-root .mlp-position";

/** Where the stepper of this page stands, counted from 0; NaN if there is none. */
export const standsAt = () => Number(document.querySelector(POSITION)?.dataset.step ?? NaN);

/** Calls `look` whenever the stepper has moved or a number was asked about; what it gives ends that. */
export function watchPage(look) {
  const asked = (event) => {
    const number = event.target.closest?.(".mlp-root .mlp-n[data-symbol]");
    setTimeout(() => look(number && nameOf(number)));
  };
  const observer = new MutationObserver(() => look(null));
  observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-step"] });
  for (const name of ["click", "keyup"]) document.addEventListener(name, asked, true);
  return () => {
    observer.disconnect();
    for (const name of ["click", "keyup"]) document.removeEventListener(name, asked, true);
  };
}

/** The array of a number: delta[1]. */
const nameOf = ({ dataset: { symbol, layer } }) => `${symbol}[${layer}]`;
