export default function ({ data: [numbers], parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".mlp-place")
  place.mlpviz = { ...place.mlpviz, numbers, send: setTriggerValue }
  window.mlpvizShow?.(place)
  return () => place.mlpviz.leave?.()
}
