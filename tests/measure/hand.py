"""Measures the stepper in the hand: ``python -m tests.measure.hand``. It prints figures and asserts nothing.

Steps by key and moves of a drag are timed inside the page, from the event's dispatch to the first task after the frame
that painted what it changed (a request for a frame, then a message), beside a page that changes one text; "seen" counts
from when the browser took the event up. Layouts are the browser's own count, and those that a handler forced are told
from a trace. What goes to the server during a drag is counted in bytes.
"""

import argparse
import json

from tests.measure.__main__ import rows, summary
from tests.support.browser import Page, expect, running
from tests.support.stepping import opened_at, settled

CLOCK = """kind => {
  window.times = []
  window.seen = []
  addEventListener(kind, event => {
    if (kind === "pointermove" && !event.buttons) return
    const start = performance.now(), taken = event.timeStamp, channel = new MessageChannel()
    channel.port1.onmessage = () => {
      window.times.push(performance.now() - start)
      window.seen.push(performance.now() - taken)
    }
    requestAnimationFrame(() => channel.port2.postMessage(0))
  }, true)
}"""
ONE_TEXT = """<p id="text">0</p><script>
  const change = () => text.textContent = String(Number(text.textContent) + 1)
  addEventListener("keydown", change)
  addEventListener("pointermove", () => requestAnimationFrame(change))
</script>"""
SENT = """() => {
  window.sent = []
  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (data) {
    window.sent.push(data.byteLength ?? data.size ?? data.length)
    return send.call(this, data)
  }
}"""
CELL = "[data-part=ledger] [data-key='W[1]'] .mlp-n[data-row='0'][data-column='0']"
CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
HANDLERS = {"EventDispatch", "FunctionCall", "FireAnimationFrame", "TimerFire", "FireIdleCallback"}
LARGE = (
    "/?widths=64,128,10&activations=relu,softmax&loss=cross_entropy&reduction=mean_samples&initializer=he_normal"
    f"&X={rows(8, 64, lambda i, j: (i * j + i + j // 3) % 2)}&Y={rows(8, 10, lambda i, j: int(i % 10 == j))}"
)
UNTIL_STEPPER = """() => document.activeElement.closest(".mlp-root") !== null"""


def opened(browser, server, path):
    """A page of the app in a fresh profile at its first step, with what it does in idle time done."""
    page = Page(browser, server, (1280, 720), dark=False)
    view = page.open(path)
    opened_at(view)
    expect(view, "document.querySelector('.mlp-root').dataset.live", "yes")
    view.wait_for_timeout(2500)
    return page, view


def times_of(view):
    """What the clock has measured, in the page and as seen, and its hands back at zero."""
    return view.evaluate("[window.times.splice(0), window.seen.splice(0)]")


def keys(view, count, rounds):
    for _ in range(rounds):
        for key in ["ArrowRight"] * count + ["ArrowLeft"] * count:
            view.keyboard.press(key)
            view.wait_for_timeout(40)


def metrics(session):
    """The browser's own counts: layouts, nodes."""
    return {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}


def layouts_a_step(view, session, count, pause=120):
    """For each step on, how often the page was laid out, from each key to the next so many milliseconds later."""
    found = []
    for _ in range(count):
        before = metrics(session)["LayoutCount"]
        view.keyboard.press("ArrowRight")
        view.wait_for_timeout(pause)
        found.append(int(metrics(session)["LayoutCount"] - before))
    return found


def forced_layouts(browser, view, count):
    """How many layouts of as many steps began inside a handler of the page, by the kind of handler."""
    browser.start_tracing(page=view, categories=CATEGORIES)
    for _ in range(count):
        view.keyboard.press("ArrowRight")
        view.wait_for_timeout(60)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    spans = [event for event in events if event["name"] in HANDLERS and "dur" in event]
    found = {}
    for event in events:
        if event["name"] == "Layout" and event["ph"] in "BX":
            around = [s for s in spans if s["tid"] == event["tid"] and s["ts"] <= event["ts"] <= s["ts"] + s["dur"]]
            for name in {span["name"] for span in around[:1]}:
                found[name] = found.get(name, 0) + 1
    return found


def tabs(view):
    """How often Tab is pressed from Share until the focus is in the stepper."""
    view.get_by_role("button", name="Share").first.focus()
    for count in range(1, 200):
        view.keyboard.press("Tab")
        if view.evaluate(UNTIL_STEPPER):
            return count
    return None


def stepping(browser, server, rounds):
    """The figures of the default screen."""
    page, view = opened(browser, server, "/")
    session = page.context.new_cdp_session(view)
    session.send("Performance.enable")
    elements = view.evaluate("document.querySelectorAll('*').length")
    print(f"default screen: {elements:,} elements; Tab from Share to the stepper: {tabs(view)}")
    view.locator(".mlp-root").focus()
    view.keyboard.press("Home")
    view.wait_for_timeout(2500)
    count = int(view.locator("[data-step]").get_attribute("data-steps")) - 1
    layouts = layouts_a_step(view, session, count)
    print(f"layouts of each first step: {layouts}, {sum(layouts) / count:.2f} a step")
    view.keyboard.press("Home")
    view.wait_for_timeout(300)
    print(f"forced layouts in {count} steps, by handler: {forced_layouts(browser, view, count)}")
    view.keyboard.press("Home")
    view.evaluate(CLOCK, "keydown")
    keys(view, count, rounds)
    report("a step of 2-3-2", view)
    page.close()


def report(what, view):
    times, seen = times_of(view)
    print(f"{what}: {summary(times)} over {len(times)}; seen: {summary(seen)}", flush=True)


def drags(browser, server, path, what, moves):
    """A weight dragged to the right, a pixel a move."""
    page, view = opened(browser, server, path)
    view.keyboard.press("End")
    view.locator(CELL).scroll_into_view_if_needed()
    view.wait_for_timeout(500)
    view.evaluate(CLOCK, "pointermove")
    view.evaluate(SENT)
    box = view.locator(CELL).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    view.mouse.move(x, y)
    view.mouse.down()
    for moved in range(1, moves + 1):
        view.mouse.move(x + moved, y)
        view.wait_for_timeout(30)
    held = sum(view.evaluate("window.sent"))
    report(f"a move of a drag over {what}", view)
    view.mouse.up()
    settled(view)
    view.wait_for_timeout(1500)
    sent = view.evaluate("window.sent")
    print(f"  to the server until release: {held} bytes; then {len(sent)} message(s), {sum(sent)} bytes")
    page.close()


def one_text(browser, server, moves):
    """The same clock on a page that changes one text."""
    page = Page(browser, server, (1280, 720), dark=False)
    view = page.page
    view.set_content(ONE_TEXT)
    view.evaluate(CLOCK, "keydown")
    keys(view, 20, 3)
    report("a key on a page that changes one text", view)
    view.set_content(ONE_TEXT)
    view.evaluate(CLOCK, "pointermove")
    view.mouse.move(100, 100)
    view.mouse.down()
    for moved in range(moves):
        view.mouse.move(100 + moved, 100)
        view.wait_for_timeout(30)
    report("a move on a page that changes one text", view)
    page.context.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--moves", type=int, default=60)
    options = parser.parse_args()
    with running() as (browser, server):
        one_text(browser, server, options.moves)
        stepping(browser, server, options.rounds)
        drags(browser, server, "/", "2-3-2", options.moves)
        drags(browser, server, LARGE, "64-128-10 with 8 samples", options.moves)


if __name__ == "__main__":
    main()
