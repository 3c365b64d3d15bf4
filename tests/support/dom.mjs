// As much of a page as the stepper's faces write to: elements with attributes, classes and children.

class Element {
  constructor(tag) {
    Object.assign(this, { tag, children: [], attributes: {}, dataset: {}, style: { setProperty() {} }, clientWidth: 600, clientHeight: 240 });
    const classes = () => (this.attributes.class ?? "").split(" ").filter(Boolean);
    const set = (names) => (this.attributes.class = [...new Set(names)].join(" "));
    this.classList = {
      add: (name) => set([...classes(), name]),
      contains: (name) => classes().includes(name),
      toggle: (name, on) => set(on ? [...classes(), name] : classes().filter((one) => one !== name)),
    };
  }

  append(...children) {
    this.children.push(...children);
  }

  prepend(...children) {
    this.children.unshift(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  setAttribute(name, value) {
    this.attributes[name] = String(value);
  }

  removeAttribute(name) {
    delete this.attributes[name];
  }

  get textContent() {
    return this.children.map((child) => child.textContent ?? child).join("");
  }

  set textContent(text) {
    this.children = [text];
  }
}

globalThis.document = { createElement: (tag) => Object.assign(new Element(tag), { content: "" }), createElementNS: (_, tag) => new Element(tag) };
globalThis.getComputedStyle = () => ({ fontSize: "16px" });

/** A stepper's state at its last step, for a payload, with every sentence named by its key. */
export function opened(data, readMatrix) {
  const book = Object.fromEntries(Object.entries(data.matrices).map(([key, raw]) => [key, readMatrix(key, raw)]));
  const { first_index: first, first_layer: firstLayer } = data.notation;
  const part = () => new Element("div");
  const parts = { product: part(), sum: part(), sigma: part(), lines: part(), trail: part(), samples: part() };
  return { data: { messages: { listed: "{before}, {after}", together: "{sentence} {remark}", matrix: "{name}, {rows} by {columns}" }, ...data }, book, parts, first, firstLayer, step: data.steps.length - 1, grain: "matrix",
    notes: new Map(), gains: {}, trail: [], products: [], rooms: [], formulas: new Map(), idle: {}, ledger: [], sample: 0, entry: 0, product: 0 };
}

/** The text of elements and strings, however nested. */
export const textOf = (parts) => [parts].flat(Infinity).map((part) => part.textContent ?? part).join("");
