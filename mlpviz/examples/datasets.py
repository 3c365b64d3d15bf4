"""The data sets to train on, one table entry each, with a network and settings that learn them.

What is made up follows the usual definitions; what was measured comes with scikit-learn, which is imported only when it
is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np

from ..maths.messages import N_, Message, Refusal
from .data import DIGITS, Data, labelled, valued

MOST_SAMPLES = 1_000_000
A_OR_B = ("A", "B")

Make = Callable[[np.random.Generator, int, float], Data]


@dataclass(frozen=True)
class Recipe:
    """The hidden layers and settings that learn a data set; ``pace`` slows it down to be watched for some seconds."""

    hidden: tuple[int, ...] = (8, 8)
    activation: str = "tanh"
    optimizer: str = "adam"
    learning_rate: float = 0.01
    batch_size: int = 32
    epochs: int = 200
    validation: float = 0.2
    pace: int = 0


@dataclass(frozen=True)
class Dataset:
    """A data set: ``make(generator, samples, noise)`` returns its data; ``noise`` is None where it has none.

    ``fixed`` is how many samples were measured, or None where any number can be made.
    """

    name: str
    title: str
    about: str
    make: Make = field(repr=False)
    recipe: Recipe = Recipe()
    samples: int = 300
    noise: float | None = 0.1
    fixed: int | None = None

    @property
    def most(self) -> int:
        return self.fixed or MOST_SAMPLES

    def data(self, samples: int, noise: float = 0.0, seed: int = 0) -> Data:
        """The given number of ``samples``; equal seeds give equal data.

        Raises Refusal for a number of samples that it cannot have.
        """
        if not 2 <= samples <= self.most:
            raise Refusal(
                "{name}: found {samples}; accepted for {data} is from 2 to {most:,}.",
                name="samples",
                samples=samples,
                data=Message(self.title),
                most=self.most,
            )
        return _made(self.name, samples, noise if self.noise is not None else 0.0, seed)


@lru_cache(maxsize=8)
def _made(name: str, samples: int, noise: float, seed: int) -> Data:
    return DATASETS[name].make(np.random.default_rng(seed), samples, noise)


def halves(generator: np.random.Generator, samples: int) -> np.ndarray:
    """Labels 0 and 1 in equal numbers and random order."""
    return generator.permutation(np.arange(samples) % 2)


def scattered(generator: np.random.Generator, X: np.ndarray, noise: float) -> np.ndarray:
    """Points moved at random by ``noise`` on average, then rounded."""
    return np.round(X + noise * generator.standard_normal(X.shape), DIGITS)


def moons(generator: np.random.Generator, samples: int, noise: float) -> Data:
    """Two interleaving half circles."""
    labels, angle = halves(generator, samples), np.pi * generator.random(samples)
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], 1)
    return labelled(scattered(generator, np.where(labels[:, None] == 0, upper, -upper), noise), labels, A_OR_B)


def circles(generator: np.random.Generator, samples: int, noise: float) -> Data:
    """A circle in a circle."""
    labels, angle = halves(generator, samples), 2 * np.pi * generator.random(samples)
    radius = np.where(labels == 0, 1.2, 0.6)
    X = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], 1)
    return labelled(scattered(generator, X, noise), labels, A_OR_B)


def spiral(generator: np.random.Generator, samples: int, noise: float) -> Data:
    """Two arms wound around each other, one and a half turns each."""
    labels, way = halves(generator, samples), np.sqrt(generator.random(samples))
    angle = 3 * np.pi * way + np.pi * labels
    X = 1.5 * way[:, None] * np.stack([np.cos(angle), np.sin(angle)], 1)
    return labelled(scattered(generator, X, noise), labels, A_OR_B)


def xor(generator: np.random.Generator, samples: int, noise: float) -> Data:
    """A square whose opposite quarters have the same class."""
    X = generator.uniform(-1.2, 1.2, (samples, 2))
    return labelled(scattered(generator, X, noise), (X[:, 0] * X[:, 1] < 0).astype(int), A_OR_B)


def blobs(generator: np.random.Generator, samples: int, noise: float) -> Data:
    """Three clouds on a circle, of width ``noise``."""
    labels = generator.permutation(np.arange(samples) % 3)
    angle = 2 * np.pi * labels / 3 + np.pi / 2
    X = np.stack([np.cos(angle), np.sin(angle)], 1)
    return labelled(scattered(generator, X, noise), labels, ("A", "B", "C"))


def curve(function: Callable[[Any], Any]) -> Make:
    """Points along a curve y = f(x) for x from −3 to 3."""

    def make(generator: np.random.Generator, samples: int, noise: float) -> Data:
        x = np.round(generator.uniform(-3, 3, (samples, 1)), DIGITS)
        return valued(x, scattered(generator, function(x), noise))

    return make


def measured(loader: str, standardised: bool = True, doubled: bool = False) -> Make:
    """A random selection of a data set that comes with scikit-learn."""

    def make(generator: np.random.Generator, samples: int, _noise: float) -> Data:
        bunch = getattr(import_module("sklearn.datasets"), loader)()
        X, labels = np.asarray(bunch.data, float), np.asarray(bunch.target)
        image = None
        if loader == "load_digits":
            X, image = X / 16, (8, 8)
            if doubled:
                X, image = np.kron(X.reshape(-1, 8, 8), np.ones((1, 2, 2))).reshape(-1, 256), (16, 16)
        chosen = generator.permutation(len(X))[:samples]
        outputs, inputs = tuple(map(str, bunch.target_names)), tuple(map(str, bunch.feature_names))
        names = inputs if len(inputs) == X.shape[1] else ()
        whole = labelled(X, labels, outputs, names, image, standardised)
        return replace(whole, X=np.round(whole.X[chosen], DIGITS), Y=whole.Y[chosen])

    return make


SMALL = Recipe((8,), pace=30)
FEW = Recipe((8,), epochs=100, batch_size=16, pace=20)
WOUND = Recipe((16, 16), epochs=400, pace=50)
IMAGES = Recipe((64,), "relu", learning_rate=0.003, epochs=40, pace=8)
FIT = Recipe((16, 16), epochs=300, pace=40)

TABLE = (
    Dataset("moons", N_("Two moons"), N_("Two half circles that reach into each other."), moons, SMALL),
    Dataset("circles", N_("Circles"), N_("A circle in a circle; no line separates them."), circles, SMALL),
    Dataset("spiral", N_("Two spirals"), N_("Two arms wound around each other."), spiral, WOUND, 400, 0.03),
    Dataset("xor", N_("Exclusive or"), N_("A square whose opposite quarters belong together."), xor, SMALL, noise=0.05),
    Dataset("blobs", N_("Three clouds"), N_("Three clouds on a circle, a class each."), blobs, FEW, noise=0.3),
    Dataset("sine", N_("Sine curve"), N_("Points along sin 2x: numbers to be met."),
            curve(lambda x: np.sin(2 * x)), FIT, 200),
    Dataset("bump", N_("Bump"), N_("Points along a bump, flat outside."),
            curve(lambda x: 2 * np.exp(-2 * x * x)), FIT, 200),
    Dataset("stairs", N_("Stairs"), N_("Points along a staircase, which has no slope."),
            curve(np.round), FIT, 200, 0.05),
    Dataset("iris", N_("Iris"), N_("Three kinds of iris by four lengths (Fisher 1936)."),
            measured("load_iris"), FEW, 150, None, 150),
    Dataset("wine", N_("Wine"), N_("Three growers by thirteen measurements (Forina 1988)."),
            measured("load_wine"), FEW, 178, None, 178),
    Dataset("cancer", N_("Breast cancer"), N_("Malignant or benign by thirty measurements (Wolberg 1995)."),
            measured("load_breast_cancer"), FEW, 569, None, 569),
    Dataset("digits-8", N_("Digits 8×8"), N_("Handwritten digits of 8×8 pixels (Alpaydin and Kaynak 1998)."),
            measured("load_digits", False), IMAGES, 1797, None, 1797),
    Dataset("digits-16", N_("Digits 16×16"),
            N_("The same digits with every pixel doubled each way, 256 inputs as in text S1."),
            measured("load_digits", False, True), IMAGES, 1797, None, 1797),
)  # fmt: skip

DATASETS: dict[str, Dataset] = {entry.name: entry for entry in TABLE}
