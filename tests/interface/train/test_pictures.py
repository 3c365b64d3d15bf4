"""The pictures of a run: a link can name each, and a further one is one row that is offered where it says so."""

from mlpviz.interface.train import pictures
from mlpviz.setup import setup


def test_a_link_names_the_pictures_that_there_are():
    assert tuple(pictures.PICTURES) == setup.PICTURES
