const MOST = 4  // frames that are remembered: of two pages, and of what was before

export default function ({ data }) {
  const [name, text] = [data.slice(0, 16), data.slice(16)].map(part => new TextDecoder().decode(part))
  const others = Object.entries(window.mlpvizFrames ?? {}).filter(([other]) => other !== name).slice(1 - MOST)
  window.mlpvizFrames = Object.fromEntries([...others, [name, text]])
  for (const place of document.querySelectorAll(".mlp-place")) window.mlpvizShow?.(place)
}
