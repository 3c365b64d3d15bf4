// Typing a number: a field over the cell, taken by Enter if it is a finite number, else refused in place.

import { spoken } from "./cells.js";
import { make } from "./dom.js";
import { say } from "./messages.js";
import { stop } from "./moves.js";
import { MINUS, plain } from "./number.js";
import { reached } from "./reached.js";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What is typed into a field as a number is written: with plain characters for those of an East Asian keyboard. */
export const narrowed = (ui, text) => [...text].map((letter) => ui.data.wide[letter] ?? letter).join("").trim().replaceAll(MINUS, "-");

/** Opens a number for typing, where it stands: in a cell, on a wire or in a sum. Then the focus goes back. */
export function edit(ui, cell, back) {
  stop(ui);
  const { matrix, value } = cell.mlp;
  if (!matrix.editable || value === undefined) return;
  const input = make("input", { class: "mlp-edit", type: "text", inputmode: "decimal", value: String(value), "aria-label": cell.getAttribute("aria-label") });
  Object.assign(input, { mlpCell: cell, mlpBack: back ?? cell });
  input.onblur = () => close(ui, input);
  input.style.width = `${Math.max(90, cell.getBoundingClientRect().width + 8)}px`;
  over(ui, input, cell, 0);
  input.select();
  input.focus();
}

/** Puts an element over another one, or below it, outside of whatever scrolls. */
function over(ui, el, at, below) {
  const host = at.closest(".mlp-sum[popover]") ?? ui.root; // what is in a sheet is above all else
  host.append(el);
  el.mlpPlace = () => {
    const [area, page] = [at.getBoundingClientRect(), host.getBoundingClientRect()];
    el.style.left = `${Math.max(0, Math.min(area.left - page.left - 3, page.width - el.offsetWidth))}px`;
    el.style.top = `${area.top - page.top + host.scrollTop - 3 + below}px`;
  };
  el.mlpAt = at;
  el.mlpPlace();
}

/** What lies over a number goes with it where that is scrolled, or what is above it turns out higher. */
export function followNumbers(ui) {
  for (const el of ui.root.querySelectorAll(".mlp-edit, .mlp-refusal")) if (el.mlpAt?.isConnected) el.mlpPlace();
}

/** Enter commits a finite number, Escape keeps what was there. */
export function onEditKey(ui, event) {
  event.stopPropagation();
  const input = event.target;
  if (event.key !== "Enter" && event.key !== "Escape") return;
  event.preventDefault();
  const cell = input.mlpCell;
  if (event.key === "Enter" && !commit(ui, input, cell.mlp)) return;
  const back = input.mlpBack;
  close(ui, input);
  (back.isConnected ? back : ui.root).focus({ preventScroll: back === ui.root });
}

function commit(ui, input, { matrix, row, column, value }) {
  const typed = input.value.trim();
  const number = Number(narrowed(ui, typed));
  if (!NUMBER.test(narrowed(ui, typed)) || !Number.isFinite(number)) {
    return refuse(ui, input, say(ui, "refused", { typed: typed.slice(0, 40), name: spoken(ui, matrix, row, column), value: plain(value) }));
  }
  if (number !== value) ui.send("edit", { ...reached(ui), symbol: matrix.symbol, layer: matrix.layer, row, column, value: number });
  return true;
}

/** Says in place what was typed and what is accepted; the number keeps its value. */
function refuse(ui, input, sentence) {
  ui.root.querySelector(".mlp-refusal")?.remove();
  over(ui, make("div", { class: "mlp-refusal", role: "alert" }, sentence), input, input.offsetHeight + 6);
  input.setAttribute("aria-invalid", "true");
  input.select();
  return false;
}

/** Says beside a number why what was done with it is refused by the server, until something else is done. */
export function tellRefusal(ui, [sentence, which] = []) {
  const { symbol, layer, row, column } = ui.edited ?? {};
  const isNew = which !== ui.refused && symbol !== undefined;
  ui.refused = which;
  if (!isNew) return;
  const all = [...ui.root.querySelectorAll(`.mlp-n[data-symbol="${symbol}"][data-layer="${layer}"][data-row="${row}"][data-column="${column}"]`)];
  const cell = all.find((one) => inSight(one.getBoundingClientRect())) ?? all[0];
  if (cell) over(ui, make("div", { class: "mlp-refusal", role: "alert" }, sentence), cell, cell.getBoundingClientRect().height + 6);
}

const inSight = ({ top, bottom, width }) => width > 0 && top >= 0 && bottom <= innerHeight;

/** What was said beside a number has been read. */
export function endRefusal(ui) {
  if (!ui.root.querySelector(".mlp-edit")) ui.root.querySelector(".mlp-refusal")?.remove();
}

function close(ui, input) {
  input.onblur = null;
  ui.root.querySelector(".mlp-refusal")?.remove();
  input.remove();
}
