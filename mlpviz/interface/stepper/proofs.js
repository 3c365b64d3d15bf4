export default function ({ data: [proofs] }) {
  window.mlpvizProofs = proofs
  for (const place of document.querySelectorAll(".mlp-place")) window.mlpvizShow?.(place)
}
