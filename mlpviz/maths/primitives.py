"""The functions that have no formula here, since every library has them: one row each, with its name in every one.

Where a name is missing, the readers that need one bring a function of their own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .expressions import Expression, Symbol, apply
from .functions import FUNCTIONS, Function

x, y = Symbol("x"), Symbol("y")


@dataclass(frozen=True)
class Primitive(Function):
    """A primitive: ``ufunc`` is its name in NumPy and CuPy (SciPy's if ``special``), ``cuda`` in CUDA's library."""

    name: str = ""
    ufunc: str = ""
    special: bool = False
    cuda: str = ""

    def __post_init__(self) -> None:
        FUNCTIONS[self.name] = self


def common(name: str, latex: str, onnx: Expression, cuda: str = "", form: str = "", text_form: str = "") -> Primitive:
    """A function of one argument whose name is the same nearly everywhere."""
    code = f"{name}({{0}})"
    return Primitive(
        latex,
        name,
        (x,),
        form=form,
        text_form=text_form,
        numpy=f"np.{code}",
        torch=f"torch.{code}",
        onnx=onnx,
        name=name,
        ufunc=name,
        cuda=cuda or name,
    )


PRIMITIVES = {
    entry.name: entry
    for entry in (
        common("exp", r"\exp", apply("Exp", x), form="e^{{{}}}", text_form="e^{}"),
        common("expm1", r"\operatorname{expm1}", apply("Exp", x) - 1, text_form="e^{} − 1"),
        common("log", r"\log", apply("Log", x)),
        common("log1p", r"\operatorname{log1p}", apply("Log", 1 + x), text_form="log(1 + {})"),
        common("abs", r"\operatorname{abs}", apply("Abs", x), cuda="fabs", form=r"\left|{}\right|", text_form="|{}|"),
        common("sqrt", r"\sqrt", apply("Sqrt", x), form=r"\sqrt{{{}}}", text_form="√({})"),
        common("tanh", r"\tanh", apply("Tanh", x)),
        Primitive(
            r"\max",
            "max",
            (x, y),
            name="maximum",
            form=r"\max\left({},\, {}\right)",
            ufunc="maximum",
            numpy="np.maximum({0}, {1})",
            torch="torch.clamp({0}, min={1})",
            onnx=apply("Max", x, y),
        ),
        Primitive(
            r"\min",
            "min",
            (x, y),
            name="minimum",
            form=r"\min\left({},\, {}\right)",
            ufunc="minimum",
            numpy="np.minimum({0}, {1})",
            torch="torch.clamp({0}, max={1})",
            onnx=apply("Min", x, y),
        ),
        Primitive(
            r"\mathbf{1}",
            "greater",
            (x, y),
            name="greater",
            form=r"\mathbf{{1}}\left[{} > {}\right]",
            text_form="[{} > {}]",
            numpy="({0:base} > {1:base}).astype({0:base}.dtype)",
            torch="({0:base} > {1:base}).to({0:base}.dtype)",
            onnx=apply("Where", apply("Greater", x, y), 1, 0),
        ),
        Primitive(
            r"\Phi",
            "Φ",
            (x,),
            name="normal_cdf",
            ufunc="ndtr",
            special=True,
            cuda="normcdf",
            numpy="scipy.special.ndtr({0})",
            torch="torch.special.ndtr({0})",
            onnx=(1 + apply("Erf", x / math.sqrt(2))) / 2,
        ),
        Primitive(  # y·v, and exactly 0 where y = 0, whatever v is
            r"\operatorname{weighted}",
            "weighted",
            (x, y),
            name="weighted",
            onnx=apply("Where", apply("Equal", x, 0), 0, x * y),
        ),
    )
}
