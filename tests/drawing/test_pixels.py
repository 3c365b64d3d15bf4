"""Inputs that are an image are drawn as one, and others are not."""

import numpy as np

from mlpviz.drawing.pixels import enlarged, side_of
from mlpviz.examples.presets import PRESETS


def test_only_the_digit_is_an_image():
    sides = {name: side_of(preset.X[0]) for name, preset in PRESETS.items()}
    assert {name for name, side in sides.items() if side} == {"digit"}
    assert sides["digit"] == 16
    assert not side_of([0.5] * 48)
    assert not side_of([1.5, *[0.5] * 63])


def test_each_input_is_a_square_of_its_own_grey():
    inputs = PRESETS["digit"].X[0]
    picture = enlarged(inputs, 64)
    assert picture.shape == (64, 64)
    assert np.array_equal(picture[::4, ::4], np.rint(np.reshape(inputs, (16, 16)) * 255))
    assert np.array_equal(picture[:4, :4], np.full((4, 4), picture[0, 0]))
    assert picture.max() == 255
    assert picture.min() == 0
