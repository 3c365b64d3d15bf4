"""A page opened without a browser: its fields and buttons, its texts, and what it gives the stepper."""

import json
from base64 import b64decode
from functools import cache
from pathlib import Path

import numpy as np
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.testing.v1 import AppTest

import mlpviz
from mlpviz.interface.shell.session import KEY
from mlpviz.interface.stepper.frame import NAME, woven
from mlpviz.setup.arrays import data_of, parameters_of
from tests.support.browser import PATIENCE

# Every new AppTest reads the metadata of all that is installed anew, which takes longer than most pages; once is enough
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

# By the hash of each message a browser knows again what it has; here nobody looks at it, and it is made of every byte
script_run_context.populate_hash_if_needed = lambda message: message.hash

APP = str(Path(__file__).parents[2] / "app.py")


class Opened:
    """One page in one session, at a link."""

    def __init__(self, page="step", **query):
        self.app = AppTest.from_file(APP, default_timeout=PATIENCE)
        if page != "step":
            self.app.switch_page(f"pages/{page}.py")
        self.open(**query)

    def open(self, **query):
        """Follow a link to the same page."""
        for name, text in query.items():
            self.app.query_params[name] = str(text)
        return self.run()

    def run(self):
        """One run of the page, which shows no traceback."""
        self.app.run()
        assert not self.app.exception, self.app.exception[0].message
        return self

    def press(self, key):
        """Press a button."""
        self.app.button(key=key).click()
        return self.run()

    def fill(self, field, text):
        """Type into a text field and leave it."""
        named([*self.app.text_input, *self.app.text_area], field).set_value(text)
        return self.run()

    def choose(self, menu, value):
        """Choose from a menu."""
        named(self.app.selectbox, menu).set_value(value)
        return self.run()

    @property
    def session(self):
        """What the session remembers."""
        return self.app.session_state[KEY]

    @property
    def setup(self):
        """The present setup."""
        return self.session.history.present

    @property
    def link(self):
        """The query of the page's link, to open the same page again: ``Opened(**page.link)``."""
        return dict(self.session.linked[1][0])

    @property
    def errors(self):
        """The refusals on the page, as a reader sees them."""
        return [error.value.replace("\\", "") for error in self.app.error]

    @property
    def payload(self):
        """What the stepper was given, put together as the browser does it."""
        return payload_of([each.proto for each in self.app.get("bidi_component")])

    @property
    def steps(self):
        """The steps or lines."""
        return self.payload["steps"]

    def matrix(self, key):
        """The stored array of a matrix."""
        raw = self.payload["matrices"][key]
        return np.frombuffer(b64decode(raw["values"]), "<f8").reshape(raw["shape"])

    @property
    def texts(self):
        """Everything written on the page, the stepper's formulas included."""
        kinds = (self.app.markdown, self.app.caption, self.app.latex, self.app.subheader, self.app.code)
        boxes = (self.app.error, self.app.warning, self.app.success, self.app.info)
        written = [each.value for kind in (*kinds, *boxes) for each in kind]
        stepping = any(each.proto.component_name == "mlpviz.frame" for each in self.app.get("bidi_component"))
        return "\n".join([*written, *(self.payload["formulas"] if stepping else [])])

    def trace(self, sample=None):
        """The engine's own pass of the present setup: the batch, or one sample."""
        X, Y = data_of(self.setup)
        chosen = slice(None) if sample is None else [sample]
        return mlpviz.backpropagate(parameters_of(self.setup), X[chosen], Y[chosen])


def payload_of(sent):
    """The payload among the components of a page: a frame, and the numbers that belong into it."""
    by_name = {each.component_name: each for each in sent}
    frame, (numbers,) = by_name["mlpviz.frame"].bytes, json.loads(by_name["mlpviz.stepper"].json)
    assert numbers["frame"] == frame[:NAME].decode()
    return woven(json.loads(frame[NAME:]), numbers) | numbers_apart(numbers)


def numbers_apart(numbers):
    """What travels beside the numbers."""
    return {name: each for name, each in numbers.items() if name not in ("frame", "scalars", "matrices", "rests")}


def named(elements, name):
    """The one element that sets the property ``name``, or whose label begins with it."""
    return next(each for each in elements if each.key == f"setup.{name}" or each.label.startswith(name))
