// Asking for J over a number, or over two: key j for the first and Shift+j for the second, or a button and a click.

import { alone, paired, widened } from "./figures.js";
import { choose, explain } from "./moves.js";
import { inHand } from "./probe.js";

/** j shows J over the given number that has the focus or was chosen; Shift+j takes it as the second of two. */
export function overKeys(ui, event, cell) {
  const number = cell?.mlp ?? ui.trail.at(-1);
  if (event.key.toLowerCase() !== "j" || !number || !inHand(ui, number)) return false;
  (event.shiftKey ? paired : alone)(ui, number);
  chooseAgain(ui, number, cell);
  return true;
}

/** Takes a number as the second of two if one is being chosen; whether it was. */
export function asSecond(ui, number, from) {
  if (!ui.pairing || !inHand(ui, number)) return false;
  paired(ui, number);
  chooseAgain(ui, number, from);
  return true;
}

/** Shows a number that was chosen anew, though it may be the one that is shown. */
function chooseAgain(ui, number, from) {
  explain(ui, number, from ?? ui.root);
  choose(ui, {});
}

/** The buttons below a given number and above a picture. */
export const OVER = {
  pair(ui) {
    alone(ui, ui.asked.subject);
    choose(ui, { pairing: true });
  },
  alone(ui) {
    alone(ui, ui.asked.subject);
    choose(ui, {});
  },
  widen(ui) {
    widened(ui, !ui.widened);
    choose(ui, {});
  },
};
