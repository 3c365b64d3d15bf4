"""What NumPy repeats without a word: found where a program comes to grief by it, and let be where it does not."""

import mlpviz

NETWORK = mlpviz.Architecture((2, 3, 2), ("sigmoid", "sigmoid"), "half_squared_error", "sum")

PASS = """Z1 = W1 @ X + b1
A1 = 1 / (1 + np.exp(-Z1))
Z2 = W2 @ A1 + b2
A2 = 1 / (1 + np.exp(-Z2))
dZ2 = (A2 - Y) * A2 * (1 - A2)
dW2 = dZ2 @ A1.T
db2 = np.sum(dZ2, axis=1)
dZ1 = (W2.T @ dZ2) * A1 * (1 - A1)
dW1 = dZ1 @ X.T
db1 = np.sum(dZ1, axis=1, keepdims=True)
"""
UPDATE = "W2 -= lr * dW2\n%s\nW1 -= lr * dW1\nb1 -= lr * db1\n"
FLAT = PASS.replace("+ b1", "+ b1[:, None]").replace("+ b2", "+ b2[:, None]").replace(", keepdims=True", "")
ROWS = (
    (PASS.replace("W1 @ X", "X @ W1.T").replace("W2 @ A1", "A1 @ W2.T").replace("dZ2 @ A1.T", "dZ2.T @ A1"))
    .replace("(W2.T @ dZ2)", "(dZ2 @ W2)")
    .replace("dZ1 @ X.T", "dZ1.T @ X")
    .replace("axis=1", "axis=0")
)


def faults(text, notation="columns"):
    report = mlpviz.check_code(text, NETWORK, notation)
    return [(each.text.split()[0], each.message) for each in report.lines if each.kind in ("wrong", "shape")]


def test_a_bias_s_gradient_without_its_axis_is_wrong_where_a_column_is_updated_by_it():
    for step in ("b2 -= lr * db2", "b2 = b2 - lr * db2", "b2 += -lr * db2"):
        ((name, message),) = faults(PASS + UPDATE % step)
        assert name == "db2", step
        assert "keepdims=True" in message and "NumPy" in message, message


def test_it_is_right_where_the_program_makes_a_column_of_it_or_its_biases_have_one_axis_too():
    for step in ("b2 -= lr * db2.reshape(-1, 1)", "b2 -= lr * db2[:, None]", "b2 -= lr * np.expand_dims(db2, 1)"):
        assert faults(PASS + UPDATE % step) == [], step
    assert faults(FLAT + UPDATE % "b2 -= lr * db2") == []
    assert faults("b1 = np.zeros(n_h)\nb2 = np.zeros(n_y)\n" + FLAT + UPDATE % "b2 -= lr * db2") == []
    assert faults(ROWS + UPDATE % "b2 -= lr * db2", "rows") == []


def test_biases_of_one_axis_beside_samples_in_columns_are_wrong_where_they_are_added():
    found = faults("b1 = np.zeros(n_h)\nb2 = np.zeros(n_y)\n" + PASS.replace(", keepdims=True", ""))
    assert [name for name, _message in found][:1] == ["Z1"]
    assert "column" in found[0][1], found


def test_a_sum_without_its_axis_under_a_quotient_is_wrong():
    network = mlpviz.Architecture((4, 5, 3), ("relu", "softmax"), "cross_entropy", "mean_samples")
    for text in ("e = np.exp(Z2)\nA2 = e / np.sum(e, axis=1)", "A2 = np.exp(Z2) / np.exp(Z2).sum(axis=1)"):
        report = mlpviz.check_code(text, network)
        assert report.kind in ("wrong", "shape"), text
        assert "keep" in report.lines[-1].message, report.lines[-1].message


def test_one_number_for_all_biases_is_wrong():
    ((name, message),) = faults(PASS.replace("np.sum(dZ2, axis=1)", "np.sum(dZ2)") + UPDATE % "b2 -= lr * db2")
    assert name == "db2" and "one number" in message
