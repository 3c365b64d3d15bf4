// The sentences of the interface: they come with the payload, in the reader's language (messages.py).

const NEEDLESS = /(?<=）) (?=\p{Script=Han})/gu; // a full-width bracket brings its own blank

/** A sentence with its {places} filled; one with forms takes that of its {count}, from 100 on by the last two digits. */
export function say(ui, key, values = {}) {
  const message = ui.data.messages[key] ?? key;
  const { count } = values;
  const template = message.forms?.[message.of[count < 100 ? count : 100 + (count % 100)]] ?? message;
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole).replace(NEEDLESS, "");
}

/** Parts of a sentence one after the other, with what the language has between two of them. */
export const inOneLine = (ui, parts) => parts.reduce((before, after) => say(ui, "listed", { before, after }));

/** A name and what is there: "∂J/∂W layer 2, row 1, column 2: 0.3". */
export const named = (ui, place, title) => say(ui, "named", { place, title });

/** The same as a sentence. */
export const stated = (ui, place, title) => say(ui, "arrived", { place, title });

/** What is alike one after the other: numbers, or names with numbers. */
export const inList = (ui, parts) => parts.reduce((others, last) => say(ui, "among", { others, last }));

/** What has a list in itself, one after the other. */
export const setApart = (ui, parts) => parts.reduce((first, second) => say(ui, "apart", { first, second }));

/** Sentences one after the other, with a blank between two of them where the language has one. */
export const saidTogether = (ui, sentences) => {
  const [first = "", ...others] = sentences.filter(Boolean);
  return others.reduce((sentence, remark) => say(ui, "together", { sentence, remark }), first);
};
