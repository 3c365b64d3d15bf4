// The stepper: its state, what is asked about, and drawing. Nothing here asks the server but edits, undo and redo.

const STATES = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let ui = STATES.get(parentElement);
  if (!ui) STATES.set(parentElement, (ui = start(parentElement)));
  ui.send = setTriggerValue;
  receive(ui, data[0]);
  return () => {
    leavePage(ui);
    STATES.delete(parentElement);
  };
}

/** The state of a stepper that has just come up, wired to its element once. */
function start(parent) {
  const root = parent.querySelector(".mlp-root");
  const parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((el) => [el.dataset.part, el]));
  const ui = { root, parts: { ...parts, root }, step: 0, entry: 0, product: 0, grain: "matrix", language: "numpy", withShapes: false, allTerms: false,
    speed: 1, trail: [], sample: 0, sent: Date.now(), playing: null, projecting: false, data: null };
  root.onkeydown = (event) => onKey(ui, event);
  root.onclick = (event) => onClick(ui, event);
  root.onmouseover = (event) => {
    const cell = event.target.closest(".mlp-marked, .mlp-noted")?.mlp;
    if (cell) event.target.closest(".mlp-n").title = reason(ui, cell.matrix, cell.row, cell.column, cell.value) ?? "";
  };
  root.ondblclick = (event) => { const cell = event.target.closest(".mlp-n"); if (cell?.mlp) edit(ui, cell); };
  root.addEventListener("focusin", (event) => { if (!ui.quiet && event.target.matches(".mlp-grid .mlp-n, .mlp-picture .mlp-n") && event.target.mlp) explain(ui, event.target.mlp, event.target); });
  parts.scrubber.oninput = () => goTo(ui, Number(parts.scrubber.value));
  parts.speed.onchange = () => setSpeed(ui, Number(parts.speed.value));
  parts.grain.onchange = () => setGrain(ui, parts.grain.value);
  watch(ui);
  return ui;
}

/** Watches the page for keys, for formulas and proofs that arrive later, and for a change of size. */
function watch(ui) {
  ui.pageKey = (event) => onPageKey(ui, event);
  document.addEventListener("keydown", ui.pageKey);
  ui.observer = new MutationObserver((changes) => { if (changes.some((change) => !ui.root.contains(change.target))) lookAround(ui); });
  const page = ui.root.closest("[data-testid=stMain]") ?? document.body;
  ui.observer.observe(page, { childList: true, subtree: true, characterData: true });
  ui.resized = new ResizeObserver(() => {
    const now = ui.parts.product.clientWidth;
    if (!ui.data || Math.abs(now - ui.measured) < 24) return;
    ui.measured = now;
    ui.products = [];
    render(ui);
  });
  ui.resized.observe(ui.parts.product);
}

function leavePage(ui) {
  document.removeEventListener("keydown", ui.pageKey);
  ui.observer.disconnect();
  ui.resized.disconnect();
  clearTimeout(ui.playing);
  project(ui, false);
}

/** Takes new data: values, notation or another network. The position stays unless the steps are others. */
function receive(ui, data) {
  const text = JSON.stringify(data);
  if (text === ui.received) return;
  const [old, first] = [ui.data, !ui.data];
  const held = first ? null : holdFocus(ui);
  const trail = ui.trail.map(({ matrix, row, column }) => [matrix.key, row, column]);
  Object.assign(ui, { received: text, data, products: [], ledger: [] });
  ui.book = Object.fromEntries(Object.entries(data.matrices).map(([key, raw]) => [key, readMatrix(key, raw)]));
  ui.gains = gainsOf(ui);
  ui.notes = notes(ui);
  ui.first = data.notation.first_index ?? 1;
  ui.firstLayer = data.notation.first_layer ?? 0;
  if (data.grain && data.grain !== old?.grain) ui.grain = data.grain;
  const anew = first || old.sequence !== data.sequence || old.steps.length !== data.steps.length;
  if (anew) Object.assign(ui, { step: Math.max(0, Math.min(data.start ?? 0, data.steps.length - 1)), entry: 0, product: 0, trail: [] });
  else ui.trail = trail.map(([key, row, column]) => ({ matrix: ui.book[key], row, column })).filter(({ matrix, row, column }) => matrix && row < matrix.shape[0] && column < matrix.shape[1]);
  if (anew && !first) remember(ui);
  if (!data.architecture.samples_shown?.includes(ui.sample)) ui.sample = data.architecture.samples_shown?.[0] ?? 0;
  if (old?.identity !== data.identity) ui.proofs = null;
  build(ui);
  ui.flash = old && old.identity === data.identity ? changed(old, data) : null;
  if (ui.flash) ui.flashUntil = performance.now() + 1500;
  lookAround(ui);
  render(ui);
  ui.flash = null;
  restoreFocus(ui, held);
  if (first && data.focus && (!document.activeElement || document.activeElement === document.body)) ui.root.focus({ preventScroll: true });
}

function gainsOf(ui) {
  const errors = ui.data.steps.filter((step) => ui.book[step.target].role === "error");
  const depth = Math.max(...errors.map((step) => step.layer));
  const gains = errors.map((step) => [step.layer, gain(ui.book, step.tree, step.layer)]);
  return Object.fromEntries(gains.filter(([layer, parts]) => parts && (parts.length || layer < depth)));
}

/** The keys of the matrices that a change of notation shows differently. */
function changed(old, data) {
  const look = (matrix) => JSON.stringify([matrix?.transposed, matrix?.label, matrix?.dims]);
  return new Set(Object.keys(data.matrices).filter((key) => look(old.matrices[key]) !== look(data.matrices[key])));
}

/** Builds what does not change from step to step: texts, picture and ledger. */
function build(ui) {
  const { root, parts } = ui;
  for (const el of root.querySelectorAll("[data-text]")) el.textContent = say(ui, el.dataset.text);
  root.setAttribute("aria-label", say(ui, "stepper"));
  root.classList.toggle("mlp-derives", ui.data.parameter === "line");
  parts.device.textContent = ui.data.device?.name ?? "";
  if (ui.data.folded && !ui.folded) root.querySelector(".mlp-ledger").open = !(ui.folded = true);
  parts.scrubber.setAttribute("aria-label", say(ui, "scrubber"));
  parts.scrubber.max = ui.data.steps.length - 1;
  options(parts.speed, [[0.5, "½×"], [1, "1×"], [2, "2×"], [4, "4×"]], ui.speed);
  options(parts.grain, [["matrix", say(ui, "grain_matrix")], ["entry", say(ui, "grain_entry")]], ui.grain);
  ui.picture = makeDiagram(ui);
  parts.network.replaceChildren(ui.picture.el);
  parts.ledger.replaceChildren(...makeLedger(ui));
  ui.measured = parts.product.clientWidth;
}

function options(select, list, chosen) {
  select.replaceChildren(...list.map(([value, text]) => make("option", { value }, text)));
  select.value = String(chosen);
}

/** How much of a matrix is computed at the present position: all, none, or (entry by entry) the number of entries done. */
function progress(ui, matrix) {
  if (matrix.step !== ui.step || ui.grain === "matrix") return matrix.step <= ui.step ? "all" : "none";
  return matrix.key === ui.data.steps[ui.step].target ? done(ui) : "all";
}

const done = (ui) => ui.entry + (ui.product >= productsIn(ui) ? 1 : 0);

/** Whether a number is computed at the present position. */
function known(ui, matrix, row, column) {
  const level = progress(ui, matrix);
  return level === "all" || (level !== "none" && order(matrix, row, column) < level);
}

/** The place of an entry in the order of computation: along the rows as shown. */
function order(matrix, row, column) {
  const [i, j] = [matrix.rowAt.get(row), matrix.columnAt.get(column)];
  return matrix.transposed ? j * matrix.rows.length + i : i * matrix.columns.length + j;
}

/** The entry of the present step's target that is computed now, entry by entry. */
function entryNow(ui) {
  const matrix = ui.book[ui.data.steps[ui.step].target];
  const across = matrix.transposed ? matrix.rows.length : matrix.columns.length;
  const [i, j] = [Math.floor(ui.entry / across), ui.entry % across];
  return matrix.transposed ? { matrix, row: matrix.rows[j], column: matrix.columns[i] } : { matrix, row: matrix.rows[i], column: matrix.columns[j] };
}

/** The expansion of a number by the step that computes it; null if it is given or not computed yet. */
function origin(ui, { matrix, row, column }) {
  const step = ui.data.steps[matrix.step];
  if (!step || step.target !== matrix.key || matrix.step > ui.step) return null;
  const [r, c] = matrix.transposed ? [column, row] : [row, column];
  return expand(ui.book, step.tree, r, c);
}

function sources(ui, number) {
  const term = origin(ui, number);
  return term ? entries(term) : [];
}

/** The index of the last product of the entry computed now. */
const productsIn = (ui) => Math.max(1, running(origin(ui, entryNow(ui)))?.terms.length ?? 1) - 1;

/** The step the faces show: the one that computed the number asked about, otherwise the present one. */
function viewOf(ui) {
  for (const { matrix } of [...ui.trail].reverse()) if (matrix.step >= 0 && matrix.step <= ui.step && ui.data.steps[matrix.step].target === matrix.key) return ui.data.steps[matrix.step];
  return ui.data.steps[ui.step];
}

/** What is asked about: a number that was chosen, the entry computed now, or the first of the step as an example. */
function ask(ui, view) {
  const chosen = ui.trail.at(-1);
  const walking = !chosen && ui.grain === "entry";
  const target = ui.book[view.target];
  const example = { matrix: target, row: target.rowAt.has(ui.sample) && target.rows.length > 1 && !onEdges(target) ? ui.sample : target.rows[0], column: target.columns[0] };
  const subject = chosen ?? (walking ? entryNow(ui) : example);
  const { matrix, row, column } = subject;
  const complete = known(ui, matrix, row, column);
  const term = complete || walking ? origin(ui, subject) : null;
  const pinned = Boolean(chosen || walking);
  const asked = { subject, term, pinned, complete, name: pinned ? `${matrix.key}:${row},${column}` : null, now: [], later: new Set() };
  return walking ? { ...asked, ...walk(ui, term) } : asked;
}

/** Entry by entry: the summand added just now, those still to come, and the sum so far. */
function walk(ui, term) {
  const list = running(term)?.terms ?? [term];
  const summand = list[ui.product];
  const sofar = list.slice(0, ui.product + 1).reduce((sum, one) => sum + one.value, 0);
  return { summand, now: entries(summand), later: new Set(list.slice(ui.product + 1)), sofar, done: ui.product + 1, count: list.length };
}

/** Draws everything for the present position and the number asked about. */
function render(ui) {
  const view = (ui.view = viewOf(ui));
  ui.asked = ask(ui, view);
  const held = holdFocus(ui);
  showControls(ui);
  showHeadline(ui, view);
  showProduct(ui, view);
  showSum(ui, view);
  showTrail(ui);
  drawDiagram(ui, view);
  showLegend(ui, view);
  showLedger(ui);
  showProofs(ui);
  flash(ui);
  restoreFocus(ui, held);
}

/** Makes what a change of notation changed flash once. */
function flash(ui) {
  if (!ui.flash) return;
  for (const el of ui.root.querySelectorAll(".mlp-matrix")) el.classList.toggle("mlp-flash", ui.flash.has(el.dataset.key));
}
