// The gains of the neurons, f′(z): read backwards, a neuron multiplies what comes back by a number of its own.

import { made } from "./computed.js";
import { leaves } from "./expand.js";

const ONE = { op: "number", value: 1, shape: [1, 1] };

/** By layer the array of its neurons' gains, with the tree that each comes from; none where neurons mix. */
export function gainsOf(ui) {
  const errors = ui.data.steps.filter((step) => ui.book[step.target].role === "error");
  const depth = Math.max(...errors.map((step) => step.layer));
  const gains = errors.map((step) => [step, gain(ui.book, step.tree, step.layer)]);
  return Object.fromEntries(gains.filter(([step, parts]) => parts && (parts.length || step.layer < depth)).map(([step, parts]) => [step.layer, gainArray(ui, step, parts)]));
}

/** The gains of a layer as an array that is stored as its δ is; its own function is named, f′ stands for several factors. */
function gainArray(ui, step, parts) {
  const { rows, columns, shape, transposed } = ui.book[step.target];
  const tree = parts.length ? parts.reduce((left, right) => ({ op: "multiply", args: [left, right], shape: left.shape })) : ONE;
  const { label, entry, name, dims, layer } = ui.book[`Z[${step.layer}]`];
  const of = tree.op === "apply" ? tree.label : "f′";
  return made(ui, tree, { key: `gain[${step.layer}]`, asks: "gain", symbol: "gain", of, label, entry, name: `${of}(${name})`, layer, dims, rows, columns, shape, transposed });
}

/** The factors of a δ that read only A and Z of its own layer, the gain f′(z) of its neurons; none where neurons mix. */
function gain(book, node, layer) {
  if (node.op === "divide") return gain(book, node.args[0], layer);
  const own = (leaf) => book[leaf.key].role === "value" && book[leaf.key].layer === layer;
  if (node.op === "sum" && leaves(node).some(own)) return null;
  if (node.op === "assemble") return leaves(node).every(own) ? [node] : [];
  if (node.op === "multiply") {
    const parts = node.args.map((arg) => gain(book, arg, layer));
    return parts.includes(null) ? null : parts.flat();
  }
  const mixed = (node.args ?? []).map((arg) => gain(book, arg, layer)).includes(null);
  const read = leaves(node);
  return mixed ? null : read.length && read.every(own) ? [node] : [];
}

