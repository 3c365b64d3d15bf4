"""Carries a lesson out as somebody would who does all that it asks for: used by a test, and whole by a measure."""

from mlpviz.derivation.errata import EXERCISES
from mlpviz.lessons.lesson import Edited, Explained, FoundRight, Guessed, Reached, Trained
from tests.support import train
from tests.support.browser import PATIENCE, expect, expect_text

NAMED = """[...document.querySelectorAll('.mlp-lesson-choice')].every((el) => {
  const name = el.querySelector('[role=img]')?.ariaLabel  // of a formula, which is told in words
  return name ? !name.includes(String.fromCharCode(92)) : !el.querySelector('.katex') && el.textContent
})"""
BOX = "textarea[aria-label='Your formula, derivation or program']"
ROOT = ".mlp-root"


def carry_out(page, lesson, number):
    """Do everything of one scene, which is open; every answer but the right one is tried first."""
    scene = lesson.scenes[number - 1]
    expect_text(page, ".mlp-lesson-place b", scene.title)
    expect(page, "document.querySelectorAll('.mlp-lesson-tasks li').length", len(scene.done))
    causes = []
    for done in in_order(scene.done):
        causes += do(page, done)
        expect(page, DONE, True, scene.done.index(done))
    return causes


DONE = "task => document.querySelectorAll('.mlp-lesson-tasks li')[task]?.classList.contains('mlp-lesson-done')"


def in_order(done):
    """Edits first, so that the question is about the new numbers; the notation last."""
    ranks = {Edited: 0, Guessed: 1, Reached: 2, Explained: 3}
    late = Edited("orientation")
    return sorted(done, key=lambda each: 9 if each == late else ranks.get(type(each), 4))


def do(page, done):
    """Do one thing; of a question the causes that its wrong answers were told."""
    match done:
        case Edited("X"):
            retype(page, "A", 0, 0, 1, "0.5")
        case Edited("entries"):
            drag_by_keys(page)
        case Edited("orientation"):
            choose_rows(page)
        case Edited("updates"):
            focus(page)
            page.keyboard.press("a")
        case Guessed():
            return list(answer(page))
        case Reached(_, at):
            go_on(page, at)
        case Explained(of):
            click_number(page, of)
        case FoundRight():
            write(page, EXERCISES["E46"].answer)
        case Trained():
            train.press(page, "Start")
    return []


def answer(page):
    """Choose every answer, the right one last; what each wrong one was told."""
    expect(page, "document.querySelectorAll('.mlp-lesson-choice').length > 1")
    expect(page, NAMED)
    right = 0
    for number in range(page.locator(".mlp-lesson-choice").count()):
        page.locator(".mlp-lesson-choice").nth(number).click()
        expect(page, "document.querySelectorAll('.mlp-lesson-choice[aria-pressed=true]').length", 1)
        told = page.inner_text(".mlp-lesson-verdict")
        if told.startswith("✓"):
            right, at = right + 1, number
        else:
            assert told.startswith("✗") and len(told) > 5, told
            yield told
    assert right == 1
    page.locator(".mlp-lesson-choice").nth(at).click()


def focus(page):
    page.locator(ROOT).first.focus()


def go_on(page, at):
    """Press → until the stepper is there."""
    focus(page)
    while int(page.get_attribute(".mlp-position", "data-step")) < at:
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(30)


def click_number(page, of):
    name, _bracket, layer = of.rstrip("]").partition("[")
    page.locator(f".mlp-product .mlp-n[data-symbol='{name}'][data-layer='{layer}'][data-value]").last.click()


def retype(page, symbol, layer, row, column, text):
    """Type another number into a cell of the ledger."""
    cell = f"[data-symbol='{symbol}'][data-layer='{layer}'][data-row='{row}'][data-column='{column}']"
    page.locator(f".mlp-ledger .mlp-n{cell}").first.focus()
    page.keyboard.press("Enter")
    page.fill(".mlp-edit", text)
    page.keyboard.press("Enter")


def drag_by_keys(page):
    """Step a weight of the output layer upwards by its key."""
    page.locator(".mlp-ledger .mlp-n[data-symbol='W'][data-layer='2']").first.focus()
    page.keyboard.press("Alt+ArrowUp")


def choose_rows(page):
    """Make a sample a row under Notation."""
    page.locator(".st-key-notation button").first.click()
    page.locator("[data-testid=stPopoverBody] label", has_text="row").first.click()
    expect_text(page, ".mlp-lesson-tasks", "✓ Change under Notation")
    page.keyboard.press("Escape")


def write(page, formula):
    page.locator(BOX).fill(formula)
    page.locator(BOX).press("Control+Enter")


def next_scene(page, number):
    """Go on to the scene after one."""
    page.locator("[data-do=lesson-on]").click(timeout=1000 * PATIENCE)
    expect(page, "document.querySelector('.mlp-lesson-dot[aria-current]')?.dataset.do", f"lesson-dot-{number + 1}")
