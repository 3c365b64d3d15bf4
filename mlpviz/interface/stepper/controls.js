// Moving through the steps, and the parts around the faces: controls, headline, legend, formulas.

const PACE = 1600;

/** Draws with some of the state changed. */
function choose(ui, change) {
  Object.assign(ui, change);
  render(ui);
}

/** Goes to a step; entry by entry it starts with its first product, or is shown complete. */
function goTo(ui, index, complete = false) {
  const step = Math.max(0, Math.min(ui.data.steps.length - 1, index));
  Object.assign(ui, { step, entry: 0, product: 0, trail: [], allTerms: false });
  if (complete) finish(ui);
  render(ui);
  remember(ui);
  announce(ui, `${say(ui, "position", { step: step + 1, steps: ui.data.steps.length })}: ${ui.parts.title.textContent}. ${ui.parts.text.textContent}`);
}

function finish(ui) {
  ui.entry = ui.book[ui.data.steps[ui.step].target].data.length - 1;
  ui.product = productsIn(ui);
}

const atEnd = (ui) => ui.step === ui.data.steps.length - 1 && (ui.grain === "matrix" || done(ui) >= ui.book[ui.data.steps[ui.step].target].data.length);

/** One step on: the next matrix, or the next product, entry or matrix. */
function forward(ui) {
  const last = ui.book[ui.data.steps[ui.step].target].data.length - 1;
  if (ui.grain === "matrix" || (ui.entry >= last && ui.product >= productsIn(ui))) return atEnd(ui) ? undefined : goTo(ui, ui.step + 1);
  const more = ui.product < productsIn(ui);
  choose(ui, { trail: [], product: more ? ui.product + 1 : 0, entry: ui.entry + (more ? 0 : 1) });
}

/** One step back. */
function backward(ui) {
  if (ui.grain === "matrix" || (!ui.entry && !ui.product)) return ui.step ? goTo(ui, ui.step - 1, true) : undefined;
  if (ui.product) return choose(ui, { trail: [], product: ui.product - 1 });
  Object.assign(ui, { trail: [], entry: ui.entry - 1 });
  choose(ui, { product: productsIn(ui) });
}

/** One number back out of the trail; out of the projector view when there is none. */
function out(ui) {
  if (ui.trail.length) choose(ui, { trail: ui.trail.slice(0, -1) });
  else if (ui.projecting) project(ui, false);
}

/** Asks where a number comes from: a source of the one asked about goes further back, another starts anew. */
function explain(ui, { matrix, row, column }, from) {
  const same = (a) => a.matrix === matrix && a.row === row && a.column === column;
  const inSum = ui.parts.sum.contains(from);
  const trail = inSum && !ui.trail.length ? [ui.asked.subject] : ui.trail;
  const known = trail.findIndex(same);
  let keep = known < 0 ? trail.length : known;
  if (known < 0) while (keep && !sources(ui, trail[keep - 1]).some(same)) keep -= 1;
  const next = [...trail.slice(0, keep), { matrix, row, column }];
  if (next.length === ui.trail.length && next.every((one, i) => one.matrix === ui.trail[i].matrix && one.row === ui.trail[i].row && one.column === ui.trail[i].column)) return;
  const sample = !onEdges(matrix) && matrix.shape[0] > 1 ? row : ui.sample;
  play(ui, false);
  choose(ui, { trail: next, sample, allTerms: false });
  announce(ui, `${spoken(ui, matrix, row, column)}: ${ui.parts.lines.textContent}`);
}

function play(ui, on) {
  clearTimeout(ui.playing);
  const again = on && atEnd(ui);
  ui.playing = on ? setTimeout(tick, again ? 0 : pause(ui), ui) : null;
  if (again) goTo(ui, 0);
  else showControls(ui);
}

const pause = (ui) => PACE / ui.speed / (ui.grain === "entry" ? 2 : 1);

function tick(ui) {
  forward(ui);
  ui.playing = atEnd(ui) ? null : setTimeout(tick, pause(ui), ui);
  showControls(ui);
}

function setSpeed(ui, speed) {
  ui.speed = speed;
  if (ui.playing) play(ui, true);
}

/** Takes another grain; the server hears of it, since the link carries it. */
function setGrain(ui, grain) {
  choose(ui, { grain, entry: 0, product: 0, trail: [] });
  ui.send("grain", grain);
}

function nextSample(ui, way) {
  const list = ui.data.architecture.samples_shown;
  choose(ui, { sample: list[(list.indexOf(ui.sample) + way + list.length) % list.length], trail: [] });
}

/** The projector view: the stepper alone, large, without Streamlit's own chrome. */
function project(ui, on) {
  ui.projecting = on;
  ui.root.classList.toggle("mlp-projector", on);
  document.documentElement.classList.toggle("mlp-projecting", on);
  if (!ui.data || !ui.root.isConnected) return;
  ui.products = [];
  render(ui);
}

/** Puts the step into the address, a moment later so that a held key stays smooth; the server is not asked. */
function remember(ui) {
  clearTimeout(ui.remembering);
  ui.remembering = setTimeout(() => {
    const name = ui.data.parameter ?? "step";
    const others = location.search.slice(1).split("&").filter((part) => part && !part.startsWith(`${name}=`));
    history.replaceState(history.state, "", `?${[`${name}=${ui.step}`, ...others].join("&")}${location.hash}`);
  }, 120);
}

function announce(ui, text) {
  ui.parts.status.textContent = ui.playing ? "" : text;
}

function showControls(ui) {
  const { parts, data, step } = ui;
  parts.position.textContent = say(ui, "position", { step: step + 1, steps: data.steps.length });
  Object.assign(parts.position.dataset, { step, steps: data.steps.length });
  parts.scrubber.value = step;
  parts.play.textContent = ui.playing ? `❚❚ ${say(ui, "pause")}` : `▷ ${say(ui, "play")}`;
  parts.play.setAttribute("aria-pressed", String(Boolean(ui.playing)));
  parts.projector.textContent = say(ui, ui.projecting ? "leave_projector" : "projector");
  const dim = (name, off) => ui.root.querySelector(`[data-do=${name}]`).setAttribute("aria-disabled", String(off));
  dim("next", atEnd(ui));
  dim("previous", step === 0 && !(ui.grain === "entry" && (ui.entry || ui.product)));
}

/** What happens in the step; what belongs to the network as a whole names no layer. */
function showHeadline(ui, view) {
  const { parts } = ui;
  parts.phase.textContent = view.chip ?? say(ui, view.phase);
  parts.root.dataset.phase = view.phase;
  const layer = ofNetwork(ui.book[view.target]) ? [] : [say(ui, "layer", { layer: view.layer + ui.firstLayer })];
  parts.title.textContent = [view.title ?? view.name, ...layer].join(" · ");
  parts.text.replaceChildren(view.text, view.note ? make("span", { class: "mlp-remark" }, ` ${view.note}`) : "");
  typeset(ui, parts.formula, ui.withShapes ? view.shapes : view.formula);
  parts.shapes.setAttribute("aria-pressed", String(ui.withShapes));
  parts.code.textContent = view.code[ui.language] || say(ui, "nothing_coded");
  for (const name of ["numpy", "torch"]) ui.root.querySelector(`[data-do=${name}]`).setAttribute("aria-pressed", String(ui.language === name));
  const gradient = ui.book[view.target].role === "gradient";
  if (gradient) parts.proof.dataset.proof = view.target;
  else delete parts.proof.dataset.proof;
  if (!gradient) parts.proof.textContent = "";
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
function showLegend(ui, view) {
  const matrix = ui.asked.subject.matrix;
  const limit = format(matrix.limit, ui.data.digits);
  const bar = make("span", { class: "mlp-scale" });
  bar.style.background = `linear-gradient(to right, ${[-1, -0.5, 0, 0.5, 1].map((at) => shade(at, 1)).join(", ")})`;
  ui.parts.legend.replaceChildren(symbol(matrix.label, "", false), ` ${MINUS}${limit}`, bar, `${limit} `, make("span", { class: "mlp-note" }, say(ui, "legend")));
}

/** A copy of a typeset formula; it is replaced only when it has become another. */
function typeset(ui, el, index) {
  const source = index === null ? null : ui.formulas?.[index];
  const text = source?.textContent;
  if (el.mlpText === text) return;
  el.mlpText = text;
  const copy = source?.cloneNode(true);
  if (copy && performance.now() < ui.flashUntil && el.mlpStep === ui.step) copy.classList.add("mlp-flash");
  el.mlpStep = ui.step;
  el.replaceChildren(...(copy ? [copy] : []));
}

/** Takes formulas and proofs from the page when they have arrived or changed. */
function lookAround(ui) {
  const formulas = [...document.querySelectorAll(".st-key-formulas :is(.katex-display, .katex-error)")];
  const fresh = formulas.length === ui.data.formulas;
  if (fresh) ui.formulas = formulas;
  if (fresh && ui.view && ui.asked) {
    typeset(ui, ui.parts.formula, ui.withShapes ? ui.view.shapes : ui.view.formula);
    typeset(ui, ui.parts.sigma, ui.asked.term ? ui.view.sum : null);
  }
  const text = document.querySelector(".st-key-proofs")?.textContent.trim();
  if (!text || text === ui.proofText) return;
  try {
    const { identity, proofs } = JSON.parse(text);
    if (identity !== ui.data.identity) return;
    Object.assign(ui, { proofs, proofText: text });
    if (ui.view) showProofs(ui);
  } catch { /* half a message: the rest is on its way */ }
}

/** What has the focus, to give it back after the elements around it were exchanged. */
function holdFocus(ui) {
  const el = document.activeElement;
  const place = ["ledger", "product", "network", "lines", "trail"].find((part) => ui.parts[part].contains(el));
  return place ? { place, el, number: el.mlp } : null;
}

function restoreFocus(ui, held) {
  if (!held || held.el.isConnected) return;
  const same = (el) => el.mlp.matrix.key === held.number.matrix.key && el.mlp.row === held.number.row && el.mlp.column === held.number.column;
  const found = (part) => held.number && [...ui.parts[part].querySelectorAll(".mlp-n:not(.mlp-answer)")].find(same);
  const inSum = ["lines", "trail"].includes(held.place);
  const first = () => ui.parts.lines.querySelector(held.number ? ".mlp-n" : ".mlp-cells");
  const to = inSum ? found("lines") ?? first() : found(held.place) ?? found("product") ?? found("ledger");
  ui.quiet = true;
  (to ?? ui.root).focus({ preventScroll: true });
  ui.quiet = false;
}
