"""What a run trains: the network, the settings, and whose it is; written once, when the run is made."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from ..engine.arrays import checked_dtype
from ..engine.parameters import Parameters
from ..engine.passes import checked_batch
from ..engine.training.memory import bytes_wanted
from ..engine.training.optimizers import OPTIMIZERS
from ..engine.training.settings import Settings
from ..engine.training.split import split
from ..engine.training.starts import MOST, VARIED, Starts, learning_rates
from ..engine.training.training import Training
from ..maths.architecture import Architecture
from ..maths.messages import Message, Refusal, verbatim
from .progress import MOST_LINES

VERSION = 1


@dataclass(frozen=True)
class Spec:
    """Network, settings and owner of one run.

    ``settings`` are the fields of a training's ``Settings`` that differ from its own; ``about`` is whatever the
    page that made the run wants to find again beside it: plain values that JSON has. ``pace`` are the epochs a second
    that it keeps to, so that one can watch; 0 is as fast as it goes. ``otherwise`` is the device on which it goes on
    if its own has no memory for it; without one it ends there. With ``starts`` above 1 so many networks are trained
    together on the CPU, which differ in what is ``varied``.
    """

    architecture: Architecture
    settings: Mapping[str, Any] = field(default_factory=dict)
    owner: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    dtype: str = "float32"
    device: str = "cpu"
    pace: float = 0.0
    otherwise: str = ""
    starts: int = 1
    varied: str = "seed"

    @property
    def epochs(self) -> int:
        return Settings(**self.settings).epochs

    def many(self, X: Any, Y: Any, theta: Any) -> Starts:
        """Many networks at their beginning, with a row of theta for each, on the CPU."""
        settings = Settings(**self.settings)
        rates = learning_rates(self.varied, self.starts, settings.learning_rate)
        return Starts(self.architecture, theta, X, Y, settings, rates, checked_dtype(self.dtype))

    def training(self, X: Any, Y: Any, theta: Any, device: str = "") -> Training | Starts:
        """The run at its beginning: X (m, n_0), Y (m, n_L), and the initial parameters as one vector.

        It is made on its own ``device`` unless another one is named: "cpu", to look at it where no GPU is wanted.

        Raises ValueError if they do not fit together, naming the argument.
        """
        if self.starts > 1:
            return self.many(X, Y, theta)
        parameters = Parameters(self.architecture, checked_dtype(self.dtype), device or self.device)
        parameters.flat[...] = parameters.arrays.asarray(theta, self.dtype)
        return Training(parameters, X, Y, Settings(**self.settings), MOST_LINES)

    def check_numbers(self, X: Any, Y: Any) -> None:
        """Refuse data that the run's numbers cannot hold, naming the first.

        Raises ValueError.
        """
        most = float(np.finfo(self.dtype).max)
        for name, values in (("X", X), ("Y", Y)):
            values = np.asarray(values, dtype="float64")
            beyond = np.argwhere(~(np.abs(values) <= most))
            if len(beyond):
                at = tuple(int(k) for k in beyond[0])
                raise Refusal(
                    "{name} has {value:g} in row {row}: {dtype} holds numbers up to {most:.1e}; scale the data down",
                    name=name,
                    value=float(values[at]),
                    row=at[0] + 1,
                    dtype=self.dtype,
                    most=most,
                )

    def memory_estimate(self, X: Any, Y: Any) -> int:
        """Bytes of a GPU's memory that the run wants, its parameters included; found without a GPU.

        Raises ValueError if X (m, n_0) and Y (m, n_L) do not fit the network, naming the argument.
        """
        parameters, settings = Parameters(self.architecture, self.dtype), Settings(**self.settings)
        X, Y = checked_batch(parameters, X, Y)
        order, held_out = split(parameters, X, settings.validation, np.random.default_rng(settings.seed))
        size, optimizer = settings.batch_size_of(len(order)), OPTIMIZERS[settings.optimizer]
        return int(parameters.flat.nbytes) + bytes_wanted(parameters, X, Y, held_out, len(order), size, optimizer)

    def plain(self) -> dict[str, Any]:
        return {"version": VERSION, **asdict(self)}


def read_spec(value: Mapping[str, Any]) -> Spec:
    """The inverse of ``plain``.

    Raises ValueError if it is of another version or no spec at all.
    """
    if not isinstance(value, Mapping):
        raise damaged(Message("it is a {kind}", kind=type(value).__name__))
    if value.get("version") != VERSION:
        raise Refusal(
            "the run's spec is of version {version!r}; this program reads version {right}",
            version=value.get("version"),
            right=VERSION,
        )
    try:
        fields = {name: {**LATER, **value}[name] for name in Spec.__dataclass_fields__}
        check_kinds(fields)
        Settings(**value["settings"])
        return Spec(**{**fields, "architecture": Architecture(**value["architecture"])})
    except (AttributeError, KeyError, TypeError) as error:
        raise damaged(verbatim(str(error))) from None


LATER: dict[str, Any] = {"otherwise": "", "starts": 1, "varied": "seed"}
"""What the specs of earlier versions lack."""

KINDS = {"owner": str, "about": dict, "settings": dict, "architecture": dict}
PLACES = ("cpu", "cuda")


def check_kinds(fields: Mapping[str, Any]) -> None:
    """Refuse fields that are not of their kind. Raises TypeError."""
    wrong = [name for name, kind in KINDS.items() if not isinstance(fields[name], kind)]
    wrong += [name for name in ("setup", "data") if not isinstance(fields["about"].get(name, {}), dict)]
    pace = fields["pace"]
    wrong += [] if type(pace) in (int, float) and 0 <= pace < math.inf else ["pace"]
    wrong += [] if fields["device"] in PLACES and fields["otherwise"] in ("", *PLACES) else ["device"]
    starts = fields["starts"]
    wrong += [] if type(starts) is int and 1 <= starts <= MOST and fields["varied"] in VARIED else ["starts"]
    checked_dtype(fields["dtype"])
    if wrong:
        raise TypeError(", ".join(wrong))


def damaged(reason: Message) -> Refusal:
    return Refusal("the run's spec is damaged: {reason}", reason=reason)
