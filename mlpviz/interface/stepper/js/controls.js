// The parts around the faces: controls, headline, sample and legend.

import { matrixName } from "./cells.js";
import { make, put } from "./dom.js";
import { placeInWords, showFormula, showWords } from "./headline.js";
import { say } from "./messages.js";
import { format, MINUS, shade } from "./number.js";
import { atEnd, hasUpdate, hidesRight } from "./state.js";
import { isBehind } from "./updates.js";

export function showControls(ui) {
  const { parts, data, step } = ui;
  put(parts.position, say(ui, "position", { step: step + 1, steps: data.steps.length }));
  Object.assign(parts.position.dataset, { step, steps: data.steps.length });
  parts.scrubber.value = step;
  parts.scrubber.setAttribute("aria-valuetext", placeInWords(ui));
  put(parts.play, ui.playing ? `❚❚ ${say(ui, "pause")}` : `▷ ${say(ui, "play")}`);
  parts.play.setAttribute("aria-pressed", String(Boolean(ui.playing)));
  put(parts.projector, say(ui, ui.projecting ? "leave_projector" : "projector"));
  const dim = (name, off) => ui.root.querySelector(`[data-do=${name}]`).setAttribute("aria-disabled", String(off));
  const round = atEnd(ui) && hasUpdate(ui) && (ui.live || data.still);
  dim("next", atEnd(ui) && !round);
  dim("previous", step === 0 && !(ui.grain === "entry" && (ui.entry || ui.product)) && !isBehind(ui.course));
  put(parts.nextname, say(ui, round ? "again" : "next"));
  for (const button of ui.root.querySelectorAll("[data-do=run]")) showRun(ui, button);
}

/** Run, or Stop while it runs; where the numbers do not follow the hand it says why. */
function showRun(ui, button) {
  put(button, ui.running ? `■ ${say(ui, "stop")}` : `▶▶ ${say(ui, "run")}`);
  button.setAttribute("aria-pressed", String(Boolean(ui.running)));
  button.setAttribute("aria-disabled", String(!ui.live || !hasUpdate(ui)));
  button.title = ui.live ? say(ui, "run_key") : ui.root.title;
}

/** What happens in the step. */
export function showHeadline(ui, view) {
  const { parts } = ui;
  parts.root.dataset.phase = view.phase;
  showWords(ui, view);
  showFormula(ui, view);
  parts.shapes.setAttribute("aria-pressed", String(ui.withShapes));
  put(parts.code, hidesRight(ui, view) ? "?" : view.code[ui.language]);
  parts.code.classList.toggle("mlp-long", parts.code.textContent.length > 90);
  for (const name of ["numpy", "torch"]) ui.root.querySelector(`[data-do=${name}]`).setAttribute("aria-pressed", String(ui.language === name));
  const gradient = ui.book[view.target].role === "gradient";
  if (gradient) parts.proof.dataset.proof = view.target;
  else delete parts.proof.dataset.proof;
  if (!gradient) put(parts.proof, "");
  showSample(ui);
}

/** The sample the network shows, with a way to the others. */
function showSample(ui) {
  const list = ui.data.architecture.samples_shown ?? [0];
  if (ui.data.architecture.batch <= 1) return ui.parts.sample.replaceChildren();
  const button = (to, text) => make("button", { type: "button", class: "mlp-toggle", "data-do": "sample", "data-to": to, "aria-label": say(ui, to < 0 ? "sample_before" : "sample_after") }, text);
  const text = say(ui, "sample", { sample: ui.sample + ui.first, batch: ui.data.architecture.batch });
  if (ui.parts.sample.textContent === `◀${text}▶`) return;
  ui.parts.sample.replaceChildren(...(list.length > 1 ? [button(-1, "◀"), text, button(1, "▶")] : [text]));
}

/** The colour scale of the quantity the step computes, with its fixed limits. */
export function showLegend(ui, view) {
  const matrix = ui.asked.subject.matrix;
  const limit = format(matrix.limit, ui.data.digits);
  const amplifying = view.phase === "backward" && Object.keys(ui.gains).length > 0;
  const shown = [matrix, limit, amplifying];
  if (ui.parts.legend.mlpShown?.every((one, i) => one === shown[i])) return;
  ui.parts.legend.mlpShown = shown;
  const bar = make("span", { class: "mlp-scale" });
  bar.style.background = `linear-gradient(to right, ${[-1, -0.5, 0, 0.5, 1].map((at) => shade(at, 1)).join(", ")})`;
  const gains = amplifying ? [make("span", { class: "mlp-note mlp-gains" }, `◁ × ${say(ui, "gain_legend")}`)] : [];
  ui.parts.legend.replaceChildren(...[matrixName(matrix)].flat(), ` ${MINUS}${limit}`, bar, `${limit} `, make("span", { class: "mlp-note" }, say(ui, "legend")), ...gains);
}
