"""What is one formula, and what is a program."""

import pytest

from mlpviz.interface.check.statements import is_program

ONE = [
    "A1 @ W2.T",
    "# mine\ndW2 = delta2.T @ A1  # so\n",
    "dW2 = delta2.T @ A1\n    = x\n    = y",
    "\\begin{align}\n\\delta^{(2)} &= a \\\\\n&= b\n\\end{align}",
    "\\delta^{(2)} = (a - y)\n\\odot f'(z)",
    "dW2 = np.dot(\n    delta2.T,\n    A1,\n)",
    "dW2 = delta2.T @ A1;",
    "D2' * A1; % ascent",
    "A1[:, 0] * (\n1 - A1)",
    "",
]
SEVERAL = [
    "dZ2 = A2 - Y\ndW2 = dZ2.T @ A1",
    "dZ2 = A2 - Y; dW2 = dZ2.T @ A1",
    "for l in range(2, 0, -1):\n    dW[l] = delta[l].T @ A[l-1]",
    "\\delta^{(2)} = a\n\\delta^{(1)} = b",
    "def f(x):\n    return x",
    "d2 = a2 - y;\nd1 = (W2' * d2) .* g1;",
]


@pytest.mark.parametrize("text", ONE)
def test_one_statement_is_a_formula(text):
    assert not is_program(text)


@pytest.mark.parametrize("text", SEVERAL)
def test_several_are_a_program(text):
    assert is_program(text)
