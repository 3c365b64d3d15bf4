"""The source texts, one row each: what each of them explains, in its own order, and where every point of it is shown.

An item is told in its text's own words and letters, in a few of them. Where it is shown is said by the array and by the
title of the line that derives it, so an item keeps its line when others come before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..maths.messages import N_


@dataclass(frozen=True)
class Address:
    """Where an item is shown: a line of a ``walkthrough`` at a ``layer``, or without one a step of the Step page.

    It is the first line for the array ``target`` whose title is ``line``, or the first of that array; without an array
    it is the question on the Check page. ``preset`` and ``notation`` are what differs from the text's own, ``changes``
    further properties of the setup.
    """

    target: str = ""
    line: str = ""
    walkthrough: str = ""
    layer: int = 0
    preset: str = ""
    notation: Mapping[str, Any] = field(default_factory=dict, hash=False)
    changes: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def page(self) -> str:
        """The name of the page that shows it."""
        return "derive" if self.walkthrough else "step" if self.target else "check"


@dataclass(frozen=True)
class Item:
    """One point of a text: its number there, what it says, a formula in the text's own letters, and where it is shown.

    ``errata`` are the codes of the mistakes beside it; ``hand`` names how it is written where the text changes hands.
    """

    number: int
    words: str
    formula: str
    places: tuple[Address, ...]
    errata: tuple[str, ...] = ()
    hand: str = ""


@dataclass(frozen=True)
class Letter:
    """What a text calls ``theirs``: here the entry of an array at a layer, by its stored row and column."""

    theirs: str
    array: str
    layer: int
    entry: tuple[int, int]


@dataclass(frozen=True)
class Text:
    """A source text: how it is called, its language, what it is about, whose hand it is in, and its items.

    ``letters`` are the text's letters for single numbers of a preset, by the preset's name.
    """

    code: str
    title: str
    language: str
    about: str
    hand: str
    preset: str
    items: tuple[Item, ...]
    letters: Mapping[str, tuple[Letter, ...]] = field(default_factory=dict, hash=False)

    @cached_property
    def errata(self) -> tuple[str, ...]:
        """The codes of the mistakes that stand beside an item."""
        return tuple(code for item in self.items for code in item.errata)

    @property
    def hands(self) -> set[str]:
        """The names of the hands it is written in."""
        return {self.hand, *(item.hand for item in self.items)} - {""}

    def code_of(self, item: Item) -> str:
        """An item's own code, such as S0.10."""
        return f"{self.code}.{item.number}" if len(self.items) > 1 else self.code


def line(walkthrough: str, layer: int, target: str, title: str = "", **more: Any) -> Address:
    """A line of a walkthrough."""
    return Address(target, title, walkthrough, layer, **more)


def step(target: str, **more: Any) -> Address:
    """The step that computes an array."""
    return Address(target, **more)


ROWS = {"orientation": "rows"}
ONE = {"sample": 0}

MODULES = Text(
    "S0",
    N_("Backpropagation, module by module"),
    N_("Traditional Chinese"),
    N_(
        "A multilayer perceptron is a chain of modules. Each carries the derivative of the loss back by the transpose "
        "of its Jacobian; then a whole batch at once."
    ),
    "modules",
    "binary-classifier",
    (
        Item(1, N_("A classifier of r layers, as modules one inside the other."),
            r"\mathsf{MM}_{W^{[r]},b^{[r]}}(\sigma(\cdots\mathsf{MM}_{W^{[1]},b^{[1]}}(x)))",
            (line("modules", 3, "delta[3]"),)),
        Item(2, N_("The modules as a list, from x to the loss."),
            r"z^{[i]} = \mathsf{MM}(a^{[i-1]}),\ a^{[i]} = \sigma(z^{[i]}),\ J = \ell(z^{[r]}, y)",
            (line("modules", 3, "delta[3]"),)),
        Item(3, N_("All parameters are inside the z."), r"z^{[i]} = W^{[i]}a^{[i-1]} + b^{[i]}",
            (line("modules", 3, "delta[3]"),)),
        Item(4, N_("The way back, begun with 1: each module turns v into its Jacobian's transpose times v."),
            r"\frac{\partial J}{\partial z^{[r]}} = \mathcal{B}[\ell, z^{[r]}](1)",
            (line("modules", 3, "delta[3]", "Start with 1"),), ("E54",)),
        Item(5, N_("A second chain, from every z to its own weights and biases."),
            r"\frac{\partial J}{\partial W^{[i]}} = \mathcal{B}[\mathsf{MM}, W^{[i]}]"
            r"\left(\frac{\partial J}{\partial z^{[i]}}\right)",
            (line("modules", 3, "flat gradient W[3]", "The weights as one long vector"),)),
        Item(6, N_("Three kinds of modules: loss, affine map, activation."), "",
            (line("modules", 3, "delta[3]"), line("modules", 2, "delta[2]"))),
        Item(7, N_("The loss module."), r"\mathcal{B}[\ell, t](v) = (\sigma(t) - y)\,v",
            (line("modules", 3, "delta[3]", "Multiplied out"),), ("E1", "E56")),
        Item(8, N_("The affine map with respect to its input: the whole matrix, and what it comes to."),
            r"\frac{\partial (Wz+b)_j}{\partial z_i} = W_{ji},\ \mathcal{B}[\mathsf{MM}, z](v) = W^{T}v",
            (
                line("modules", 3, "gradient A[2]", "The whole Jacobian"),
                line("modules", 3, "gradient A[2]", "With the weights in its place"),
            ), ("E2", "E3", "E57")),
        Item(9, N_("W with one index instead of two: laid out row by row as one vector."),
            r"W = (W_{11}, W_{12}, \ldots, W_{nm}) \in \mathbb{R}^{nm}",
            (line("modules", 1, "flat gradient W[1]", "The weights as one long vector"),), ("E53",)),
        Item(10, N_("The transposed Jacobian with respect to that vector: z going down a staircase of zeros."),
            r"\mathcal{B}[\mathsf{MM}, W] \in \mathbb{R}^{nm \times n}",
            (line("modules", 1, "flat gradient W[1]", "A staircase, mostly zeros"),), ("E4",)),
        Item(11, N_("The long vector reshaped, row by row, is an outer product."),
            r"(v_1z_1, \ldots, v_nz_m) \to vz^{T}",
            (line("modules", 1, "dW[1]", "The long vector in the shape of the weights"),), ("E5", "E6")),
        Item(12, N_("The same by indices, without reshaping: of the sum over k only k = i is left."),
            r"\frac{\partial J}{\partial W_{ij}} = \sum_k \frac{\partial J}{\partial y_k}"
            r"\frac{\partial y_k}{\partial W_{ij}} = \frac{\partial J}{\partial y_i}\,z_j",
            (
                line("entries", 2, "dW[2]", "What one weight moves"),
                line("modules", 2, "dW[2]", "The long vector in the shape of the weights"),
            ), ("E7",)),
        Item(13, N_("The affine map with respect to its bias: v itself."), r"\mathcal{B}[\mathsf{MM}, b](v) = v",
            (line("modules", 2, "db[2]", "The whole Jacobian"),)),
        Item(14, N_("The activation: a diagonal matrix, so multiply entry by entry."),
            r"\mathcal{B}[\sigma, z](v) = \operatorname{diag}(\sigma'(z))\,v = \sigma'(z) \odot v",
            (line("modules", 2, "delta[2]", "A diagonal matrix becomes ⊙"),)),
        Item(15, N_("Three examples, side by side as the columns of X."), r"Z^{[1]} = W^{[1]}X + b^{[1]}",
            (
                line("batch", 1, "sample Z[1] 0", "The first sample alone"),
                line("batch", 1, "Z[1]", "One matrix product"),
            ), ("E8",)),
        Item(16, N_("NumPy makes b fit by broadcasting."), "",
            (line("batch", 1, "Z[1]", "One matrix product", preset="broadcast-trap"),), ("E9",)),
        Item(17, N_("Books have columns, libraries have rows: transpose everything, turn each product round."), "",
            (line("batch", 2, "Z[2]", "The other way round"),), ("E11", "E55")),
        Item(18, N_("With the examples as rows."), r"Z^{[1]} = XW^{[1]} + b^{[1]}",
            (line("batch", 1, "Z[1]", "One matrix product", notation=ROWS | {"weights": "in_out"}),), ("E10",)),
    ),
)  # fmt: skip

FORWARD_BACKWARD = Text(
    "S1",
    N_("Forward pass and backward pass"),
    N_("Simplified Chinese, lecture notes"),
    N_(
        "One weight of one neuron: the derivative has two factors. The forward pass reads one off the wire, the "
        "backward pass finds the other with the neurons turned round."
    ),
    "forward-backward",
    "one-neuron",
    (
        Item(1, N_("Two words: Forward Pass, Backward Pass."), "",
            (line("neuron", 1, "dW[1]", "Easy factor times hard factor"),)),
        Item(2, N_("Training makes a loss small: 256 pixels in, 10 digits out."), "",
            (step("A[2]", preset="digit"),)),
        Item(3, N_("Cross-entropy; ŷ is the label here, y what the network says."),
            r"C(y, \hat y) = -\sum_i \hat y_i \ln y_i", (step("losses", preset="digit"),), ("E58",)),
        Item(4, N_("The loss of all examples, and all parameters as one vector θ."),
            r"L(\theta) = \sum_n C^n(\theta),\ \theta^* = \arg\min_\theta L(\theta)",
            (
                line("batch", 3, "cost", "The losses added up", preset="binary-classifier"),
                line("chain-rule", 2, "parameters new W[1] new b[1]", "Each parameter moves against its derivative"),
            )),
        Item(5, N_("Gradient descent, with the learning rate η."),
            r"\theta^i \leftarrow \theta^{i-1} - \eta\,\nabla L(\theta^{i-1})",
            (line("chain-rule", 2, "parameters new W[1] new b[1]", "One step downhill"),), ("E12",)),
        Item(6, N_("The chain rule along one path."),
            r"\Delta x \to \Delta y \to \Delta z,\ \frac{dz}{dx} = \frac{dz}{dy}\frac{dy}{dx}",
            (line("chain-rule", 1, "path A[1] W[1]", "Δ{w} → Δ{z} → Δ{a}"),)),
        Item(7, N_("The chain rule along two paths: ∂, since z depends on two things."),
            r"\frac{dz}{ds} = \frac{\partial z}{\partial x}\frac{dx}{ds} + \frac{\partial z}{\partial y}\frac{dy}{ds}",
            (line("chain-rule", 2, "gradient A[1]", "A sum over the paths"),)),
        Item(8, N_("The derivative of a sum over the examples."),
            r"\frac{\partial L}{\partial w} = \sum_n \frac{\partial C^n}{\partial w}",
            (line("batch", 2, "dW[2]", "One matrix for each sample", preset="binary-classifier"),)),
        Item(9, N_("One neuron: a factor that is hard, a factor that is easy."),
            r"\frac{\partial C}{\partial w} = \frac{\partial C}{\partial z}\frac{\partial z}{\partial w}",
            (line("neuron", 1, "dW[1]", "Easy factor times hard factor"),), ("E14",)),
        Item(10, N_("Forward pass: read off the input in front of the weight."),
            r"\frac{\partial z}{\partial w_1} = x_1,\ \frac{\partial z}{\partial w_2} = x_2",
            (line("neuron", 1, "dW[1]", "Read it off the wire"),), ("E20", "E59", "E60")),
        Item(11, N_("Unfold the chain only as far as you can differentiate; σ′(z) is a number, since z is known."), "",
            (line("chain-rule", 1, "path A[1] W[1]", "Each derivative, where the network stands now"),)),
        Item(12, N_("Backward pass: what comes back through both wires."),
            r"\frac{\partial C}{\partial z} = \sigma'(z)\left[w_3\frac{\partial C}{\partial z'}"
            r" + w_4\frac{\partial C}{\partial z''}\right]",
            (line("neuron", 1, "delta[1]", "Collect from the units above"),), ("E13", "E15", "E16", "E62")),
        Item(13, N_("The neuron turned round: an amplifier with the gain σ′(z)."), "",
            (line("neuron", 1, "delta[1]", "The whole layer, reversed"),)),
        Item(14, N_("Two cases: z′ and z″ are outputs, or the same again."),
            r"\frac{\partial C}{\partial z'} = \sigma'(z')\frac{\partial C}{\partial y_1}",
            (
                line("neuron", 2, "delta[2]", "Through the output to the cost"),
                line("neuron", 1, "delta[1]", "Collect from the units above"),
            ), ("E17", "E18", "E61")),
        Item(15, N_("Three levels, from the output back: z₅, then z₃, then z₁."),
            r"\frac{\partial L}{\partial z_3} = \sigma'(z_3)\left(w_1\frac{\partial L}{\partial z_5}"
            r" + w_2\frac{\partial L}{\partial z_6}\right)",
            tuple(step(f"delta[{l}]", preset="three-levels") for l in (3, 2, 1)), ("E19",)),
    ),
    {
        "one-neuron": (
            Letter("w_1", "W", 1, (0, 0)), Letter("w_2", "W", 1, (0, 1)),
            Letter("w_3", "W", 2, (0, 0)), Letter("w_4", "W", 2, (1, 0)),
            Letter("z", "Z", 1, (0, 0)), Letter("a", "A", 1, (0, 0)),
            Letter("z'", "Z", 2, (0, 0)), Letter("z''", "Z", 2, (0, 1)),
        ),
        "three-levels": (
            *(Letter(f"z_{2 * l + k - 1}", "Z", l, (0, k)) for l in (1, 2, 3) for k in (0, 1)),
            Letter("w_1", "W", 3, (0, 0)), Letter("w_2", "W", 3, (1, 0)),
            Letter("w_3", "W", 2, (0, 0)), Letter("w_4", "W", 2, (1, 0)),
        ),
    },
)  # fmt: skip

ELEMENT_BATCH = Text(
    "S2",
    N_("From an element to the batch"),
    N_("Simplified Chinese"),
    N_(
        "Take one element of the gradient, assemble the matrix, then do it for a batch of rows: softmax, "
        "cross-entropy, and a program at the end."
    ),
    "element-batch",
    "softmax-batch",
    (
        Item(1, N_("Three ways to ∂L/∂W; taken is the third: element by element, then assembled."), "",
            (
                line("strategies", 3, "flat gradient W[3]", "Build the whole Jacobian"),
                line("strategies", 3, "dW[3]", "One entry"),
            )),
        Item(2, N_("A loop would do; matrices are there for speed."), "",
            (line("strategies", 3, "dW[3]", "Assembled"),)),
        Item(3, N_("One example first, then a batch."), "",
            (
                line("entries", 3, "dW[3]", "The chain rule for one weight"),
                line("batch", 3, "dW[3]", "One matrix for each sample", notation=ROWS),
            ), ("E63",)),
        Item(4, N_("Denominator layout: the gradient has the shape of the matrix."), "",
            (line("layouts", 2, "delta[2]", "A product of Jacobians"),), ("E21",)),
        Item(5, N_("The multivariable chain rule; a function of a vector is a function of several variables."),
            r"\frac{dz}{dt} = \frac{\partial f}{\partial x}\frac{dx}{dt} + \frac{\partial f}{\partial y}\frac{dy}{dt}",
            (
                line("chain-rule", 2, "gradient A[1]", "A sum over the paths"),
                line("entries", 2, "delta[2]", "The chain rule for one {z}"),
            ), ("E22",)),
        Item(6, N_("Assembling a matrix from its elements is a product the other way round."),
            r"W = [W_{i,j}]_{i,j},\ xy^{\top} = [x_iy_j]_{i,j}",
            (line("entries", 2, "dW[2]", "Assemble the matrix"),)),
        Item(7, N_("Letters: scalars, vectors, matrices, a lower index for an element, and the indicator."),
            r"\mathbf{1}_{ij}", (line("entries", 2, "dW[2]", "What one weight moves"),)),
        Item(8, N_("The shape of everything."),
            r"W^{(l)}\ [m^{(l)}, m^{(l-1)}],\ a^{(l)}\ [m^{(l)}, 1]", (step("Z[1]", changes=ONE),), ("E23",)),
        Item(9, N_("The forward pass, with softmax and cross-entropy at the end."),
            r"a^{(L)} = \operatorname{softmax}(z^{(L)}),\ \mathcal{L} = \operatorname{CE}(a^{(L)}, y)",
            (step("A[3]", changes=ONE), step("losses", changes=ONE)), ("E24", "E25", "E67")),
        Item(10, N_("The derivative of softmax."),
            r"\frac{\partial a_i}{\partial z_j} = a_i(\mathbf{1}_{ij} - a_j)",
            (line("outputs", 3, "jacobian A[3] Z[3]", "Each fraction is an output"),)),
        Item(11, N_("The sum over i, line by line, until a − y is left."),
            r"\frac{\partial \mathcal{L}}{\partial z_j} = a_j - y_j",
            (
                line("outputs", 3, "delta[3]", "From the cost to the output and through it"),
                line("outputs", 3, "delta[3]", "As the pass computes it"),
            ), ("E26",)),
        Item(12, N_("The error term δ, and the weights of a layer."),
            r"\frac{\partial \mathcal{L}}{\partial W^{(l)}} = \delta^{(l)}a^{(l-1)\top}",
            (line("entries", 3, "dW[3]", "Assemble the matrix"),), ("E27",)),
        Item(13, N_("The error term of the layer below."),
            r"\delta^{(l-1)} = W^{(l)\top}\delta^{(l)} \odot f'(z^{(l-1)})",
            (line("entries", 2, "delta[2]", "Assemble the vector"),), ("E28", "E29")),
        Item(14, N_("A batch: examples as rows, the mean of their losses; or take W transposed."),
            r"Z^{(l)} = A^{(l-1)}W^{(l)\top} + B^{(l)}",
            (
                line("batch", 2, "Z[2]", "One matrix product", notation=ROWS),
                line("batch", 2, "Z[2]", "One matrix product", notation=ROWS | {"weights": "in_out"}),
            ), ("E30", "E66")),
        Item(15, N_("Loss and softmax of the batch."),
            r"\frac{\partial \mathcal{L}}{\partial Z^{(L)}} = \tfrac{1}{b}(A^{(L)} - Y)",
            (line("batch", 3, "delta[3]", "All samples at once", notation=ROWS),)),
        Item(16, N_("Every example uses the same weights: sum over the examples."),
            r"\frac{\partial \mathcal{L}}{\partial W^{(l)}} = \Delta^{(l)\top}A^{(l-1)}",
            (
                line("batch", 2, "dW[2]", "One weight through all samples", notation=ROWS),
                line("batch", 2, "dW[2]", "A sum over samples is a matrix product", notation=ROWS),
            ), ("E31", "E32")),
        Item(17, N_("A check of the shapes."), r"[m^{(l)}, b]\,[b, m^{(l-1)}] = [m^{(l)}, m^{(l-1)}]",
            (line("batch", 2, "dW[2]", "A sum over samples is a matrix product", notation=ROWS),)),
        Item(18, N_("From Δ to the Δ below, and the algorithm in three lines."),
            r"\Delta^{(l)} = \Delta^{(l+1)}W^{(l+1)} \odot f'(Z^{(l)})",
            (
                line("batch", 2, "delta[2]", "All samples at once", notation=ROWS),
                line("algorithm", 3, "delta[2]", "One layer down", notation=ROWS),
            )),
        Item(19, N_("A program in the manner of PyTorch, with W as in nn.Linear."), "",
            (line("algorithm", 3, "delta[3]", "Start at the output", notation=ROWS, changes={"bias": False}),),
            ("E34", "E35", "E36", "E37", "E38", "E39", "E40", "E41", "E42", "E64", "E65", "E70")),
    ),
)  # fmt: skip

SKELETON = Text(
    "S3",
    N_("The same in English, its formulas lost"),
    N_("English"),
    N_(
        "The English original of “From an element to the batch”, of which only words and the program are left: read it "
        "beside the other for the words of both languages."
    ),
    "element-batch",
    "softmax-batch",
    (
        Item(1, N_("The outline, from the three ways to the program, and the words in both languages."), "",
            (line("batch", 3, "dW[3]", "A sum over samples is a matrix product", notation=ROWS),), ("E33",)),
    ),
)  # fmt: skip

QUESTION = Text(
    "S4",
    N_("Why does this not multiply?"),
    N_("English, a question and two answers"),
    N_(
        "A network of 2, 3 and 2 neurons, a product for the second weight matrix that does not multiply, and two "
        "answers: one on layouts, one by single entries."
    ),
    "question",
    "two-three-two",
    (
        Item(1, N_("Two inputs, three hidden neurons, two outputs, and half a sum of squares."),
            r"L = \tfrac12\sum(\hat y - y)^2", (step("losses"),), ("E43",)),
        Item(2, N_("The gradient has the shape of the weight matrix."),
            r"\frac{\partial L}{\partial W^{(3)}} = (a^{(3)} - y) \odot a^{(3)} \odot (1 - a^{(3)})\,a^{(2)T}",
            (
                line("entries", 2, "dW[2]", "Assemble the matrix"),
                step("delta[2]"),
            ), ("E68",)),
        Item(3, N_("May a⁽²⁾ be transposed? Yes: entry by entry its numbers go along the columns."), r"w_{ij}^{(3)}",
            (line("entries", 2, "dW[2]", "One term survives"),), ("E47", "E69")),
        Item(4, N_("The product that does not multiply."),
            r"2{\times}1\quad 2{\times}3\quad 3{\times}1\quad 1{\times}2",
            (
                Address(),
                line("layouts", 1, "delta[1]", "A product of Jacobians"),
            ), ("E44", "E45", "E46")),
        Item(5, N_("Two layouts: the derivative of m numbers with respect to n numbers is n×m, or m×n."), "",
            (line("layouts", 1, "delta[1]", "A product of Jacobians"),)),
        Item(6, N_("In denominator layout the next factor goes to the left."), r"(AB)^T = B^TA^T",
            (line("layouts", 1, "delta[1]", "(AB)ᵀ = BᵀAᵀ"),)),
        Item(7, N_("One weight, and everything matches."),
            r"1{\times}3\quad 3{\times}3\quad 3{\times}2\quad 2{\times}1",
            (line("layouts", 1, "one gradient W[1] 0", "From the cost to one weight"),)),
        Item(8, N_("A diagonal matrix becomes a product entry by entry."),
            r"\frac{\partial a^{(2)}}{\partial z^{(2)}}",
            (
                line("modules", 1, "delta[1]", "It is diagonal"),
                line("modules", 1, "delta[1]", "A diagonal matrix becomes ⊙"),
            )),
        Item(9, N_("∂z/∂W has three indices: find each entry, then put it in its place."),
            r"\frac{\partial z}{\partial W}",
            (line("modules", 2, "flat gradient W[2]", "The weights as one long vector"),)),
        Item(10, N_("The general case: L layers, any g entry by entry, and a loss with z − y at the end."),
            r"z^{(l)} = W^{(l)}a^{(l-1)} + b^{(l)},\ a^{(l)} = g^{(l)}(z^{(l)}),\ \nabla_{z^{(L)}}J = z^{(L)} - y",
            (
                step("Z[1]"),
                step("A[1]"),
                step("delta[2]", changes={"activations": ("relu", "identity")}),
            ), ("E48", "E49"), "answer"),
        Item(11, N_("Three equations for single entries, and the same three for matrices."),
            r"\nabla_{z^{(l)}}J = (W^{(l+1)T}\nabla_{z^{(l+1)}}J) \odot g'(z^{(l)})",
            (
                line("entries", 1, "dW[1]", "One term survives"),
                line("entries", 1, "dW[1]", "Assemble the matrix"),
                line("entries", 1, "db[1]", "Assemble the vector"),
                line("entries", 1, "delta[1]", "Put in what is known"),
                line("entries", 1, "delta[1]", "Assemble the vector"),
            ), ("E50", "E51", "E52"), "answer"),
    ),
)  # fmt: skip

TEXTS: dict[str, Text] = {text.code: text for text in (MODULES, FORWARD_BACKWARD, ELEMENT_BATCH, SKELETON, QUESTION)}
