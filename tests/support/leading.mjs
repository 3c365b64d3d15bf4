// A teacher's page that goes from step to step while the server is as it is told to be: what the room has heard in the end.

const answers = process.argv.slice(2);
const heard = [];

globalThis.window = { mlpvizShell: { secret: "0".repeat(32) } };
globalThis.location = { href: "http://school/?room=7K3F", pathname: "/", search: "?room=7K3F&step=1", hash: "" };
globalThis.document = { cookie: "" };
globalThis.setTimeout = (does) => queueMicrotask(does);
globalThis.fetch = async (_url, { body }) => {
  const kind = answers.shift() ?? "done";
  if (kind === "lost") throw new TypeError("Failed to fetch");
  if (kind === "done") heard.push(JSON.parse(body).query);
  return { json: async () => ({ kind }) };
};
AbortSignal.timeout = () => undefined;

const { club } = await import("../../mlpviz/interface/room/js/club.js");
const { publish } = await import("../../mlpviz/interface/room/js/follow.js");

Object.assign(club, { code: "7K3F", say() {}, data: { language: "en", pages: { network: "" }, moving: [], texts: {} } });
const saying = publish();
location.search = "?room=7K3F&step=2";
publish();
await saying;
console.log(JSON.stringify(heard));
