// Elements of the page.

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties, attributes and children; strings become text nodes, never markup. */
export function make(tag, attributes = {}, ...children) {
  const el = tag.startsWith("svg:") ? document.createElementNS(SVG, tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) el.setAttribute(name, value);
  el.append(...children.flat(Infinity));
  return el;
}
