"""What Step and Derive show is judged right by Check, in the network and notation that it was copied from: a sample.

All of it: ``python -m tests.measure.pasted``.
"""

import itertools
import random

from mlpviz.examples.presets import PRESETS
from tests.support.pasted import NOTATIONS, beyond, kind_of, of_derive, of_step, programs

PLACES, TEXTS, PROGRAMS = 14, 9, 3
"""How many networks in a notation are drawn, how many texts of each, and how many programs of all."""


def drawn():
    """Some texts of some networks under some notations, and some programs."""
    draw = random.Random(7)
    places = draw.sample(list(itertools.product(PRESETS, NOTATIONS)), PLACES)
    for network, notation in places:
        texts = [*of_step(network, notation), *of_step(network, notation, batch=False), *of_derive(network, notation)]
        yield from draw.sample(texts, TEXTS)
    for network, notation in draw.sample(places, PROGRAMS):
        yield draw.choice(list(programs(network, notation)))


def test_a_sample_of_what_step_and_derive_show_is_right_in_check():
    texts = [each for each in drawn() if not beyond(each)]
    assert len(texts) > 100
    amiss = {f"{kind}: {each.text}" for each in texts if (kind := kind_of(each)) != "right"}
    assert not amiss, "\n".join(amiss)
