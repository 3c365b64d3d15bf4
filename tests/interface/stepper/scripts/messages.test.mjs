// A sentence is told with its places filled, and in every language in the form that gettext has for its count.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { say } from "../../../../mlpviz/interface/stepper/js/messages.js";

for (const { tag, messages, counts, told } of JSON.parse(readFileSync(process.env.LANGUAGES))) {
  test(`what is counted has its form in ${tag}`, () => {
    for (const [key, templates] of Object.entries(told)) {
      const all = counts.map((count) => say({ data: { messages } }, key, { count }));
      assert.deepEqual(all, templates.map((template, i) => template.replaceAll("{count}", counts[i])));
    }
  });
}

test("places are filled by name, and one without a value stays", () => {
  const ui = { data: { messages: { sample: "{batch}: {sample} of {batch}" } } };
  assert.equal(say(ui, "sample", { sample: 0, batch: 3 }), "3: 0 of 3");
  assert.equal(say(ui, "sample", { sample: 2 }), "{batch}: 2 of {batch}");
  assert.equal(say(ui, "crumb", { step: 1 }), "crumb");
});
