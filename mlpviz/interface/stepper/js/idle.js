// Work for the page's idle time.

const LEAST_LEFT = 2; // milliseconds of idle time that a piece may still begin in
const AT_LAST = 1500; // milliseconds after which a busy page does a piece all the same

/** Does work piece by piece while the page is idle, until a piece says that it was the last; new work of a name ends the old. */
export function idly(owner, name, piece) {
  const mine = (owner.idle[name] = {});
  const work = (deadline) => {
    if (owner.idle[name] !== mine) return;
    do if (!piece()) return; while (deadline.timeRemaining() > LEAST_LEFT);
    whenIdle(work);
  };
  whenIdle(work);
}

/** Ends work that is not done. */
export const noLonger = (owner, name) => delete owner.idle[name];

const whenIdle = (work) => (window.requestIdleCallback ? requestIdleCallback(work, { timeout: AT_LAST }) : setTimeout(work, 30, { timeRemaining: () => 0 }));
