"""The Train page: in a session without a browser, and what a browser test does with its buttons and reads of a run."""

import re
import secrets

from mlpviz.jobs import executor, folder
from tests.support.browser import expect
from tests.support.opened import Opened
from tests.support.runs import until
from tests.support.stepping import settled


class TrainPage(Opened):
    """The page in one session; ``browser`` is the name by which the server knows who looks at it."""

    def __init__(self, browser="", **query):
        self.browser = browser or secrets.token_hex(32)
        super().__init__("train", **query)

    def open(self, **query):
        self.app.session_state["mlpviz.owner"] = self.browser
        return super().open(**query)

    def again(self, **changes):
        """The same page in another session of the same browser."""
        return TrainPage(self.browser, **{**self.link, **changes})

    @property
    def job(self):
        """The present run."""
        return folder.find(folder.default_folder(), self.setup.run)

    def ended(self):
        """Wait for the end of the present run and see it."""
        until(lambda: not self.job.status.active)
        self.run()

    def figures(self):
        """The keys of the figures on the page."""
        shown = [each.proto for each in self.app.get("bidi_component")]
        return [proto.id.rpartition("-")[2] for proto in shown if proto.component_name == "mlpviz.figure"]


def end_queues():
    """Close every queue that this process has begun, and kill its workers."""
    while executor._executors:
        _, queue = executor._executors.popitem()
        queue.close()
        for process in queue.workers.values():
            process.kill()
            process.wait()


# In a browser

STATE = "[data-testid=stProgress]"
FIGURE = ".js-plotly-plot:not(.st-key-plotly *)"
EPOCHS, PACE = 9_000, 30  # some minutes: no test sees the end of this run
LONG = (
    "/train?dataset=moons&widths=2,8,1&activations=tanh,sigmoid&loss=binary_cross_entropy&reduction=mean_samples"
    f"&batch_size=32&optimizer=adam&learning_rate=0.01&epochs={EPOCHS}&pace={PACE}"
)

STARTS = """([selector, words]) => {
  const text = document.querySelector(selector)?.textContent.trim() ?? "no such element"
  return text.startsWith(words) || text
}"""

PASSED = f"""least => {{
  const text = document.querySelector("{STATE}")?.textContent ?? "no such element"
  return Number(/epoch ([\\d,]+) of/.exec(text)?.[1].replaceAll(",", "")) >= least || text
}}"""


def begin(page):
    """Start the long run as soon as there is something to press."""
    press(page, "Start")
    expect(page, "/run=[0-9a-f]{16}/.test(location.search)")
    wait_for(page, "running")


def press(page, name):
    """Press a button of the run, once it can be pressed.

    By its whole name: while Start is not drawn yet, "Many starts" may be there already.
    """
    page.locator(".st-key-transport").get_by_role("button", name=name, exact=True).and_(
        page.locator("button:enabled")
    ).click()


def wait_for(page, words):
    """Wait until the line above the pictures begins with some words."""
    expect(page, STARTS, True, [STATE, words])


def epoch(page):
    """The epoch that the page shows of a run that stands still."""
    settled(page)
    text = page.locator(STATE).first.text_content()
    return int(re.search(r"epoch ([\d,]+) of", text)[1].replace(",", ""))


HIDDEN = """hidden => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true })
  document.dispatchEvent(new Event("visibilitychange"))
}"""


def hide(page, hidden=True):
    """Let a page be in the background until it is loaded anew: it follows a run and draws none of its pictures."""
    page.evaluate(HIDDEN, hidden)
