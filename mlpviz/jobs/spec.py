"""What a run trains: the network, the settings, and whose it is; written once, when the run is made."""

from __future__ import annotations

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
from ..engine.training.training import Training
from ..maths.architecture import Architecture
from ..maths.messages import Message, Refusal

VERSION = 1


@dataclass(frozen=True)
class Spec:
    """Network, settings and owner of one run.

    ``settings`` are the fields of a training's ``Settings`` that differ from its own; ``about`` is whatever the
    page that made the run wants to find again beside it: plain values that JSON has. ``pace`` are the epochs a second
    that it keeps to, so that one can watch; 0 is as fast as it goes. ``otherwise`` is the device on which it goes on
    if its own has no memory for it; without one it ends there.
    """

    architecture: Architecture
    settings: Mapping[str, Any] = field(default_factory=dict)
    owner: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    dtype: str = "float32"
    device: str = "cpu"
    pace: float = 0.0
    otherwise: str = ""

    def training(self, X: Any, Y: Any, theta: Any, device: str = "") -> Training:
        """The run at its beginning: X (m, n_0), Y (m, n_L), and the initial parameters as one vector.

        It is made on its own ``device`` unless another one is named: "cpu", to look at it where no GPU is wanted.

        Raises ValueError if they do not fit together, naming the argument.
        """
        parameters = Parameters(self.architecture, checked_dtype(self.dtype), device or self.device)
        parameters.flat[...] = parameters.arrays.asarray(theta, self.dtype)
        return Training(parameters, X, Y, Settings(**self.settings))

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
        fields = {name: {"otherwise": "", **value}[name] for name in Spec.__dataclass_fields__}
        Settings(**value["settings"])
        return Spec(**{**fields, "architecture": Architecture(**value["architecture"])})
    except (AttributeError, KeyError, TypeError) as error:
        raise damaged(str(error)) from None


def damaged(reason: str) -> Refusal:
    return Refusal("the run's spec is damaged: {reason}", reason=reason)
