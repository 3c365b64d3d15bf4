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

test("after a full-width bracket comes no blank, but before a letter", () => {
  const ui = { data: { messages: { over: "{J} 隨 {name} 的變化" } } };
  assert.equal(say(ui, "over", { J: "J", name: "第 2 行（column）" }), "J 隨 第 2 行（column）的變化");
  assert.equal(say(ui, "over", { J: "J", name: "W" }), "J 隨 W 的變化");
  assert.equal(say(ui, "over", { J: "（row） J", name: "b" }), "（row） J 隨 b 的變化");
});
