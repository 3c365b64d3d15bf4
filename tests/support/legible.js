// For each kind of text in an element, the smallest in pixels of the screen and the one that stands out least.
(kinds, within) => {
  const UNSEEN = ".mlp-status, .mlp-probe, .katex-mathml, defs, title, option, style, script, .material-icons, [data-testid=stIconMaterial], [class*=st-key-unseen], [aria-disabled=true], :disabled, :disabled *, [style*='display: none']"

  function colour(text) {
    const mixed = text.match(/^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)$/)
    if (mixed) return [...mixed.slice(1, 4).map((one) => 255 * one), Number(mixed[4] ?? 1)]
    const plain = text.match(/^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/)
    return plain ? [...plain.slice(1, 4).map(Number), Number(plain[4] ?? 1)] : [0, 0, 0, 0]
  }

  const over = ([r, g, b, a], ground) => [r, g, b].map((one, i) => one * a + ground[i] * (1 - a))
  const mix = (one, other, part) => one.map((each, i) => each * part + other[i] * (1 - part))
  const chainOf = (el) => (el ? [...chainOf(el.parentElement), el] : [])

  function fillOf(style) {
    const [r, g, b, a] = colour(style.fill)
    return [r, g, b, a * Number(style.fillOpacity)]
  }

  const known = new Map()

  /** What an element adds to what is behind it: it is asked for with each text that is in it. */
  function looksOf(el) {
    if (!known.has(el)) {
      const [style, plate] = [getComputedStyle(el), el.matches("svg .mlp-n") && [...el.children].find((one) => /circle|rect|path/.test(one.localName))]
      known.set(el, { ground: colour(style.backgroundColor), plate: plate && fillOf(getComputedStyle(plate)), opacity: Number(style.opacity) })
    }
    return known.get(el)
  }

  /** The ground of an element over what is behind it: its own, or that of the plate that it draws below its text. */
  function groundOf(looks, backdrop, beside) {
    const ground = over(looks.ground, backdrop)
    return looks.plate && !beside ? over(looks.plate, ground) : ground
  }

  /** The ground of a text and its own colour, with the ground and the opacity of all that it is in, from the page inwards. */
  function seen([el, ...inner], backdrop, words) {
    if (!el) return [backdrop, over(words, backdrop)]
    const looks = looksOf(el)
    const beside = inner.at(-1)?.matches(".mlp-name") // a letter stands beside the plate of its number
    return seen(inner, groundOf(looks, backdrop, beside), words).map((one) => mix(one, backdrop, looks.opacity))
  }

  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255)

  function contrast(one, other) {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b)
    return (bright + 0.05) / (dark + 0.05)
  }

  function isSeen(node, el, style) {
    const range = document.createRange()
    range.selectNodeContents(node)
    const { width, height } = range.getBoundingClientRect()
    const readOut = getComputedStyle(el).clipPath !== "none" || getComputedStyle(el).position === "absolute" && el.closest(".mlp-choice")
    const blank = !el.ownerSVGElement && !colour(style.color)[3] // a copy that only lies over what is typed
    return width && height && style.visibility === "visible" && !readOut && !blank && !el.closest(UNSEEN)
  }

  const found = {}
  const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT)
  for (let node; (node = walker.nextNode()); ) {
    const [text, el] = [node.data.replace(/[\s\u200b\u2061-\u2064]+/g, " ").trim(), node.parentElement]
    const style = getComputedStyle(el)
    if (!text || !isSeen(node, el, style)) continue
    const picture = el.ownerSVGElement
    const size = parseFloat(style.fontSize) * (picture ? picture.getScreenCTM().a : 1)
    const stands = contrast(...seen(chainOf(el), [255, 255, 255], picture ? fillOf(style) : colour(style.color)))
    const one = (found[kinds.find(([, selector]) => el.matches(selector))[0]] ??= { size: 1e9, contrast: 1e9 })
    if (size < one.size) Object.assign(one, { size, small: text.slice(0, 24) })
    if (stands < one.contrast) Object.assign(one, { contrast: stands, faint: text.slice(0, 24) })
  }
  return found
}
