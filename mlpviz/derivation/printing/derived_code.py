"""What derived arrays are made of, as they are stored, and how each library spells the calls for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ...maths.architecture import Architecture
from ...maths.equations import equation
from ...maths.expressions import Expression, Number, Symbol
from ..derived import Derived, gradient, jacobian, layer_of, slope_of_loss


@dataclass(frozen=True)
class Program(Symbol):
    """An array made by a call of the library: a form of ``CALLS``, of arrays as they are stored, and numbers."""

    call: str = ""
    arguments: tuple[Expression, ...] = ()
    numbers: tuple[int, ...] = ()


def program(call: str, *arguments: Expression, numbers: tuple[int, ...] = ()) -> Program:
    return Program("program", None, call, arguments, numbers)


CALLS: Mapping[str, Mapping[str, str]] = {
    "numpy": {
        "einsum": 'np.einsum("{spec}", {list})',
        "eye": "np.eye({a})",
        "ones": "np.ones(({a}, {b}))",
        "diagonal": "np.diagflat({0})",
        "slopes": "np.diagonal({0}).reshape(-1, 1)",
        "kron": "np.kron({0}, {1})",
        "joined": "np.concatenate([{list}], axis=None).reshape(1, -1)",
    },
    "torch": {
        "einsum": 'torch.einsum("{spec}", {list})',
        "eye": "torch.eye({a})",
        "ones": "torch.ones({a}, {b})",
        "diagonal": "torch.diagflat({0})",
        "slopes": "torch.diagonal({0}).reshape(-1, 1)",
        "kron": "torch.kron({0}, {1}.contiguous())",
        "joined": "torch.cat([each.reshape(-1) for each in ({list})]).reshape(1, -1)",
    },
}
"""How each library spells a call."""

METHODS: Mapping[str, str] = {
    "flat": "{0:base}.reshape(1, -1)",
    "shaped": "{0:base}.reshape({a}, {b})",
    "row": "{0:base}[[{a}]]",
    "column": "{0:base}[:, [{a}]]",
    "entry": "{0:base}[[{a}]][:, [{b}]]",
}
"""What every library spells alike."""

SYMMETRIC = frozenset({"eye", "diagonal"})


def unit_matrix(architecture: Architecture, layer: int) -> Program:
    return program("eye", numbers=(architecture.widths[layer],))


def activation_jacobian(architecture: Architecture, layer: int) -> Expression:
    """∂a/∂z of a layer: a diagonal, or what the activation carries back of every unit vector."""
    activation, (Z, A) = architecture.activation(layer), (Symbol(name, layer) for name in "ZA")
    if isinstance(activation.slope, Number):
        return activation.slope * unit_matrix(architecture, layer)
    if activation.elementwise:
        return program("diagonal", activation.slope_at(Z, A))
    return activation.pull_back(unit_matrix(architecture, layer), Z, A)


def jacobian_program(node: Derived, architecture: Architecture) -> Expression:
    """∂u/∂v by the two arrays that it is of."""
    of, by = node.operands
    layer = layer_of(of)
    match of.name, by.name:
        case "Z", "W":
            return program("kron", unit_matrix(architecture, layer), Symbol("A", layer - 1))
        case "Z", "b":
            return unit_matrix(architecture, layer)
        case "Z", "A":
            return Symbol("W", layer)
        case "A", "Z":
            return activation_jacobian(architecture, layer)
        case "Z", "Z":
            return Symbol("W", layer) @ activation_jacobian(architecture, layer - 1)
    raise TypeError(f"{node} has no code")


def gradient_program(node: Derived, architecture: Architecture) -> Expression:
    (by,) = node.operands
    layer = layer_of(by)
    if by.name == "Z":
        return Symbol("delta", layer)
    if layer == architecture.depth:
        return slope_of_loss(architecture)
    return Symbol("delta", layer + 1) @ Symbol("W", layer + 1)


def carried_program(node: Derived, _architecture: Architecture) -> Expression:
    """What comes back to a module's output times its Jacobian; of the loss it is δ."""
    of, by = node.operands
    return Symbol("delta", layer_of(by)) if of.name == "losses" else gradient(of) @ jacobian(of, by)


def outer_program(node: Derived, _architecture: Architecture) -> Expression:
    """The gradient of the weights without the l2 term."""
    layer = layer_of(node.operands[-1])
    return Symbol("delta", layer).T @ Symbol("A", layer - 1)


def unscaled_program(_node: Derived, architecture: Architecture) -> Expression:
    """∂ℓ/∂Z: the output error of the same network whose cost is a plain sum."""
    return equation(replace(architecture, reduction="sum"), "output error", architecture.depth).value


def path_program(node: Derived, architecture: Architecture) -> Expression:
    """A column of slopes times a row of inputs."""
    layer = layer_of(node.operands[0])
    return program("slopes", activation_jacobian(architecture, layer)) * Symbol("A", layer - 1)


def all_parameters_program(node: Derived, architecture: Architecture) -> Expression:
    kept = node.operands[: 1 + architecture.bias]
    arrays = [Symbol(each.name, l) for l in range(1, architecture.depth + 1) for each in kept]
    return program("joined", *arrays)


def place(node: Derived, architecture: Architecture) -> tuple[int, int]:
    """Row and column of the one weight that an array is about."""
    return divmod(node.index or 0, architecture.widths[layer_of(node.operands[-1]) - 1])


PROGRAMS: Mapping[str, Callable[[Derived, Architecture], Expression]] = {
    "jacobian": jacobian_program,
    "gradient": gradient_program,
    "flat gradient": lambda node, architecture: program("flat", outer_program(node, architecture)),
    "upstream": gradient_program,
    "carried back": carried_program,
    "unscaled": unscaled_program,
    "diagonal": lambda node, architecture: activation_jacobian(architecture, layer_of(node)),
    "sample": lambda node, architecture: program("row", node.operands[0], numbers=(node.index or 0,)),
    "path": path_program,
    "parameters": all_parameters_program,
    "parameter gradient": all_parameters_program,
    "one slope": lambda node, architecture: program(
        "column", jacobian_program(node, architecture), numbers=(node.index or 0,)
    ),
    "one gradient": lambda node, architecture: program(
        "entry", outer_program(node, architecture), numbers=place(node, architecture)
    ),
}
"""What makes each kind of derived array, in stored arrays."""
