// Where brackets are needed: how tightly operations bind, said once for matrices and for numbers.

const BINDING = { add: 1, subtract: 1, negate: 2, multiply: 3, divide: 3, matmul: 3, times: 3, square: 4 };
const LOOSEST = 0;
const TIGHTEST = 5; // names, functions, fractions

/** Whether equally tight operations are kept apart: a − (b − c), (a²)², and, as products of two kinds, (A ⊙ B) · C. */
const apart = (outer, inner, second) =>
  outer === "square" || (second && ["subtract", "divide"].includes(outer)) || (outer === "matmul") !== (inner === "matmul");

/** Whether an operand, the second one or not, is bracketed inside another operation; what stands free has none outside it. */
export function needsBrackets(outer, inner, second) {
  const [around, own] = [BINDING[outer] ?? LOOSEST, BINDING[inner] ?? TIGHTEST];
  return own < around || (own === around && apart(outer, inner, second));
}
