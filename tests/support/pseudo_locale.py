"""A language for tests, in which every message stands in brackets, and what of a page is in none."""

import json
import re
from collections import Counter
from gettext import NullTranslations
from string import Formatter

from google.protobuf.message import Message as Proto

from mlpviz.interface.shell import translation
from mlpviz.interface.shell.languages import LANGUAGES
from mlpviz.interface.stepper.frame import NAME

HIDDEN_FIELDS = set(
    """
    id form_id element_id key icon url page script_hash page_script_hash query_string color file_name mime_type
    component_name shortcut autocomplete language theme selection_mode arrow_data arrow code_text js_content
    css_content type kind commands session_id instance_id
    """.split()
)
"""Fields of Streamlit's elements that hold nothing to translate; code is what it is in every language."""

HIDDEN_KEYS = set(
    """
    values symbol phase target tree code reads identity notation grain start type mode uid legendgroup color x y z
    customdata line marker config template hoverlabel uirevision anchor hoverinfo query end places fill hovermode
    yanchor xanchor side autorange dragmode orientation exponentformat colorscale xref yref pattern
    mistakes constrain constraintoward parameter sequence role per zsmooth picture factors legend sign program scalars
    latex filled taken formulas katex lang kept wide sizes
    """.split()
)
"""Keys of what is sent to the browser that hold nothing to read."""

JSON_FIELDS = {"deferred_file_id", "json", "spec"}
"""Fields that hold JSON."""

MARKUP = re.compile(
    r"^\{.*\}$|\{\w+\}|<style>.*?</style>|<[^>]+>|\${1,2}.*?\${1,2}|`[^`]*`|:material/\w+:|%\{[^}]*\}|https?:\S+|&\w+;|\.json\b"
    r"|\b\w*_\w*|\b[0-9a-f]{16,}\b|(?<!\w)'[^'\n]{0,45}'(?!\w)|#[0-9a-f]{3,8}\b",
    re.DOTALL,
)
"""Formulas, code, names with an underscore, and what is quoted from a learner."""

PACKED = re.compile(r"(?:[A-Za-z0-9+/]{32,}|[A-Za-z0-9+/]+={1,2})$")
"""Numbers as base64."""

FORMULA = re.compile(r"(\$[^$]*\$)")
"""A formula among words."""

FIELD = re.compile(r"^\w+(?=⟦: found )")
"""The name of a setting at the head of its refusal."""

WORD = re.compile(r"[^\W\d_]{3,}")

NAMES = set(
    """
    mlpviz NumPy PyTorch LaTeX ONNX CSV Python NPZ npz safetensors JSON GPU CPU
    identity relu ReLU leaky elu ELU gelu GELU silu SiLU softplus sigmoid tanh softmax
    delta Delta losses cost sum diag log exp max sin argmin flat
    sub sup new
    """.split()
)
"""Words that are nobody's to translate: programs, formats, functions, arrays, and what stands below or above them."""

NAMES |= {word for language in LANGUAGES for word in WORD.findall(language.title)}


class Bracketed(NullTranslations):
    """A language in which every message stands in brackets, but not what is filled into it."""

    def __init__(self):
        super().__init__()
        self.asked = set()

    def gettext(self, message):
        """The message in that language."""
        self.asked.add(message)
        return bracketed(message)

    def pgettext(self, context, message):
        """The message in that language, whatever its context."""
        return self.gettext(message)

    def ngettext(self, msgid1, msgid2, n):
        """The singular or the plural in that language."""
        self.asked |= {msgid1, msgid2}
        return bracketed(msgid1 if n == 1 else msgid2)


def bracketed(template):
    """The template with brackets around all that is not filled in, nor a formula: ⟦step ⟧{step}⟦ of ⟧{steps}."""
    if "$" in template:
        return "".join(part if part[:1] in ("$", "") else bracketed(part) for part in FORMULA.split(template))
    parts = []
    for words, name, form, conversion in Formatter().parse(template):
        parts.append(words and f"⟦{words}⟧".replace("{", "{{").replace("}", "}}"))
        if name is not None:
            parts.append("{" + name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "") + "}")
    return "".join(parts) if any(map(WORD.search, [template])) or "{" in template else f"⟦{template}⟧"


def spoken_everywhere(monkeypatch):
    """Let every learner read the bracketed language."""
    language = Bracketed()
    monkeypatch.setattr(translation, "catalog", lambda tag: language)
    return language


def english(texts, names=()):
    """The words of some texts that stand in no brackets and are no names, with how often they do."""
    allowed = NAMES | set(names)
    return Counter(word for text in texts for word in WORD.findall(outside(text)) if word not in allowed)


def outside(text):
    """A text without its markup and without what stands in brackets, or in quotation marks that do."""
    text = re.sub(r"⟦['“]⟧[^⟦⟧]*⟦['”]⟧", " ", FIELD.sub(" ", text.replace("\\", "")))
    return MARKUP.sub(" ", re.sub(r"⟦[^⟦⟧]*⟧", " ", text))


def texts_of(app):
    """Every text of a page: of its elements and blocks, and of what is sent to the browser."""
    return [text for node in nodes(app._tree) for text in of_proto(node.proto)]


def nodes(block):
    """A block and everything in it."""
    if getattr(block, "proto", None) is not None:
        yield block
    for child in getattr(block, "children", {}).values():
        yield from nodes(child)


def of_proto(proto):
    """The texts in the fields of an element, and in what a component or a figure is given as JSON."""
    for field, value in proto.ListFields():
        if field.name in HIDDEN_FIELDS:
            continue
        for each in value if field.is_repeated else [value]:
            if isinstance(each, Proto):
                yield from of_proto(each)
            elif isinstance(each, bytes):
                yield from strings(parsed(each[NAME:]))
            elif isinstance(each, str):
                yield from strings(each) if field.name in JSON_FIELDS else [each]


def strings(value):
    """The texts somewhere in a JSON value, but for those under keys that hold nothing to read."""
    match value:
        case str():
            inner = parsed(value)
            yield from strings(inner) if isinstance(inner, (dict, list)) else [] if PACKED.match(value) else [value]
        case list():
            for each in value:
                yield from strings(each)
        case dict():
            hidden = HIDDEN_KEYS | ({"name"} if "title" in value else set())  # what has a title has its name for us
            for key, each in value.items():
                if key not in hidden:
                    yield from strings(each)


def parsed(text):
    """The JSON value of a text, if it is one."""
    try:
        return json.loads(text)
    except ValueError:
        return None
