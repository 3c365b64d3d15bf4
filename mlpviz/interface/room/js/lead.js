// What a teacher does with a room: who follows, what is asked, and how others come in.

import { act, club, placeOfRoom, say, words } from "./club.js";
import { make } from "./dom.js";

export function button(text, does, options = {}) {
  const el = make("button", { type: "button", class: "mlp-class-button", ...options }, text);
  el.onclick = does;
  return el;
}

/** The controls beside the room's name. */
export function controls(seen) {
  const box = make("input", { type: "checkbox" });
  box.checked = seen.follow;
  box.onchange = () => act({ do: "follow", value: box.checked });
  const lead = make("label", { class: "mlp-class-lead" }, box, words("lead"));
  const asking = seen.question ? [] : [button(words("ask"), openOffers, { "aria-expanded": String(Boolean(club.offers)) })];
  return [make("b", {}, seen.here), lead, ...asking, button(words("code"), showCode), button(words("own"), copyOwn, { class: "mlp-class-button mlp-class-quiet" }), ending()];
}

function ending() {
  if (!club.ending) return button(words("end"), () => { club.ending = true; club.draw(); }, { class: "mlp-class-button mlp-class-quiet" });
  const stop = () => { club.ending = false; club.draw(); };
  return make("span", { class: "mlp-class-sure" }, words("sure"), button(words("end"), () => act({ do: "end" })), button("×", stop, { "aria-label": words("back") }));
}

/** What can be asked of what is on screen, to be chosen from. */
async function openOffers() {
  if (club.offers) club.offers = null;
  else {
    const { kind, asks } = await act({ do: "offers" });
    if (kind !== "done") return;
    if (!asks.length) return say(words("nothing"));
    club.offers = asks;
  }
  club.draw();
}

export function offers() {
  if (!club.offers) return [];
  const line = ({ ask, text }) => make("li", {}, button(text, async () => {
    club.offers = null;
    await act({ do: "ask", ask });
    club.draw();
  }));
  return [make("ul", { class: "mlp-class-offers" }, club.offers.map(line))];
}

/** What can be done with the question, by how far it is. */
export function tools({ phase, answered }) {
  const does = (name) => () => act({ do: name });
  const peek = button(words("peek"), () => { club.peek = !club.peek; club.again?.abort(); club.draw(); }, { "aria-pressed": String(club.peek), class: "mlp-class-button mlp-class-quiet" });
  const by = {
    open: () => [peek, button(words("close"), does("close"))],
    closed: () => [peek, button(words("reopen"), does("open")), button(words("show"), does("show"))],
    shown: () => [button(words("done"), does("done"))],
  };
  return [make("div", { class: "mlp-class-tools" }, make("b", {}, answered), by[phase]())];
}

const invitation = () => new URL(`./?room=${club.code}`, location.href).href;

/** The code, large, for cameras and for who types. */
function showCode() {
  const at = invitation();
  const dialog = make("dialog", { class: "mlp-class-code", "aria-label": words("code") },
    make("img", { src: `${placeOfRoom("/code.svg")}?at=${encodeURIComponent(at)}`, alt: at }), make("strong", {}, club.code), make("span", {}, at.replace(/^https?:\/\//, "")));
  dialog.onclick = () => dialog.close();
  dialog.onkeydown = (event) => {
    event.stopPropagation(); // the page has keys of its own
    if (event.key === "Escape") dialog.close();
  };
  dialog.onclose = () => dialog.remove();
  club.root.append(dialog);
  dialog.showModal();
}

async function copyOwn() {
  const own = `${invitation()}#key=${club.key}`;
  try {
    await navigator.clipboard.writeText(own);
    say(words("copied"));
  } catch {
    window.prompt(words("copied"), own);
  }
}
