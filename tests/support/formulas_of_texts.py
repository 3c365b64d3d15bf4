"""The formulas of the source texts as they stand there, what each is asked to be, and what is right to say of it.

``why`` says why it is right to refuse one; ``erratum`` is the mistake that a passage has.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from mlpviz.derivation.checker import check_formula
from mlpviz.derivation.hands import HANDS
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.texts import TEXTS
from mlpviz.interface.shell.presets import preset_setup
from mlpviz.setup.arrays import data_of, parameters_of
from mlpviz.setup.setup import replaced


@dataclass(frozen=True)
class Written:
    """A formula of a text: of which item, the array that it is about, and the kind of verdict that it deserves.

    ``target`` counts layers as the hand does; the causes are keys of what is named, ``erratum`` the mistake behind it.
    """

    text: str
    item: int
    latex: str
    target: str | None
    kind: str = "right"
    causes: tuple[str, ...] = ()
    why: str = ""
    erratum: str = ""
    switches: Mapping[str, Any] = field(default_factory=dict, hash=False)
    changes: Mapping[str, Any] = field(default_factory=dict, hash=False)
    preset: str = ""

    @property
    def place(self) -> str:
        return f"{self.text}.{self.item}"

    @property
    def notation(self) -> Notation:
        text = TEXTS[self.text]
        item = next(each for each in text.items if each.number == self.item)
        return replace(HANDS[item.hand or text.hand].notation, **self.switches)

    def verdict(self):
        """What is said of it on the network of its text, with the samples there."""
        architecture, parameters, X, Y = network(self.preset or TEXTS[self.text].preset, tuple(self.changes.items()))
        return check_formula(self.latex, self.target, architecture, self.notation, parameters, X, Y)

    def deserves(self, verdict) -> bool:
        """Whether a verdict is the one that the formula deserves."""
        return verdict.kind == self.kind and set(self.causes) <= set(verdict.causes)


@cache
def network(preset, changes):
    setup = replaced(preset_setup(preset), dict(changes))
    parameters, (X, Y) = parameters_of(setup), data_of(setup)
    chosen = slice(None) if setup.sample is None else [setup.sample]
    return parameters.architecture, parameters, X[chosen], Y[chosen]


ONE = {"sample": 0}
LINEAR = {"activations": ("relu", "identity")}
ROWS = {"orientation": "rows"}
ROWS_IN_OUT = ROWS | {"weights": "in_out"}

LOCAL = "it is a derivative inside the network, one link of a chain, and no array of a pass"
MODULE = "B[M, x](v) is a function of v, and no array of a pass"
UNNUMBERED = "z′ and z″ are units of the next layer that the text gives no number"
DEFINITION = "it says what something is called, and computes nothing of a pass"
GENERAL = "its letters are not those of a network"
ONE_BY_ONE = "it names one sample by its number"
FUNCTION = "CE is a function of the text's own"
UNITS = "the numbers are those of units, and not of layers"
GIVEN = "the input is given, and no formula computes it"


def said(text, kind="right", *causes, **more):
    """A maker of formulas of a text of which the same is said."""

    def made(item, target, latex, **own):
        return Written(text, item, latex, target, kind, causes, **(more | own))

    return made


RIGHT4, REFUSED4 = said("S4"), said("S4", "refused")
QUESTION = [
    RIGHT4(1, "cost", r"L = \frac {1}{2} \sum (y_{hat} - y_{true})^2"),
    RIGHT4(
        2,
        "dW[3]",
        r"\frac {\partial L}{\partial W^{(3)}} = \frac {\partial L}{\partial a^{(3)}} \frac {\partial a^{(3)}}"
        r"{\partial z^{(3)}} \frac {\partial z^{(3)}}{\partial W^{(3)}} = (a^{(3)} - y) \odot a^{(3)} \odot "
        r"(1 - a^{(3)}) a^{(2)T}",
    ),
    said("S4", "wrong", "chain twice", erratum="E45")(
        4,
        "dW[2]",
        r"\frac {\partial L}{\partial W^{(3)}} = \frac {\partial L}{\partial a^{(3)}} \frac {\partial a^{(3)}}"
        r"{\partial z^{(3)}} \frac {\partial z^{(3)}}{\partial a^{(2)}} \frac {\partial a^{(2)}}{\partial z^{(2)}} "
        r"\frac {\partial a^{(2)}}{\partial z^{(2)}} \frac {\partial z^{(2)}}{\partial W^{(2)}} = (a^{(3)} - y) \odot "
        r"a^{(3)} \odot (1 - a^{(3)}) W^{(3)} (1,1,1)^T a^{(1)T}",
    ),
    said("S4", "wrong", "chain twice", erratum="E45")(
        4,
        "dW[2]",
        r"\frac {\partial L}{\partial a^{(3)}} \frac {\partial a^{(3)}}{\partial z^{(3)}} \frac {\partial z^{(3)}}"
        r"{\partial a^{(2)}} \frac {\partial a^{(2)}}{\partial z^{(2)}} \frac {\partial a^{(2)}}{\partial z^{(2)}} "
        r"\frac {\partial z^{(2)}}{\partial W^{(2)}}",
    ),
    said("S4", "shape", "order", erratum="E46")(
        4, "dW[2]", r"(a^{(3)} - y) \odot a^{(3)} \odot (1 - a^{(3)}) W^{(3)} (1,1,1)^T a^{(1)T}"
    ),
    REFUSED4(4, "Z[2]", r"z = (z_1, z_2, z_3)", why=DEFINITION),
    RIGHT4(
        5,
        "delta[2]",
        r"\frac{\partial L}{\partial z}=\frac{\partial L}{\partial a}\frac{\partial a}{\partial z}",
    ),
    REFUSED4(6, "delta[2]", r"(AB)^T=B^TA^T", why=GENERAL),
    RIGHT4(
        6,
        "delta[2]",
        r"\underbrace{\frac{\partial L}{\partial z}}_{n\times 1}=\underbrace{\frac{\partial a}{\partial z}}_{n\times m}"
        r"\underbrace{\frac{\partial L}{\partial a}}_{m\times 1}",
    ),
    RIGHT4(
        7,
        "dW[2]",
        r"\frac {\partial L}{\partial W_{ij}^{(2)}} = \underbrace{\frac {\partial z^{(2)}}{\partial W_{ij}^{(2)}}}"
        r"_{1\times 3} \underbrace{\frac {\partial a^{(2)}}{\partial z^{(2)}}}_{3\times 3} \underbrace{\frac {\partial "
        r"z^{(3)}}{\partial a^{(2)}}}_{3\times 2} \underbrace{\frac {\partial L}{\partial z^{(3)}}}_{2\times 1}",
    ),
    RIGHT4(10, "Z[1]", r"z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}"),
    RIGHT4(10, "A[1]", r"a^{(l)} = g^{(l)}(z^{(l)})"),
    REFUSED4(10, "A[1]", r"g^{(l)} = g", why=DEFINITION),
    RIGHT4(10, "delta[2]", r"\nabla_{z^{(L)}} J = z^{(L)} - y", changes=LINEAR),
    said("S4", "wrong", "wrong array", "missing slope", erratum="E48")(
        10, "delta[2]", r"\nabla_{z^{(L)}} J = z^{(L)} - y"
    ),
    said("S4", "wrong", "missing term", erratum="E49")(10, "delta[2]", r"\nabla_{z^{(L)}} J = z^{(L)}", changes=LINEAR),
    said("S4", "wrong", "missing term", erratum="E49")(
        10,
        "delta[2]",
        r"\nabla_{z^{(L)}} J = z^{(L)} = \begin{bmatrix} \frac{\partial J}{\partial z^{(L)}_1} \\ \vdots \\ "
        r"\frac{\partial J}{\partial z^{(L)}_{d_L}} \end{bmatrix} \in \mathbb{R}^{d_L}.",
        changes=LINEAR,
    ),
    RIGHT4(
        11,
        "dW[2]",
        r"\frac{\partial J}{\partial W^{(L)}_{ij}} = \sum_k \frac{\partial J}{\partial z^{(L)}_k} \frac{\partial "
        r"z^{(L)}_k}{\partial W^{(L)}_{ij}} = \frac{\partial J}{\partial z^{(L)}_i} \frac{\partial z^{(L)}_i}{\partial "
        r"W^{(L)}_{ij}}.",
    ),
    REFUSED4(11, "dW[2]", r"\frac{\partial z^{(L)}_i}{\partial W^{(L)}_{ij}} = a^{(L-1)}_j", why=LOCAL),
    RIGHT4(
        11,
        "dW[1]",
        r"\frac{\partial J}{\partial W^{(l)}_{ij}} = \frac{\partial J}{\partial z^{(l)}_i} \frac{\partial z^{(l)}_i}"
        r"{\partial W^{(l)}_{ij}} = \frac{\partial J}{\partial z^{(l)}_i} a^{(l-1)}_j. \tag{1a}",
    ),
    said("S4", "wrong", "missing bias", erratum="E51")(11, "Z[1]", r"z^{(l)}_i = \sum_j W^{(l)}_{ij} a^{(l-1)}_j"),
    RIGHT4(11, "db[1]", r"\frac{\partial J}{\partial b^{(l)}_{i}} = \frac{\partial J}{\partial z^{(l)}_i}. \tag{1b}"),
    RIGHT4(
        11,
        "delta[1]",
        r"\frac{\partial J}{\partial z^{(l)}_i} = \sum_k \frac{\partial J}{\partial z^{(l+1)}_k} \frac{\partial "
        r"z^{(l+1)}_k}{\partial z^{(l)}_i} \tag{2},",
    ),
    RIGHT4(
        11,
        "delta[1]",
        r"\frac{\partial J}{\partial z^{(l)}_i} = \sum_k \frac{\partial J}{\partial z^{(l+1)}_k} \frac{\partial "
        r"z^{(l+1)}_k}{\partial a^{(l)}_i} \frac{\partial a^{(l)}_i}{\partial z^{(l)}_i} = \sum_k \frac{\partial J}"
        r"{\partial z^{(l+1)}_k} W^{(l+1)}_{ki} g'(z^{(l)}_i)",
    ),
    REFUSED4(11, "delta[1]", r"\frac{\partial z^{(l+1)}_k}{\partial a^{(l)}_i} = W^{(l+1)}_{ki}", why=LOCAL),
    REFUSED4(11, "delta[1]", r"\frac{\partial a^{(l)}_i}{\partial z^{(l)}_i} = g'(z^{(l)}_i)", why=LOCAL),
    RIGHT4(11, "dW[1]", r"\nabla_{W^{(l)}} J = \nabla_{z^{(l)}} J \cdot a^{(l-1)T}, \tag{1a-m}"),
    RIGHT4(11, "db[1]", r"\nabla_{b^{(l)}} J = \nabla_{z^{(l)}} J, \tag{1a-m}"),
    RIGHT4(
        11,
        "delta[1]",
        r"\nabla_{z^{(l)}} J = (W^{(l+1)T} \cdot \nabla_{z^{(l+1)}} J) \odot g'(z^{(l)}) \tag{2-m}",
    ),
]

RIGHT0, REFUSED0 = said("S0"), said("S0", "refused")
MODULES = [
    REFUSED0(
        1,
        "A[3]",
        r"MLP(x) = MM_{W^{[r]},b^{[r]}}(\sigma(MM_{W^{[r-1]},b^{[r-1]}}(\sigma(\cdots MM_{W^{[1]},b^{[1]}}(x)))))",
        why="its dots leave layers out",
    ),
    REFUSED0(2, "Z[1]", r"z^{[1]} = \mathsf{MM}_{W^{[1]},b^{[1]}}(x)", why="MM is no function of a pass by that name"),
    RIGHT0(2, "A[1]", r"a^{[1]} = \sigma(z^{[1]})"),
    REFUSED0(2, "cost", r"J = l_{\mathsf{logistic}}(z^{[r]},\ y)", why="the text's loss has the sigmoid inside"),
    REFUSED0(
        4,
        "delta[3]",
        r"\frac{\partial J}{\partial z^{[r]}} = \mathcal{B}[l_{\text{logistic}},\ z^{[r]}] "
        r"\left(\frac{\partial J}{\partial J}\right) = \mathcal{B}[l_{\text{logistic}},\ z^{[r]}](1)",
        why=MODULE,
    ),
    REFUSED0(
        4,
        "dA[1]",
        r"\frac{\partial J}{\partial a^{[1]}} = \mathcal{B}[\mathsf{MM}_{W^{[2]},b^{[2]}},\ a^{[1]}] "
        r"\left(\frac{\partial J}{\partial z^{[2]}}\right)",
        why=MODULE,
    ),
    REFUSED0(
        4,
        "delta[1]",
        r"\frac{\partial J}{\partial z^{[1]}} = \mathcal{B}[\sigma,\ z^{[1]}] \left(\frac{\partial J}"
        r"{\partial a^{[1]}}\right)",
        why=MODULE,
    ),
    REFUSED0(
        5,
        "dW[1]",
        r"\frac{\partial J}{\partial W^{[1]}} = \mathcal{B}[\mathsf{MM}_{W^{[1]},b^{[1]}},\ W^{[1]}] "
        r"\left(\frac{\partial J}{\partial z^{[1]}}\right)",
        why=MODULE,
    ),
    REFUSED0(
        7,
        "delta[3]",
        r"\mathcal{B}[l_{\text{logistic}}, t](v) = \frac{\partial l_{\text{logistic}}(t, y)}{\partial t} \cdot v = "
        r"\left(\frac{1}{1 + \exp(-t)} - y\right) \cdot v",
        why=MODULE,
        erratum="E1",
    ),
    REFUSED0(
        8,
        "dA[1]",
        r"\mathcal{B}[\mathsf{MM},z](v) = \begin{bmatrix} \frac{\partial (Wz+b)_1}{\partial z_1} & \cdots & "
        r"\frac{\partial (Wz+b)_n}{\partial z_1} \\ \vdots & \ddots & \vdots \\ \frac{\partial (Wz+b)_1}{\partial z_m} "
        r"& \cdots & \frac{\partial (Wz+b)_n}{\partial z_m} \end{bmatrix} v",
        why=MODULE,
    ),
    REFUSED0(
        8,
        "dA[1]",
        r"\forall i \in \mathbb{R}^m, \ j \in \mathbb{R}^n, \ \frac{\partial (Wz+b)_j}{\partial z_i} = \frac{\partial "
        r"b_j + \sum_{k=1}^m W_{jk} z_k}{\partial z_i} = W_{ji}",
        why=LOCAL,
        erratum="E2",
    ),
    REFUSED0(8, "dA[1]", r"\mathcal{B}[\mathsf{MM}, z](v) = W^T v", why=MODULE),
    REFUSED0(
        9,
        "dW[1]",
        r"W=(W_{11},\ W_{12},\ \cdots,\ W_{1m},\ \cdots,\ W_{n1},\ W_{n2},\ \cdots,\ W_{nm})\in \mathbb{R}^{nm}",
        why=DEFINITION,
    ),
    REFUSED0(
        10,
        "dW[1]",
        r"\mathcal{B}[\mathsf{MM},W] = \begin{bmatrix} \frac{\partial(Wz+b)_1}{\partial W_{1m}} & \cdots & "
        r"\frac{\partial(Wz+b)_n}{\partial W_{2n}} \end{bmatrix} = \begin{bmatrix} z_1 & 0 & \cdots & 0 \\ \vdots & "
        r"\vdots & \ddots & \vdots \\ 0 & 0 & \cdots & z_m \end{bmatrix}",
        why=MODULE,
        erratum="E4",
    ),
    REFUSED0(
        11,
        "dW[1]",
        r"\mathcal{B}[\mathsf{MM},W](v) = egin{bmatrix} v_1z_1 \ dots \ v_1z_m \ dots \ v_nz_1 \ dots \ v_nz_m "
        r"\end{bmatrix}",
        why=MODULE,
        erratum="E5",
    ),
    REFUSED0(11, "dW[2]", r"\mathcal{B}[\mathsf{MM}, W](v) = vz^T", why=MODULE, erratum="E6"),
    REFUSED0(
        12,
        "dW[2]",
        r"\frac{\partial J}{\partial W_{ij}} = \sum_{k=1}^{n} \frac{\partial J}{\partial y_k} \cdot \frac{\partial y_k}"
        r"{\partial W_{ij}}",
        why="y is the label here, and the proof means what comes out of the affine map",
        erratum="E7",
    ),
    REFUSED0(12, "Z[2]", r"y_k = \sum_{l=1}^m W_{kl} z_l + b_k", why="y is the label here", erratum="E7"),
    REFUSED0(12, "dW[2]", r"\partial y_k/\partial W_{ij}=z_j", why=LOCAL, erratum="E7"),
    REFUSED0(
        12,
        "dW[2]",
        r"\frac{\partial J}{\partial W_{ij}} = \sum_{k=1}^{n} \frac{\partial J}{\partial y_k} \cdot \frac{\partial y_k}"
        r"{\partial W_{ij}} = \frac{\partial J}{\partial y_i} \cdot z_j",
        why="y is the label here",
        erratum="E7",
    ),
    REFUSED0(
        12,
        "dW[2]",
        r"\left[\frac{\partial J}{\partial W}\right]_{ij} = \left[\frac{\partial J}{\partial y}\right]_i \cdot z_j "
        r"\implies \frac{\partial J}{\partial W} = \left(\frac{\partial J}{\partial y}\right) z^T",
        why="y is the label here",
        erratum="E7",
    ),
    REFUSED0(
        13,
        "db[2]",
        r"\mathcal{B}[\mathsf{MM}, b](v) = \begin{bmatrix} \frac{\partial (Wz+b)_1}{\partial b_1} & \cdots & "
        r"\frac{\partial (Wz+b)_n}{\partial b_1} \\ \vdots & \ddots & \vdots \\ \frac{\partial (Wz+b)_1}{\partial b_n} "
        r"& \cdots & \frac{\partial (Wz+b)_n}{\partial b_n} \end{bmatrix} v = v",
        why=MODULE,
    ),
    REFUSED0(
        14,
        "delta[2]",
        r"\mathcal{B}[\sigma, z](v) = \begin{bmatrix} \frac{\partial \sigma(z_1)}{\partial z_1} & \cdots & "
        r"\frac{\partial \sigma(z_m)}{\partial z_1} \\ \vdots & \ddots & \vdots \\ \frac{\partial \sigma(z_1)}"
        r"{\partial z_m} & \cdots & \frac{\partial \sigma(z_m)}{\partial z_m} \end{bmatrix} v = "
        r"\operatorname{diag}(\sigma'(z_1), \cdots, \sigma'(z_m)) v",
        why=MODULE,
    ),
    REFUSED0(14, "delta[2]", r"\mathcal{B}[\sigma, z](v) = \sigma'(z) \odot v", why=MODULE),
    REFUSED0(15, "Z[1]", r"z^{[1](1)} = W^{[1]}x^{(1)} + b^{[1]}", why=ONE_BY_ONE),
    REFUSED0(15, "Z[1]", r"z^{[1](3)} = W^{[1]}x^{(3)} + b^{[1]}", why=ONE_BY_ONE),
    REFUSED0(
        15,
        "Z[1]",
        r"X = \begin{bmatrix} | & | & | \\ x^{(1)} & x^{(2)} & x^{(3)} \\ | & | & | \end{bmatrix} \in "
        r"\mathbb{R}^{d \times 3}",
        why=DEFINITION,
    ),
    REFUSED0(
        15,
        "Z[1]",
        r"Z^{[1]} = \begin{bmatrix} & & & & & \\ & & & & & \\ z^{[1](1)} & z^{[1](2)} & z^{[1](3)} \end{bmatrix} = "
        r"W^{[1]}X + b^{[1]}",
        why=ONE_BY_ONE,
        erratum="E8",
    ),
    RIGHT0(16, "Z[1]", r"Z^{[1]} = W^{[1]}X + b^{[1]}"),
    RIGHT0(18, "Z[1]", r"Z^{[1]} = XW^{[1]} + b^{[1]} \in \mathbb{R}^{3 \times m}", switches=ROWS_IN_OUT),
    said("S0", "shape", "order", erratum="E10")(18, "Z[1]", r"Z^{[1]} = XW^{[1]} + b^{[1]}"),
]

RIGHT1, REFUSED1 = said("S1"), said("S1", "refused")
ABSENT1 = said("S1", "wrong", "absent", preset="three-levels", why=UNITS)
FORWARD_BACKWARD = [
    RIGHT1(3, "cost", r"C(y, \hat{y}) = -\sum_{i=1}^n \hat{y}_i \ln y_i", preset="digit"),
    REFUSED1(4, "cost", r"L(\theta) = \sum_{n=1}^N C^n(\theta)", why=ONE_BY_ONE),
    REFUSED1(
        4,
        "cost",
        r"y = \begin{bmatrix} y_1 \\ \vdots \\ y_{10} \end{bmatrix}_{(10 \times 1)}",
        why=DEFINITION,
    ),
    REFUSED1(
        4,
        "dW[1]",
        r"\nabla L(\theta) = \begin{bmatrix} \frac{\partial L}{\partial w_1} \\ \vdots \\ \frac{\partial L}"
        r"{\partial b_1} \end{bmatrix}",
        why=DEFINITION,
    ),
    REFUSED1(4, "cost", r"\theta^* = \arg \min_{\theta} L(\theta)", why=DEFINITION),
    REFUSED1(5, "dW[1]", r"\theta^i \leftarrow \theta^{i-1} - \eta \nabla L(\theta^{i-1})", why="it is an update"),
    REFUSED1(6, "dW[1]", r"\frac{dz}{dx} = \frac{dz}{dy} \frac{dy}{dx}", why=GENERAL),
    REFUSED1(
        7,
        "dW[1]",
        r"\frac{dz}{ds} = \frac{\partial z}{\partial x} \frac{dx}{ds} + \frac{\partial z}{\partial y} \frac{dy}{ds}",
        why=GENERAL,
    ),
    REFUSED1(
        8,
        "dW[1]",
        r"\frac{\partial L(\theta)}{\partial w} = \sum_{n=1}^N \frac{\partial C^n(\theta)}{\partial w}",
        why=ONE_BY_ONE,
    ),
    RIGHT1(
        9,
        "dW[1]",
        r"\therefore \frac{\partial C}{\partial w} = \frac{\partial C}{\partial z} \frac{\partial z}{\partial w}",
    ),
    REFUSED1(10, "dW[1]", r"\frac{\partial z}{\partial w_1} = x_1", why=LOCAL),
    REFUSED1(
        12,
        "dA[1]",
        r"\frac{\partial C}{\partial a} = \frac{\partial C}{\partial z'} \frac{\partial z'}{\partial a} + "
        r"\frac{\partial C}{\partial z''} \frac{\partial z''}{\partial a} = w_3 + w_4",
        why=UNNUMBERED,
        erratum="E13",
    ),
    REFUSED1(
        12,
        "dA[1]",
        r"\therefore \frac{\partial C}{\partial a} = w_3 \frac{\partial C}{\partial z'} + w_4 \frac{\partial C}"
        r"{\partial z''}",
        why=UNNUMBERED,
    ),
    REFUSED1(
        12,
        "delta[1]",
        r"\frac{\partial C}{\partial z} = \sigma'(z) \left[ w_3 \frac{\partial C}{\partial z'} + w_4 \frac{\partial C}"
        r"{\partial z''} \right]",
        why=UNNUMBERED,
    ),
    REFUSED1(
        14,
        "delta[2]",
        r"\frac{\partial C}{\partial z'} = \frac{\partial C}{\partial y_1} \frac{\partial y_1}{\partial z'} = "
        r"\sigma'(z') \frac{\partial C}{\partial y_1}",
        why=UNNUMBERED,
    ),
    RIGHT1(
        14,
        "dW[1]",
        r"\frac{\partial C(\theta)}{\partial W} = \underbrace{\frac{\partial C}{\partial z}}_{\text{Forward Pass}} "
        r"\underbrace{\frac{\partial z}{\partial W}}_{\text{Forward Pass}}",
        erratum="E14",
    ),
    said("S1", "wrong", "missing dA", erratum="E15")(
        12,
        "delta[1]",
        r"\frac{\partial C}{\partial z} = \underbrace{\frac{\partial C}{\partial a}}_{\sigma'(z)} "
        r"\underbrace{\frac{\partial a}{\partial z}}_{=1} = \sigma'(z)",
    ),
    REFUSED1(
        12,
        "delta[1]",
        r"\frac{\partial C}{\partial z'} = \underbrace{\frac{\partial C}{\partial a}}_{\sigma'(z')} "
        r"\underbrace{\frac{\partial a}{\partial z'}}_{=w_3} + \underbrace{\frac{\partial C}{\partial z''}}"
        r"_{\sigma'(z'')} \underbrace{\frac{\partial a}{\partial z'}}_{=w_4}",
        why=UNNUMBERED,
        erratum="E16",
    ),
    REFUSED1(
        15,
        None,
        r"\frac{\partial L}{\partial z_5} = \frac{\partial L}{\partial y_1} \frac{\partial y_1}{\partial z_5}",
        why=UNITS,
    ),
    ABSENT1(
        15,
        None,
        r"\frac{\partial L}{\partial z_3} = \sigma'(z_3) \left( w_1 \frac{\partial L}{\partial z_5} + w_2 "
        r"\frac{\partial L}{\partial z_6} \right)",
        erratum="E19",
    ),
    ABSENT1(
        15,
        None,
        r"\frac{\partial L}{\partial z_1} = \sigma'(z_1) \left( w_3 \frac{\partial L}{\partial z_3} + w_4 "
        r"\frac{\partial L}{\partial z_4} \right)",
    ),
]

RIGHT2, REFUSED2, BATCH2 = said("S2", changes=ONE), said("S2", "refused", changes=ONE), said("S2", switches=ROWS)
ELEMENT_BATCH = [
    REFUSED2(
        5,
        "dW[1]",
        r"\frac{\partial z}{\partial t}=\frac{\partial f}{\partial x}\frac{\partial x}{\partial t}+\frac{\partial f}"
        r"{\partial y}\frac{\partial y}{\partial t}",
        why=GENERAL,
        erratum="E22",
    ),
    REFUSED2(6, None, r"\mathbf{W}=[\mathbf{W}_{i,j}]_{i,j}", why=DEFINITION),
    REFUSED2(6, "dW[1]", r"\mathbf{xy}^\top=[\mathbf{x}_i\mathbf{y}_j]_{i,j}", why=GENERAL),
    REFUSED2(9, None, r"\mathbf{a}^{(0)} &= \mathbf{x} \\", why=GIVEN),
    RIGHT2(9, "Z[1]", r"\mathbf{z}^{(1)} &= \mathbf{W}^{(1)}\mathbf{a}^{(0)} + \mathbf{b}^{(1)} \\"),
    RIGHT2(9, "A[1]", r"\mathbf{a}^{(1)} &= f(\mathbf{z}^{(1)}) \\"),
    RIGHT2(9, "Z[2]", r"\mathbf{z}^{(l)} &= \mathbf{W}^{(l)}\mathbf{a}^{(l-1)} + \mathbf{b}^{(l)} \\"),
    said("S2", "wrong", "wrong layer", changes=ONE, erratum="E24")(
        9, "A[2]", r"\mathbf{a}^{(l)} &= f(\mathbf{z}^{(l-1)}) \\"
    ),
    RIGHT2(9, "Z[3]", r"\mathbf{z}^{(L)} &= \mathbf{W}^{(L)}\mathbf{a}^{(L-1)} + \mathbf{b}^{(L)} \\"),
    said("S2", "wrong", "wrong layer", changes=ONE, erratum="E25")(
        9, "A[3]", r"\mathbf{a}^{(L)} &= \text{softmax}(\mathbf{z}^{(L-1)}) \\"
    ),
    RIGHT2(9, "cost", r"\mathcal{L}=-\sum_{i=1}^c \mathbf{y}_i\log(\mathbf{a}_i^{(L)})"),
    REFUSED2(
        9,
        "cost",
        r"\mathcal{L}=\text{CE}(\mathbf{a}^{(L)},y)=-\sum_{i=1}^c \mathbf{y}_i\log(\mathbf{a}_i^{(L)})",
        why=FUNCTION,
    ),
    RIGHT2(9, "A[3]", r"\mathbf{a}^{(L)}_i=\frac{e^{\mathbf{z}_i}}{\sum_{k=1}^c e^{\mathbf{z}_k}}"),
    REFUSED2(
        10,
        "A[3]",
        r"\frac{\partial \mathbf{a}^{(L)}_i}{\partial \mathbf{z}^{(L)}_j}=\mathbf{a}^{(L)}_i(\mathbf{1}_{ij}-"
        r"\mathbf{a}^{(L)}_j)",
        why=LOCAL,
    ),
    RIGHT2(
        11,
        "delta[3]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{z}_j^{(L)}}=\sum_{i=1}^c\frac{\partial \mathcal{L}}{\partial "
        r"\mathbf{a}_i^{(L)}}\frac{\partial \mathbf{a}_i^{(L)}}{\partial \mathbf{z}_j^{(L)}}",
    ),
    said("S2", "wrong", "sign", changes=ONE, erratum="E26")(
        11,
        "delta[3]",
        r"\begin{align*} \frac{\partial \mathcal{L}}{\partial \mathbf{z}_j^{(L)}} &= \sum_{i=1}^c\frac{\partial "
        r"\mathcal{L}}{\partial \mathbf{a}_i^{(L)}}\frac{\partial \mathbf{a}_i^{(L)}}{\partial \mathbf{z}_j^{(L)}} \\ "
        r"& =\sum_{i=1}^c(\frac{\mathbf{y}_i}{\mathbf{a}_i^{(L)}})\frac{\partial \mathbf{a}_i^{(L)}}{\partial "
        r"\mathbf{z}_j^{(L)}} \\ &=-\sum_{i=1}^c\mathbf{y}_i(\mathbf{1}_{ij}-\mathbf{a}^{(L)}_j) \\ &=-\sum_{i=1}^c"
        r"\mathbf{y}_i\mathbf{1}_{ij}+\mathbf{a}_j^{(L)}\sum_{i=1}^c\mathbf{y}_i \\ &=\mathbf{a}^{(L)}_j-\mathbf{y}_j "
        r"\end{align*}",
    ),
    RIGHT2(
        11,
        "delta[3]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{z}_j^{(L)}} = -\sum_{i=1}^c\mathbf{y}_i(\mathbf{1}_{ij}-"
        r"\mathbf{a}^{(L)}_j)",
    ),
    RIGHT2(
        11,
        "delta[3]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{z}_j^{(L)}} = -\sum_{i=1}^c\mathbf{y}_i\mathbf{1}_{ij}+"
        r"\mathbf{a}_j^{(L)}\sum_{i=1}^c\mathbf{y}_i",
    ),
    RIGHT2(
        11,
        "delta[3]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{z}^{(L)}}=[\frac{\partial \mathcal{L}}{\partial "
        r"\mathbf{z}_j^{(L)}}]_{j=1}^{c}=[\mathbf{a}^{(L)}_j-\mathbf{y}_j]_{j=1}^{c}=[\mathbf{a}^{(L)}_j]_{j=1}^{c}-"
        r"[\mathbf{y}_j]_{j=1}^{c}=\mathbf{a}^{(L)}-\mathbf{y}",
    ),
    REFUSED2(
        12, "delta[2]", r"\mathbf{\delta}^{(l)}=\frac{\partial \mathcal{L}}{\partial \mathbf{z}^{(l)}}", why=DEFINITION
    ),
    RIGHT2(12, "delta[3]", r"\mathbf{\delta}^{(L)}=\mathbf{a}^{(L)}-\mathbf{y}"),
    RIGHT2(
        12,
        "dW[2]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{W}^{(l)}_{i,j}}=\sum_{k}\frac{\partial \mathcal{L}}{\partial "
        r"\mathbf{z}_k^{(l)}}\frac{\partial \mathbf{z}_k^{(l)}}{\partial \mathbf{W}^{(l)}_{i,j}}",
    ),
    RIGHT2(
        12,
        "Z[2]",
        r"\mathbf{z}^{(l)}_i=\sum_{j=1}^n \mathbf{W}^{(l)}_{i,j}\mathbf{a}^{(l-1)}_j+\mathbf{b}^{(l)}_i",
        erratum="E27",
        why="the letter of the last index says nothing of an array",
    ),
    REFUSED2(
        12,
        "dW[2]",
        r"\frac{\partial \mathbf{z}^{(l)}_i}{\partial \mathbf{W}^{(l)}_{i,j}}=\mathbf{a}^{(l-1)}_j",
        why=LOCAL,
    ),
    REFUSED2(12, "dW[2]", r"\frac{\partial \mathbf{z}^{(l)}_k}{\partial \mathbf{W}^{(l)}_{i,j}}=0", why=LOCAL),
    RIGHT2(
        12,
        "dW[2]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{W}^{(l)}_{i,j}}=\frac{\partial \mathcal{L}}{\partial "
        r"\mathbf{z}_i^{(l)}}\frac{\partial \mathbf{z}_i^{(l)}}{\partial \mathbf{W}^{(l)}_{i,j}}="
        r"\mathbf{\delta}_i^{(l)}\mathbf{a}_j^{(l-1)}",
    ),
    RIGHT2(
        12,
        "dW[2]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{W}^{(l)}}=[\frac{\partial \mathcal{L}}{\partial "
        r"\mathbf{W}^{(l)}_{i,j}}]_{i,j}=[\mathbf{\delta}_i^{(l)}\mathbf{a}_j^{(l-1)}]_{i,j}=\mathbf{\delta}^{(l)}"
        r"\mathbf{a}^{(l-1)\top}",
    ),
    RIGHT2(
        12,
        "dW[3]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{W}^{(L)}_{i,j}}=(\mathbf{a}^{(L)}_i-\mathbf{y}_i)"
        r"\mathbf{a}_j^{(L-1)}",
    ),
    RIGHT2(
        12,
        "dW[3]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{W}^{(L)}}=(\mathbf{a}^{(L)}-\mathbf{y})\mathbf{a}^{(L-1)\top}",
    ),
    said("S2", "shape", "index", changes=ONE, erratum="E28")(
        13,
        "delta[1]",
        r"\begin{align*} \mathbf{\delta}_j^{(l-1)} &= \frac{\partial \mathcal{L}}{\partial \mathbf{z}_j^{(l-1)}} \\ "
        r"&= \sum_{k}\frac{\partial \mathcal{L}}{\partial \mathbf{z}_k^{(l)}}\frac{\partial \mathbf{z}_k^{(l)}}"
        r"{\partial \mathbf{z}_j^{(l-1)}} \\ &= \sum_{k}\frac{\partial \mathcal{L}}{\partial \mathbf{z}_k^{(l)}}"
        r"\frac{\partial \mathbf{z}_k^{(l)}}{\partial \mathbf{a}_k^{(l-1)}}\frac{\partial \mathbf{a}_k^{(l-1)}}"
        r"{\partial \mathbf{z}_j^{(l-1)}} \\ \end{align*}",
    ),
    RIGHT2(13, "A[1]", r"\mathbf{a}_j^{(l-1)}=f(\mathbf{z}_j^{(l-1)})"),
    REFUSED2(
        13,
        "A[1]",
        r"\frac{\partial \mathbf{a}_j^{(l-1)}}{\partial \mathbf{z}_j^{(l-1)}}=f'(\mathbf{z}_j^{(l-1)})",
        why=LOCAL,
    ),
    REFUSED2(
        13,
        "A[1]",
        r"\frac{\partial \mathbf{z}_k^{(l)}}{\partial \mathbf{a}_j^{(l-1)}}=\mathbf{W}^{(l)}_{k,j}",
        why=LOCAL,
    ),
    RIGHT2(
        13,
        "delta[1]",
        r"\mathbf{\delta}_j^{(l-1)}=\sum_{k}\mathbf{\delta}_k^{(l)}\mathbf{W}^{(l)}_{k,j}f'(\mathbf{z}_j^{(l-1)})",
    ),
    RIGHT2(
        13,
        "delta[1]",
        r"\begin{align*} \mathbf{\delta}^{(l-1)} &=[\mathbf{\delta}_j^{(l-1)}]_{j=1}^m=[\sum_{k}\mathbf{\delta}_k^{(l)}"
        r"\mathbf{W}^{(l)}_{k,j}f'(\mathbf{z}_j^{(l-1)})]_{j=1}^m \\ &=[\sum_{k}\mathbf{\delta}_k^{(l)}"
        r"\mathbf{W}^{(l)}_{k,j}]_{j=1}^m\odot[f'(\mathbf{z}_j^{(l-1)})]_{j=1}^m \\ &=[\mathbf{W}^{(l)\top}_{:,j} "
        r"\mathbf{\delta}^{(l)}]_{j=1}^m\odot f'(\mathbf{z}^{(l-1)}) \\ &=\mathbf{W}^{(l)\top}\mathbf{\delta}^{(l)}"
        r"\odot f'(\mathbf{z}^{(l-1)}) \end{align*}",
        erratum="E29",
    ),
    RIGHT2(
        13,
        "delta[1]",
        r"\mathbf{\delta}^{(l-1)} =\mathbf{W}^{(l)\top}\mathbf{\delta}^{(l)}\odot f'(\mathbf{z}^{(l-1)})",
    ),
    REFUSED2(
        14,
        "Z[1]",
        r"\mathbf{X}=[\mathbf{x}_1^\top,\mathbf{x}_2^\top,\cdots,\mathbf{x}_b^\top]",
        why=DEFINITION,
        erratum="E30",
    ),
    REFUSED2(14, "Z[1]", r"\mathbf{Y}=[\mathbf{y}_1,\mathbf{y}_2,\cdots,\mathbf{y}_b]", why=DEFINITION, erratum="E30"),
    REFUSED2(14, "cost", r"\mathcal{L}=\frac{1}{b}\sum_{i=1}^b\mathcal{L}(\mathbf{x}_i,\mathbf{y}_i)", why=ONE_BY_ONE),
    BATCH2(14, "Z[2]", r"\mathbf{Z}^{(l)}=\mathbf{A}^{(l-1)}\mathbf{W}^{(l)\top}+\mathbf{B}^{(l)}"),
    BATCH2(14, "A[2]", r"\mathbf{A}^{(l)}=f(\mathbf{Z}^{(l)})"),
    BATCH2(
        15,
        "delta[3]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{Z}^{(L)}_{i,j}}=\frac{1}{b}(\mathbf{A}^{(L)}_{i,j}-"
        r"\mathbf{Y}_{i,j})",
    ),
    BATCH2(
        15,
        "delta[3]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{Z}^{(L)}}=\frac{1}{b}(\mathbf{A}^{(L)}-\mathbf{Y})",
    ),
    BATCH2(16, "Z[2]", r"\mathbf{Z}^{(l)\top}=\mathbf{W}^{(l)}\mathbf{A}^{(l-1)\top}+\mathbf{B}^{(l)\top}"),
    said("S2", "shape", "index", switches=ROWS, erratum="E31")(
        16,
        "dW[2]",
        r"\frac{\partial\mathcal{L}}{\partial \mathbf{W}_{i,j}^{(l)}}=\sum_{k=1}^{b}\frac{\partial \mathcal{L}}"
        r"{\partial \mathbf{Z}_{i,k}^{(l)}}\frac{\partial \mathbf{Z}_{i,k}^{(l)}}{\partial \mathbf{W}_{i,j}^{(l)}}="
        r"\sum_{k=1}^b\mathbf{\Delta}_{i,k}^{(l)}\mathbf{A}_{k,j}^{(l-1)}",
    ),
    BATCH2(
        16,
        "dW[2]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{W}^{(l)}}=\mathbf{\Delta}^{(l)\top}\mathbf{A}^{(l-1)}",
    ),
    BATCH2(
        18,
        "delta[1]",
        r"\mathbf{\Delta}^{(l-1)\top}=\mathbf{W}^{(l)\top}\mathbf{\Delta}^{(l)\top}\odot f'(\mathbf{Z}^{(l-1)\top})",
    ),
    BATCH2(
        18, "delta[1]", r"\mathbf{\Delta}^{(l-1)}=\mathbf{\Delta}^{(l)}\mathbf{W}^{(l)}\odot f'(\mathbf{Z}^{(l-1)})"
    ),
    BATCH2(18, "delta[3]", r"\mathbf{\Delta}^{(L)} & = \frac{1}{b}(\mathbf{A}^{(L)}-\mathbf{Y}) \\"),
    BATCH2(
        18,
        "delta[2]",
        r"\mathbf{\Delta}^{(l)} & = \mathbf{\Delta}^{(l+1)}\mathbf{W}^{(l+1)}\odot f'(\mathbf{Z}^{(l)}) \\",
    ),
    BATCH2(
        18,
        "dW[2]",
        r"\frac{\partial \mathcal{L}}{\partial \mathbf{W}^{(l)}} & = \mathbf{\Delta}^{(l)\top}\mathbf{A}^{(l-1)} \\",
    ),
]

CODE = ROWS | {"first_layer": 0}
PLAIN = {"bias": False}
LINE = said("S2", switches=CODE, changes=PLAIN)
PROGRAM = [
    LINE(19, "Z[2]", "Z[l] = A[l - 1 ] @ W[l].T"),
    LINE(19, "A[2]", "A[l] = f(Z[l])"),
    said("S2", "shape", "transposed", switches=CODE, changes=PLAIN, erratum="E36")(
        19, "Z[3]", "Z[L - 1 ] = A[L - 2 ] @ W[L - 1 ]"
    ),
    LINE(19, "A[3]", "A[L - 1 ] = softmax(Z[L - 1 ])"),
    said("S2", "wrong", "missing 1/m", switches=CODE, changes=PLAIN, erratum="E39")(
        19, "cost", "L = - np.sum(Y * np.log(A[L - 1 ]))"
    ),
    LINE(19, "delta[3]", "Delta[L - 1 ] = (A[L - 1 ] - Y) / Y.shape[ 0 ]"),
    LINE(19, "delta[2]", "Delta[l] = Delta[l + 1 ] @ W[l + 1 ] * d_f(Z[l])"),
    said("S2", "wrong", "wrong layer", switches=CODE, changes=PLAIN, erratum="E41")(
        19, "dW[2]", "W_g[l] = Delta[l + 1 ].T @ A[l - 1 ]"
    ),
    said("S3", "wrong", "wrong layer", switches=CODE, changes=PLAIN, erratum="E41")(
        1, "dW[2]", r"W\_g[l] = Delta[l+1].T @ A[l-1]"
    ),
]

WRITTEN = [*MODULES, *FORWARD_BACKWARD, *ELEMENT_BATCH, *PROGRAM, *QUESTION]
"""Every displayed formula of the texts, and what is written inside their sentences as an equation."""
