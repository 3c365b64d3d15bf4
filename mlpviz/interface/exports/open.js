
// Unpacks the script and what was saved, and shows it.
const unpacked = async (id) => {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
};
const [script, saved] = await Promise.all(["mlp-script", "mlp-saved"].map(unpacked));
const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
const { default: open } = await import(address);
URL.revokeObjectURL(address);
open(JSON.parse(saved));
