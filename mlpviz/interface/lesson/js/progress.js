// What has been done of each lesson, kept in this browser: for every scene the numbers of the things done.

const KEPT = "mlpviz.lessons";
const MOST = 20; // lessons

function all() {
  try { return JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { return {}; }
}

/** What was done of a scene, as the numbers of its tasks. */
export const doneOf = (lesson, number) => new Set(all()[lesson]?.[number] ?? []);

/** Notes that a task of a scene was done; false if it was before. */
export function note(lesson, number, task) {
  const before = doneOf(lesson, number);
  if (before.has(task)) return false;
  const { [lesson]: own = {}, ...others } = all();
  const kept = [[lesson, { ...own, [number]: [...before, task] }], ...Object.entries(others)].slice(0, MOST);
  try { localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(kept))); } catch { /* blocked: this page still knows */ }
  return true;
}
