"""The main journey in a real browser, by keyboard alone, and what must hold on the way."""

import pytest

from mlpviz.examples.presets import PRESETS

VALUES = """() => Object.fromEntries([...document.querySelectorAll("[data-part=ledger] [data-value]")].map(
  (el) => [[el.dataset.symbol, el.dataset.layer, el.dataset.row, el.dataset.column].join(" "), el.dataset.value]))"""

FACES = """() => ["title", "text", "position", "lines", "code", "trail"].map(
  (part) => document.querySelector(`[data-part=${part}]`).textContent)"""

FOCUSED = "document.activeElement"


def cell(symbol, layer, row, column, part="ledger"):
    """The selector of one number in a part of the stepper."""
    return (
        f"[data-part={part}] [data-symbol='{symbol}'][data-layer='{layer}'][data-row='{row}'][data-column='{column}']"
    )


def walk_to(page, key, selector, most=60):
    """Press a key until the focus stands in an element."""
    for _ in range(most):
        if page.evaluate(f"{FOCUSED}.matches({selector!r})"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} was not reached with {key}")


def number(page, selector):
    """The value of a number on screen."""
    return float(page.locator(selector).first.get_attribute("data-value"))


def settled(page):
    """Wait until the server has answered."""
    page.wait_for_timeout(150)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", state="attached")


def choose(page, label, option):
    """Choose a radio option of the notation by keyboard, the panel being open."""
    group = page.get_by_role("radiogroup", name=label)
    group.get_by_role("radio", name=option, exact=True).focus()
    page.keyboard.press("Space")
    settled(page)


def test_the_whole_journey_by_keyboard(open_app):
    page = open_app("/")
    page.wait_for_selector("[data-step]")
    page.keyboard.press("End")
    steps = page.locator("[data-step]")
    assert int(steps.get_attribute("data-step")) == int(steps.get_attribute("data-steps")) - 1

    walk_to(page, "Tab", "[data-part=ledger] [data-key='dW[1]'] *")
    page.keyboard.press("Enter")
    walk_to(page, "ArrowRight", cell("dW", 1, 0, 1), most=3)
    wanted = number(page, cell("dW", 1, 0, 1))
    assert wanted == pytest.approx(number(page, cell("delta", 1, 0, 0)) * number(page, cell("A", 0, 0, 1)))
    assert float(page.locator("[data-part=sum]").get_attribute("data-total")) == pytest.approx(wanted, rel=1e-12)
    first = page.evaluate(VALUES)

    page.keyboard.press("Escape")
    walk_to(page, "Shift+Tab", "[data-part=ledger] [data-key='W[1]'] *")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("0.25")
    page.keyboard.press("Enter")
    page.wait_for_selector(cell("W", 1, 0, 0) + "[data-value='0.25']")
    assert number(page, cell("dW", 1, 0, 1)) != wanted
    settled(page)
    page.keyboard.press("Control+Z")
    page.wait_for_selector(cell("W", 1, 0, 0) + "[data-value='0.7']")
    settled(page)
    assert page.evaluate(VALUES) == first


def test_a_notation_changes_formulas_and_no_number_and_the_link_restores_the_screen(open_app):
    page = open_app("/")
    page.wait_for_selector("[data-step]")
    page.keyboard.press("End")
    numbers, code = page.evaluate(VALUES), page.locator("[data-part=code]").text_content()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Notation").focus()
    page.keyboard.press("Enter")
    choose(page, "A sample is a", "column")
    choose(page, "Gradients in", "numerator layout")
    page.keyboard.press("Escape")
    settled(page)
    page.locator(".mlp-root").focus()
    page.keyboard.press("End")
    assert page.evaluate(VALUES) == numbers
    page.keyboard.press("Home")
    assert page.locator("[data-part=code]").text_content() == "Z[1] = W[1] @ X + b[1]" != code
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert "orientation=columns" in page.url and "step=7" in page.url
    here, faces = page.evaluate(VALUES), page.evaluate(FACES)

    other = open_app(page.url[page.url.index("/?") :])
    other.wait_for_selector("[data-step='7']")
    other.wait_for_timeout(400)
    assert other.evaluate(VALUES) == here
    assert other.evaluate(FACES) == faces


def test_stepping_asks_the_server_nothing(open_app):
    page = open_app("/")
    page.wait_for_selector("[data-step]")
    settled(page)
    page.wait_for_timeout(1500)
    requests, frames = [], []
    page.on("request", lambda request: requests.append(request.url))
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda event: frames.append(event["response"]["opcode"]))
    for key in ["ArrowRight"] * 8 + ["ArrowLeft"] * 3 + ["End", "Home"]:
        page.keyboard.press(key)
        page.wait_for_timeout(30)
    page.wait_for_timeout(1000)
    assert requests == []
    assert [opcode for opcode in frames if opcode in (1, 2)] == []
    assert page.locator("[data-step]").get_attribute("data-step") == "0"


EXPANSIONS = """async () => {
  const wrong = [], sum = document.querySelector("[data-part=sum]")
  let count = 0
  for (const el of document.querySelectorAll("[data-part=ledger] [data-value]")) {
    el.focus()
    const total = sum.dataset.total
    if (total === undefined) continue
    count += 1
    const [value, found] = [Number(el.dataset.value), Number(total)]
    if (!(Math.abs(value - found) <= 1e-9 * Math.max(Math.abs(value), 1e-3))) wrong.push([el.ariaLabel, value, found])
  }
  return [count, wrong]
}"""


@pytest.mark.parametrize("preset", PRESETS)
def test_every_expansion_adds_up_to_its_number(open_app, preset):
    page = open_app(f"/?preset={preset}")
    page.wait_for_selector("[data-step]")
    page.keyboard.press("End")
    count, wrong = page.evaluate(EXPANSIONS)
    assert count > 2 * min(
        PRESETS[preset].architecture.parameter_count, 400
    )  # of a large network, the windows on screen
    assert wrong == []


@pytest.mark.parametrize("notation", ["orientation=columns", "layout=numerator&weights=in_out"])
def test_expansions_add_up_in_other_notations(open_app, notation):
    page = open_app(f"/?preset=softmax-batch&l2=0.1&{notation}")
    page.wait_for_selector("[data-step]")
    page.keyboard.press("End")
    count, wrong = page.evaluate(EXPANSIONS)
    assert count > 2 * PRESETS["softmax-batch"].architecture.parameter_count
    assert wrong == []


def test_what_is_not_yet_computed_is_blank(open_app):
    page = open_app("/")
    page.wait_for_selector("[data-step]")
    page.keyboard.press("Home")
    assert page.locator("[data-symbol=dW][data-value], [data-symbol=delta][data-value]").count() == 0
    assert page.locator("[data-symbol=dW]").count() > 0
    page.keyboard.press("End")
    assert page.locator("[data-part=ledger] [data-symbol=dW]:not([data-value])").count() == 0


SIZES = [((1280, 720), {}), ((390, 844), {}), ((640, 360), {"device_scale_factor": 2})]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("viewport", "context"), SIZES)
@pytest.mark.parametrize("preset", ["two-three-two", "softmax-batch"])
def test_nothing_is_cut_off(open_app, viewport, context, dark, preset):
    page = open_app(f"/?preset={preset}", viewport, dark, **context)
    page.wait_for_selector("[data-step]")
    for key in ("Home", "End"):
        page.keyboard.press(key)
        wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        assert wide <= 0
    over = page.evaluate(
        """() => [...document.querySelectorAll("[data-part=title], [data-part=text], .mlp-next, [data-part=position]")]
        .map((el) => el.getBoundingClientRect()).filter((box) => box.left < 0 || box.right > innerWidth + 1).length"""
    )
    assert over == 0


def test_the_link_offered_to_copy_names_the_step_on_screen(open_app):
    page = open_app("/?preset=mazur")
    page.wait_for_selector("[data-step]")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Share").click()
    offered = page.locator("[data-testid=stPopoverBody] code").first
    offered.wait_for()
    link = offered.text_content()
    assert "/?" in link and "step=5" in link and "preset=mazur" in link
    other = open_app(link[link.index("/?") :])
    other.wait_for_selector("[data-step='5']")


def test_the_grain_chosen_in_the_bar_is_in_the_link(open_app):
    page = open_app("/")
    page.wait_for_selector("[data-step]")
    page.locator("[data-part=grain]").select_option("entry")
    page.wait_for_function("location.search.includes('grain=entry')")
    page.locator(".mlp-root").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-step]").get_attribute("data-step") == "0"
