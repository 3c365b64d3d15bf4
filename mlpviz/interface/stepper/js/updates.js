// Updates in a row: each starts from what the one before has led to. Where they have been is kept, so that every one is found again, to the bit.

const ROOM = 48e6; // bytes of the states that are kept
const MOST_STATES = 65536; // states

/** The course of updates from the state that the memory holds now; so many lie behind it already. */
export function startCourse(live, first) {
  const most = Math.max(2, Math.min(MOST_STATES, Math.floor(ROOM / live.state.byteLength)));
  const places = { first, at: first, last: first, sent: first };
  return { live, most, given: givenTo(live), ...places, gap: 1, states: [live.state.slice()], costs: [], highest: 0, before: undefined };
}

/** What a pass is given besides the state: the batch, and the numbers that stay. */
const givenTo = ({ memory, fixed }) => Float64Array.from(fixed.flatMap(({ start, height, width }) => [...memory.subarray(start, start + height * width)]));

const equal = (one, other) => one.length === other.length && one.every((value, i) => Object.is(value, other[i]));
const finite = (values) => values.every(Number.isFinite);

/** Whether the memory holds the state of a course after so many updates; the course then stands there. */
export function standsOn(course, live, updates) {
  if (course?.live !== live || !(updates >= course.first && updates <= course.last) || !equal(course.given, givenTo(live))) return false;
  const state = live.state.slice();
  toUpdate(course, updates);
  if (equal(state, live.state)) return true;
  live.state.set(state);
  return false;
}

/** Whether there is an update to go back to. */
export const isBehind = (course) => Boolean(course && course.at > course.first);

/** Makes so many updates, or as many as there is time for. One that leads to numbers that are not finite is not made: what it is, and the cost there. */
export function advance(course, count, until = Infinity) {
  const { live } = course;
  const end = course.at + count;
  do {
    const length = Math.min(end - course.at, course.gap - ((course.at - course.first) % course.gap));
    const index = keep(course);
    const costs = descended(live, length);
    if (index !== null) course.costs[index] = costs[0];
    course.highest = costs.reduce((a, b) => (b > a ? b : a), course.highest);
    if (!finite(costs) || !finite(live.state)) return stopped(course);
    course.at += length;
    course.last = Math.max(course.last, course.at);
    course.before = costs.at(-1);
  } while (course.at < end && performance.now() < until);
  return Number.isFinite(live.cost()) ? null : stopped(course);
}

function descended(live, length) {
  const costs = new Float64Array(length);
  live.descend(costs);
  return costs;
}

/** Keeps the state if one is due here, and says which it is; when there are too many, every second one is dropped. */
function keep(course) {
  const { states, most, live } = course;
  const index = (course.at - course.first) / course.gap;
  if (!Number.isInteger(index) || index < states.length) return Number.isInteger(index) ? index : null;
  if (states.length < most) return states.push(live.state.slice()) - 1;
  course.gap *= 2;
  for (const name of ["states", "costs"]) course[name] = course[name].filter((_, i) => i % 2 === 0);
  return keep(course);
}

/** Goes back to the last state before the numbers are not finite any more, one update at a time. */
function stopped(course) {
  const { live } = course;
  let sound = Math.max(course.first, course.at - 1);
  toUpdate(course, sound);
  let cost = live.cost();
  for (let on = Number.isFinite(cost); on; sound += on) {
    descended(live, 1);
    cost = live.cost();
    on = Number.isFinite(cost) && finite(live.state);
  }
  for (const name of ["states", "costs"]) course[name].length = Math.floor((sound - course.first) / course.gap) + 1;
  toUpdate(course, sound);
  course.last = sound;
  return { update: sound + 1, cost };
}

/** Goes to where the course has been after so many updates. */
export function toUpdate(course, at) {
  const { live, first, gap, states } = course;
  const start = Math.max(0, Math.min(Math.floor((at - 1 - first) / gap), states.length - 1));
  live.state.set(states[start]);
  const between = at - first - start * gap;
  course.before = descended(live, between).at(-1);
  course.at = at;
}
