// Elements of the page.

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties, attributes and children; strings become text nodes, never markup. */
export function make(tag, attributes = {}, ...children) {
  const el = tag.startsWith("svg:") ? document.createElementNS(SVG, tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) el.setAttribute(name, value);
  el.append(...children.flat(Infinity));
  return el;
}

/** Gives an element a text, if it is another one: what stays as it is need not be laid out again. */
export function put(el, text) {
  if (el.textContent !== text) el.textContent = text;
}

/** What can be asked what it is: a click opens the legend at the entry of that key. */
export function askable(tag, attributes, of, ...children) {
  return make(tag, { ...attributes, class: `${attributes.class} mlp-ask`, "data-do": "ask", "data-of": of }, ...children);
}

const SCRIPTS = /((?:[_^]\{[^{}]*\})+)/;

/** A sentence with its formulas, which stand between isolates, with what is below (x_{i}) and above (x^{(2)}) in them. */
export const prose = (text) => text.split(/\u2068([^\u2069]*)\u2069/).map((part, at) => (at % 2 ? make("span", { class: "mlp-symbol" }, scripted(part)) : scripted(part)));

const scripted = (text) => text.split(SCRIPTS).map((part, at) => (at % 2 ? stacked(part) : primed(part)));

/** A text in which primes are set apart: those of the formulas' font are made to be raised. */
const primed = (text) => text.split(/(′+)/).map((part, at) => (at % 2 ? make("span", { class: "mlp-prime" }, part) : part));

function stacked(marks) {
  const of = (sign) => [...marks.matchAll(/([_^])\{([^{}]*)\}/g)].filter((mark) => mark[1] === sign).map((mark) => mark[2]).join("");
  return make("span", { class: "mlp-scripts" }, make("span", {}, of("^")), make("span", {}, of("_")));
}
