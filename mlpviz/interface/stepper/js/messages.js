// The sentences of the interface: they come with the payload, in the reader's language (messages.py).

/** A sentence with its {places} filled. */
export const say = (ui, key, values = {}) => (ui.data.messages[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
