// The sentences of the interface: they come with the payload, in the reader's language (messages.py).

/** A sentence with its {places} filled; one with forms takes that of its {count}, from 100 on by the last two digits. */
export function say(ui, key, values = {}) {
  const message = ui.data.messages[key] ?? key;
  const { count } = values;
  const template = message.forms?.[message.of[count < 100 ? count : 100 + (count % 100)]] ?? message;
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
