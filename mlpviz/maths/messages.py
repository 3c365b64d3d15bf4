"""What a person is told, as data until it is told: a template in English and the details to fill in.

A ``Message`` is its English sentence, so it can be shown, compared and raised anywhere; it also remembers how it was
made, so that a page can tell it in another language. A ``Refusal`` is a ValueError with such a message.
Translators' tools find the templates by the names ``Message``, ``counted``, ``Refusal``,
``N_``, ``NN_`` and ``NC_``, and by ``say``, with which walkthroughs make theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from gettext import NullTranslations
from string import Formatter
from typing import Any, Self

from .digits import minuses

ENGLISH = NullTranslations()
VERBATIM = "{text}"
"""The template of a text that is nobody's to translate: what another program says, a name."""


def N_(text: str) -> str:
    """The text itself, marked for translators where it stands in a table."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:
    """A singular and a plural in terms of ``{count}``, marked for translators where they stand in a table."""
    return one, many


class InContext(str):
    """A text that means another thing elsewhere, with the context that tells which: it is translated by itself."""

    context: str

    def __new__(cls, context: str, text: str) -> Self:
        made = super().__new__(cls, text)
        made.context = context
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return self.context, str(self)


def NC_(context: str, text: str) -> InContext:
    """The text itself, marked for translators with the context in which it stands: a page, a button."""
    return InContext(context, text)


def looked_up(text: str, translations: NullTranslations) -> str:
    """A text in the language of a catalogue, in its context if it has one."""
    if isinstance(text, InContext):
        return translations.pgettext(text.context, text)
    return translations.gettext(text) if text else ""  # gettext keeps its own header under ""


class _Fields(Formatter):
    """``str.format`` with names alone: a template never reaches into what it is filled with.

    ``{name!c}`` is a name that begins a sentence, with a capital letter.
    """

    def get_field(self, field_name: str, _args: Any, kwargs: Any) -> tuple[Any, str]:
        return kwargs[field_name], field_name

    def convert_field(self, value: Any, conversion: Any) -> Any:
        if conversion == "c":
            return str(value)[:1].upper() + str(value)[1:]
        return super().convert_field(value, conversion)


class _Shown(_Fields):
    """The same for readers: numbers have a real minus sign, and texts as they were given their language's marks."""

    def __init__(self, translations: NullTranslations) -> None:
        self.translations = translations

    def format_field(self, value: Any, format_spec: str) -> str:
        text = super().format_field(value, format_spec)
        return minuses(text) if isinstance(value, int | float) else text

    def convert_field(self, value: Any, conversion: Any) -> Any:
        if conversion == "r" and isinstance(value, str):
            return as_given(value).told(self.translations)
        converted = super().convert_field(value, conversion)
        return minuses(converted) if conversion and isinstance(value, int | float) else converted


_FIELDS = _Fields()


class Message(str):
    """A sentence: ``template`` with the ``details`` filled in by name, as ``str.format`` does.

    A detail may be a message itself, or any value that JSON has.
    """

    template: str
    many: str
    details: Mapping[str, Any]

    def __new__(cls, template: str, /, **details: Any) -> Self:
        return cls._made(template, "", details)

    @classmethod
    def _made(cls, template: str, many: str, details: Mapping[str, Any]) -> Self:
        message = super().__new__(cls, _filled(_FIELDS, ENGLISH, template, many, details))
        message.template, message.many, message.details = template, many, details
        return message

    def told(self, translations: NullTranslations = ENGLISH) -> str:
        """The sentence for readers in the language of a catalogue."""
        told = {
            name: value.told(translations) if isinstance(value, Message) else value
            for name, value in self.details.items()
        }
        return _filled(_Shown(translations), translations, self.template, self.many, told)

    def with_details(self, details: Mapping[str, Any]) -> Message:
        """The same sentence with other details in its places."""
        return Message._made(self.template, self.many, details)

    def as_json(self) -> dict[str, Any]:
        """The message as a JSON object; ``from_json`` makes it again."""
        details = {
            name: value.as_json() if isinstance(value, Message) else value for name, value in self.details.items()
        }
        context = {"context": self.template.context} if isinstance(self.template, InContext) else {}
        return {"template": self.template, "many": self.many, "details": details, **context}

    @classmethod
    def from_json(cls, value: Any) -> Message:
        """The message of a JSON object, or a text as it stands.

        Raises ValueError if it is neither.
        """
        match value:
            case str():
                return verbatim(value)
            case {"template": str(template), "many": str(many), "details": dict(details)}:
                inner = {
                    name: cls.from_json(each) if isinstance(each, dict) else each for name, each in details.items()
                }
                try:
                    return cls._made(in_context(template, value.get("context")), many, inner)
                except (KeyError, IndexError, TypeError) as error:
                    raise ValueError(f"the message {template!r} lacks {error}") from None
        raise ValueError(f"a message must be a text or an object with a template, got {value!r}")

    def __reduce__(self) -> tuple[Any, ...]:
        return Message._made, (self.template, self.many, self.details)


def in_context(template: str, context: Any) -> str:
    """A template, in a context if that is a text."""
    return InContext(context, template) if isinstance(context, str) else template


def verbatim(text: str) -> Message:
    """A text as it stands in every language."""
    return Message(VERBATIM, text=text)


def in_quotes(text: str) -> Message:
    """What stands in a text of the reader's, in the quotation marks of the reader's language."""
    return Message("“{text}”", text=text)


def as_given(text: str) -> Message:
    """A text that was given for a value: as Python writes it, in the quotation marks of the reader's language."""
    written = repr(text)
    return Message("'{text}'", text=written[1:-1]) if written.startswith("'") else verbatim(written)


def counted(one: str, many: str, count: int, /, **details: Any) -> Message:
    """A message in the singular or the plural; both templates have ``count``."""
    return Message._made(one, many, {"count": count, **details})


def alternatives(names: Iterable[Any]) -> Message:
    """Names as a choice: "a", "a or b", "a, b or c"."""
    *others, last = map(str, names)
    return Message("{others} or {last}", others=enumerated(others), last=last) if others else verbatim(last)


def listed(messages: Iterable[Message]) -> Message:
    """Messages one after the other: "a, b, c"."""
    return reduce(lambda others, last: Message("{others}, {last}", others=others, last=last), messages)


def enumerated(names: Iterable[Any]) -> Message:
    """Names one after the other, which are the same in every language; none is an empty text."""
    each = [verbatim(str(name)) for name in names]
    return listed(each) if each else verbatim("")


class Refusal(ValueError):
    """What is refused, and why: the argument, what it got and what would be right. ``str`` is the English sentence."""

    def __init__(self, template: str, /, **details: Any) -> None:
        self.message = template if isinstance(template, Message) else Message(template, **details)
        super().__init__(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message,)


def message_of(error: BaseException) -> Message:
    """What an error says: a refusal's own message, or the text of any other as it stands."""
    return error.message if isinstance(error, Refusal) else verbatim(str(error))


def _filled(
    fields: Formatter, translations: NullTranslations, template: str, many: str, details: Mapping[str, Any]
) -> str:
    """The template's translation with its details filled in."""
    if many:
        text = translations.ngettext(template, many, details["count"])
    else:
        text = template if template == VERBATIM else looked_up(template, translations)
    return fields.vformat(text, (), details)
