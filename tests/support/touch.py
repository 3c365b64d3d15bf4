"""What is amiss under a finger on a page that is open, each look as a function of the page."""

CUT = """() => [...document.querySelectorAll(".mlp-face .mlp-body, .mlp-face header, .mlp-formula, .mlp-sigma")]
  .filter(el => el.getClientRects().length && el.scrollWidth > el.clientWidth + 1)
  .map(el => [el.closest(".mlp-face")?.className, el.className || el.tagName, el.scrollWidth, el.clientWidth])"""
SMALL = """() => [...document.querySelectorAll(".mlp-root div.mlp-n, .mlp-root span.mlp-n, .mlp-root button")]
  .map(el => [el.getAttribute("aria-label") ?? el.textContent, el.getBoundingClientRect()])
  .filter(([, { width, height }]) => width && (width < 23.9 || height < 23.9))
  .map(([name, { width, height }]) => [name, width, height])"""
MISSED = """() => {
  document.querySelector(".mlp-network").scrollIntoView({ block: "center" })
  const around = [[0, -11.5], [0, 11.5], [-11.5, 0], [11.5, 0]]
  const plates = [...document.querySelectorAll(".mlp-picture .mlp-n")].filter(el => el.getClientRects().length)
  const met = (el, [x, y], { e, f } = el.getScreenCTM()) => document.elementFromPoint(e + x, f + y)?.closest(".mlp-n")
  return plates.filter(el => !around.every(place => met(el, place))).map(el => el.getAttribute("aria-label"))
}"""
SEEN = """[...document.querySelectorAll(".mlp-picture .mlp-n > text")].filter((el) => el.textContent
  && el.getClientRects().length && getComputedStyle(el).visibility === "visible")"""
LAID_OVER = f"""() => {{
  const seen = {SEEN}.map((el) => [el.textContent, el.getBoundingClientRect()])
  const meet = ([, one], [, other]) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 0.3 * one.height
  const met = (one, others) => others.filter((other) => meet(one, other)).map(([text]) => [one[0], text])
  return seen.flatMap((one, i) => met(one, seen.slice(0, i)))
}}"""
TYPE = f"""() => {SEEN}.map((el) => parseFloat(getComputedStyle(el).fontSize) * el.getScreenCTM().a)"""
"""How large the numbers in the picture are, in pixels of the screen."""
