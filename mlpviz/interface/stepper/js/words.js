// Where a written formula may be broken into lines: at its spaces, so that no bracket stands alone, and before an operation.

import { make } from "./dom.js";
import { MINUS } from "./number.js";

const OPERATIONS = new Set(["+", "×", "·", "=", MINUS]);
const COMPARED = ">"; // in a condition, which is one word: [z > 0]

/** The parts of a line, texts and elements, in words that are never broken; the spaces between them stay. */
export function inWholeWords(parts) {
  const words = [[]];
  [parts].flat(Infinity).flatMap(pieces).forEach((piece, i, all) => {
    const word = words.at(-1);
    const stays = (word.length === 1 && OPERATIONS.has(word[0])) || [all[i - 1], all[i + 1]].includes(COMPARED);
    if (piece !== " " || stays) word.push(piece);
    else words.push([]);
  });
  return words.flatMap((word, i) => (i ? [" ", whole(word)] : [whole(word)]));
}

const pieces = (part) => (typeof part === "string" ? part.split(/( )/).filter(Boolean) : [part]);

const whole = (word) => (word.length > 1 ? make("span", { class: "mlp-unbroken" }, word) : word);
