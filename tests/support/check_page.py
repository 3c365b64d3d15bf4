"""The Check page in one session: what is typed, what is said, and what can be pressed."""

import json

from tests.support.opened import Opened


class Check(Opened):
    """The page in one session."""

    def __init__(self, **query):
        super().__init__("check", **query)

    def type(self, formula, target=None):
        """Ask for an array and enter a formula."""
        if target is not None:
            self.choose("target", target)
        return self.fill("formula", formula)

    @property
    def heading(self):
        """The words of the verdict, with its sign; nothing if there is none."""
        return next((each.value for each in self.app.markdown if each.value.startswith("### ")), "").replace("\\", "")

    @property
    def right(self):
        """Whether the verdict is that it is right."""
        return self.heading.startswith("### :material/check_circle: Right")

    @property
    def sentences(self):
        """What is said of the formula."""
        return " ".join(each.value for each in self.app.text)

    @property
    def codes(self):
        """The formulas that are offered or shown."""
        return [each.value for each in self.app.code]

    @property
    def grids(self):
        """The HTML of the numbers."""
        return "".join(each.proto.body for each in self.app.get("html"))

    @property
    def keys(self):
        """The keys of the buttons."""
        return {button.key for button in self.app.button}


def pick(page, label, option):
    """Press one of the pieces or answers in a row."""
    next(each for each in page.app.get("button_group") if each.label == label).set_value(option)
    return page.run()


def components(page, name):
    """What a component of the page was given."""
    sent = (each.proto for each in page.app.get("bidi_component"))
    return next(json.loads(each.json)[0] for each in sent if each.component_name == name)
