"""The texts that translators find in the program."""

from functools import cache

from mlpviz.interface.locale.extraction import messages


@cache
def template_texts():
    """Every text of the catalogues in English, singular and plural alike."""
    return {text for message in messages() for text in message.ids}
