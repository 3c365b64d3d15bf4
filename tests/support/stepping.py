"""What the browser tests do with a page by keyboard, each until the page has answered."""

from tests.support.browser import READY, expect


def settled(page):
    """Wait until the run has ended of which the page already shows something."""
    page.wait_for_selector(READY, state="attached")


SCROLLED = """() => Promise.race([
  new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
  new Promise(done => setTimeout(done, 500))])"""


def choose(page, label, option):
    """Choose from a menu by mouse once no run is under way that would draw it anew.

    A browser tells a frame late that it has scrolled, and that closes a menu which is open by then.
    """
    settled(page)
    menu = page.get_by_label(label, exact=True)
    menu.scroll_into_view_if_needed()
    page.evaluate(SCROLLED)
    menu.click()
    page.get_by_role("option", name=option).click()


def opened_at(page, step=None):
    """Wait until the stepper is there with its formulas, at a step."""
    page.wait_for_selector("[data-step]" if step is None else f"[data-step='{step}']")
    page.wait_for_selector("[data-part=formula] .katex-display")
    settled(page)


def press(page, key, step):
    """Press a key by which the stepper comes to a step."""
    page.keyboard.press(key)
    page.wait_for_selector(f"[data-step='{step}']")


def last(page):
    """The index of the last step."""
    return int(page.locator("[data-step]").get_attribute("data-steps")) - 1


def in_link(page, text):
    """Wait until the address has something in it, and the run that wrote it has ended."""
    expect(page, "text => location.search.includes(text) || location.search", True, text)
    settled(page)


def walk_to(page, key, selector, most=60):
    """Press a key until the focus stands in an element."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} was not reached with {key}")


WALK = """async (look) => {
  const root = document.querySelector(".mlp-root"), found = []
  const press = (key) => root.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))
  for (let key = "Home"; ; key = "ArrowRight") {
    root.focus()
    press(key)
    if (!document.querySelector("[data-part=formula] .katex")) throw new Error(`no formula at step ${found.length}`)
    const { step, steps } = document.querySelector("[data-step]").dataset
    if (Number(step) !== found.length) throw new Error(`at step ${step} after ${found.length} looks`)
    found.push(await look())
    if (found.length === Number(steps)) return found
  }
}"""


def walked(page, look):
    """What a function of the page gives at each step, from the first to the last: a step is drawn at once."""
    return page.evaluate(f"() => ({WALK})({look})")


VALUES = """() => Object.fromEntries([...document.querySelectorAll("[data-part=ledger] .mlp-matrix[data-key]")]
  .map(matrix => [matrix.dataset.key, [...matrix.querySelectorAll(".mlp-n")].map(el => Number(el.dataset.value))]))"""
LIVE = "() => document.querySelector('.mlp-root').dataset.live"


def frames(page):
    """What the page sends to the server from now on."""
    return page.evaluate(
        """() => { window.sent = []; const send = WebSocket.prototype.send;
        WebSocket.prototype.send = function (data) { window.sent.push(data); return send.call(this, data); } }"""
    )
