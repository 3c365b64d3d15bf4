// A step's tree with one mistake in it. The mistakes come with the step, as changes of its tree: a kind, the way down to
// where it is, and what stands there instead, which is a way on from there or an operation.

/** The tree of a step with a change made. */
export const mistaken = (tree, [, way, made]) => changedAt(tree, way, (node) => builtOf(made, node));

function changedAt(node, [first, ...rest], change) {
  if (first === undefined) return change(node);
  const args = node.args.map((arg, i) => (i === first ? changedAt(arg, rest, change) : arg));
  return sized({ ...bared(node), args });
}

/** What stands in the place of a node. */
function builtOf(made, node) {
  if (typeof made[0] !== "string") return made.reduce((at, number) => at.args[number], node);
  const [op, ...operands] = made;
  const args = operands.map((one) => builtOf(one, node));
  return op === "transpose" ? turnedRound(args[0]) : sized({ op, args, shape: args[0].shape });
}

function turnedRound(node) {
  const shape = [...node.shape].reverse();
  if (node.op === "symbol") return { ...bared(node), transposed: !node.transposed, shape };
  return { op: "transpose", args: [node], shape };
}

/** A node without what was noted on it. */
function bared({ known, squares, mixes, rest, left, ...node }) {
  return node;
}

const SIZES = {
  matmul: ([left, right]) => [left[0], right[1]],
  transpose: ([[rows, columns]]) => [columns, rows],
  sum: ([shape], { axis }) => shape.map((size, side) => (side === axis ? 1 : size)),
  negate: ([shape]) => shape,
  ...Object.fromEntries(["add", "subtract", "multiply", "divide"].map((op) => [op, ([left, right]) => left.map((size, side) => Math.max(size, right[side]))])),
};

/** A node with the shape that its operands give it. */
const sized = (node) => ({ ...node, shape: SIZES[node.op]?.(node.args.map((arg) => arg.shape), node) ?? node.shape });

/** Whether a tree multiplies with these sizes; an axis of size 1 is repeated. */
export function multiplies(node) {
  if (!(node.args ?? []).every(multiplies)) return false;
  const shapes = (node.args ?? []).map((arg) => arg.shape);
  if (node.op === "matmul") return shapes[0][1] === shapes[1][0];
  if (shapes.length < 2 || !SIZES[node.op]) return true;
  return [0, 1].every((side) => shapes[0][side] === shapes[1][side] || shapes.some((shape) => shape[side] === 1));
}
