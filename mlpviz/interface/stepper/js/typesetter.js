// Formulas typeset by the KaTeX that the page has for its own, each when it is first shown or measured.

import { make } from "./dom.js";

const SPACES = { svg: "http://www.w3.org/2000/svg", math: "http://www.w3.org/1998/Math/MathML" };
const LETTERS = /KaTeX_(Main|Math|Size)/;
const AT_MOST = 1500; // milliseconds
const HTML = "http://www.w3.org/1999/xhtml";
const SPELLED = { className: "class", viewBox: "viewBox", preserveAspectRatio: "preserveAspectRatio" };

/** What makes an element of a formula: the page's plugin for formulas in Markdown, given a text that is one formula. */
export async function typesetter(file) {
  if (!file) return markedUp;
  const scripts = document.querySelector("script[type=module][src]").src;
  const plugin = (await import(new URL(file, scripts).href)).default({});
  return (latex) => {
    const properties = { className: ["language-math", "math-display"] };
    const tree = { type: "root", children: [{ type: "element", tagName: "code", properties, children: [{ type: "text", value: latex }] }] };
    plugin(tree, { message() {} });
    return grown(tree.children[0], HTML);
  };
}

/** Waits, a moment at most, for the letters of formulas: what is measured with others would not fit. */
export function lettersHere() {
  const faces = [...document.fonts].filter((face) => LETTERS.test(face.family));
  return Promise.race([Promise.allSettled(faces.map((face) => face.load())), new Promise((resolve) => setTimeout(resolve, AT_MOST))]);
}

/** The element of a formula that comes as MathML, which the browser sets itself; a narrow box breaks it between its pieces. */
const markedUp = (text) => make("div", { class: "katex-display" }, make("span", { class: "katex" }, [...new DOMParser().parseFromString(text, "text/html").body.childNodes]));

/** The element that a node of the plugin's tree describes. */
function grown({ tagName, properties, children, value }, around) {
  if (!tagName) return document.createTextNode(value);
  const space = SPACES[tagName] ?? around;
  const el = document.createElementNS(space, tagName);
  for (const [name, given] of Object.entries(properties)) el.setAttribute(attributeOf(name), [given].flat().join(" "));
  el.append(...children.map((child) => grown(child, space)));
  return el;
}

const attributeOf = (name) => SPELLED[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
