// What is drawn as a picture to take along: the network's own SVG with its computed styles, the product drawn from its boxes.

import { make } from "./dom.js";

const PAD = 8; // pixels around a picture
const DENSITY = 3; // pixels of a PNG for one on screen
const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order", "opacity", "font-family", "font-size", "font-style", "font-weight", "text-anchor"];
const LINKED = ["marker-start", "marker-end"];

/** A colour as every program reads it: what browsers mix they write in a notation of their own. */
function plainColour(text) {
  const mixed = text.match(/^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)$/);
  if (!mixed) return text;
  const parts = mixed.slice(1, 4).map((part) => Math.round(255 * Number(part)));
  const [name, last] = mixed[4] ? ["rgba", [mixed[4]]] : ["rgb", []];
  return `${name}(${[...parts, ...last].join(", ")})`;
}

const seen = (style) => style.display !== "none" && style.visibility !== "hidden";

/** The picture of the network by itself. */
export function networkPicture(ui) {
  const { el } = ui.picture;
  const [, , width, height] = el.getAttribute("viewBox").split(" ").map(Number);
  const copy = styled(el);
  for (const name of ["class", "style", "tabindex", "role"]) copy.removeAttribute(name);
  return framed(ui, width, height, [...copy.childNodes]);
}

/** A copy of an element of SVG with its styles as attributes, without what is not seen. */
function styled(el) {
  const copy = document.createElementNS(el.namespaceURI, el.localName);
  for (const { name, value } of el.attributes) if (!/^(class|style|tabindex|role|aria-|data-)/.test(name)) copy.setAttribute(name, value);
  const style = getComputedStyle(el);
  if (el.localName !== "defs" && el.localName !== "marker") for (const name of KEPT) copy.setAttribute(name, plainColour(style.getPropertyValue(name)));
  if (el.localName === "text") for (const [name, value] of Object.entries(asWide(el.getComputedTextLength()))) copy.setAttribute(name, value);
  for (const name of LINKED) if (style.getPropertyValue(name) !== "none") copy.setAttribute(name, `url(#${style.getPropertyValue(name).match(/#([\w-]+)/)[1]})`);
  for (const child of el.childNodes) if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent);
  else if (child.localName === "title" || el.localName === "defs" || el.localName === "marker" || seen(getComputedStyle(child))) copy.append(styled(child));
  return copy;
}

/** A text keeps its width where whoever opens the picture has another font. */
const asWide = (width) => (width ? { textLength: width.toFixed(2), lengthAdjust: "spacingAndGlyphs" } : {});

/** A picture of its own, on the ground of the page. */
function framed(ui, width, height, children) {
  const fill = plainColour(getComputedStyle(ui.root).getPropertyValue("--st-background-color").trim());
  const ground = make("svg:rect", { x: -PAD, y: -PAD, width: width + 2 * PAD, height: height + 2 * PAD, fill });
  return make("svg:svg", { xmlns: "http://www.w3.org/2000/svg", width: width + 2 * PAD, height: height + 2 * PAD, viewBox: `${-PAD} ${-PAD} ${width + 2 * PAD} ${height + 2 * PAD}` }, ground, children);
}

// The product is made of boxes: each is drawn where it stands

/** The product by itself. */
export function productPicture(ui) {
  const el = ui.parts.product.querySelector(".mlp-expression");
  const at = el.getBoundingClientRect();
  return framed(ui, at.width, at.height, boxesOf(el, at));
}

/** An element and all that it holds as shapes and texts, from the corner of what is drawn. */
function boxesOf(el, at) {
  const style = getComputedStyle(el);
  if (!seen(style)) return [];
  const inside = [...el.childNodes].flatMap((child) => (child.nodeType === Node.TEXT_NODE ? textsOf(child, style, at) : child.nodeType === Node.ELEMENT_NODE ? boxesOf(child, at) : []));
  return [...plateOf(el, style, at), ...bracketsOf(el, style, at), ...inside];
}

/** The ground and the frame of a box. */
function plateOf(el, style, at) {
  const { left, top, width, height } = el.getBoundingClientRect();
  const fill = plainColour(style.backgroundColor);
  const line = (x1, y1, x2, y2) => make("svg:line", { x1, y1, x2, y2, stroke: style.color });
  const rule = parseFloat(style.borderTopWidth) && !parseFloat(style.borderLeftWidth) ? [line(left - at.left, top - at.top, left - at.left + width, top - at.top)] : [];
  const outlined = el.matches(".mlp-source, .mlp-subject, .mlp-now, .mlp-blank");
  if (/, 0\)$|transparent/.test(fill) && !outlined) return rule;
  const stroke = outlined ? { stroke: plainColour(style.color), "stroke-width": el.matches(".mlp-subject, .mlp-now") ? 2 : 1, "stroke-opacity": el.matches(".mlp-blank") ? 0.3 : 1 } : {};
  return [make("svg:rect", { x: left - at.left, y: top - at.top, width, height, rx: parseFloat(style.borderTopLeftRadius) || 0, fill: /, 0\)$|transparent/.test(fill) ? "none" : fill, opacity: style.opacity, ...stroke }), ...rule];
}

/** The brackets around the cells of a matrix, which the page draws before and behind them. */
function bracketsOf(el, style, at) {
  if (!el.matches(".mlp-grid")) return [];
  const { left, top, right, bottom } = el.getBoundingClientRect();
  const [x, y, u, v] = [left - at.left, top - at.top, right - at.left, bottom - at.top];
  return [make("svg:path", { d: `M${x + 4} ${y}H${x}V${v}H${x + 4}M${u - 4} ${y}H${u}V${v}H${u - 4}`, fill: "none", stroke: plainColour(style.color), "stroke-width": 1.5 })];
}

/** The words of a text, each where it stands. */
function textsOf(node, style, at) {
  const words = [...node.textContent.matchAll(/\S+/g)];
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return words.map((word) => {
    const range = document.createRange();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const { left, top, bottom, width } = range.getBoundingClientRect();
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText(word[0]);
    const baseline = (top + bottom + up - down) / 2;
    const font = { "font-family": style.fontFamily, "font-size": style.fontSize, "font-style": style.fontStyle, "font-weight": style.fontWeight };
    return make("svg:text", { ...asWide(width), x: left - at.left, y: baseline - at.top, fill: plainColour(style.color), opacity: style.opacity, ...font }, word[0]);
  });
}

// As files

export const asSvg = (picture) => new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" });

/** The picture in pixels, three for each on screen. */
export async function asPng(picture) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`;
  await image.decode();
  const canvas = make("canvas", { width: DENSITY * image.width, height: DENSITY * image.height });
  const pen = canvas.getContext("2d");
  pen.scale(DENSITY, DENSITY);
  pen.drawImage(image, 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
