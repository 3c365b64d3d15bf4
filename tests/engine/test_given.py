"""What somebody gives as numbers from Python: refused in words that name the argument, or taken without a warning."""

import warnings

import numpy as np
import pytest

import mlpviz

NETWORK = mlpviz.Architecture((2, 3, 2), ("tanh", "tanh"), "half_squared_error", "sum")
HUGE = 10**400  # a whole number that no float holds
X, Y = [[1.0, 2.0]], [[0.0, 1.0]]


def parameters(dtype="float64"):
    return mlpviz.initialize(NETWORK, "xavier_normal", seed=0, dtype=dtype)


def wide(*widths):
    return mlpviz.Architecture(widths, ("tanh",) * (len(widths) - 1), "half_squared_error", "sum")


def passed(x, y=Y, dtype="float64"):
    return mlpviz.backpropagate(parameters(dtype), x, y)


def trained(x=X, y=Y, dtype="float64", **settings):
    return list(mlpviz.train(parameters(dtype), x, y, **{"optimizer": "sgd", "epochs": 1, **settings}))


ASSIGNED = [
    ("W", 1, [1, 2], "W[1] must have shape (3, 2), got (2,)"),
    ("W", 1, 5, "W[1] must have shape (3, 2), got ()"),
    ("b", 1, 5, "b[1] must have shape (1, 3), got ()"),
    ("b", 1, [[1], [2], [3]], "b[1] must have shape (1, 3), got (3, 1); it looks transposed"),
    ("W", 1, np.ones((2, 3)), "W[1] must have shape (3, 2), got (2, 3); it looks transposed"),
    ("W", 1, np.ones((4, 5)), "W[1] must have shape (3, 2), got (4, 5)"),
    ("W", 1, "a", "W[1] must be an array of numbers of shape (3, 2), got 'a'"),
    ("W", 1, [[1, 2], [3]], "W[1] must be an array of numbers"),
    ("W", 1, [[HUGE, 1]] * 3, "W[1] must be an array of numbers"),
    ("W", 1, np.ones((3, 2)) * 1j, "W[1] must be an array of numbers"),
    ("W", 1, None, "W[1] must be an array of numbers"),
    ("W", 2, [[0, 0, 0], [0, np.nan, 0]], "W[2] must have finite numbers, got nan at W[2][1, 1]"),
    ("b", 1, [[0, np.inf, 0]], "b[1] must have finite numbers, got inf at b[1][0, 1]"),
    ("W", 9, np.ones((3, 2)), "there is no array at layer 9"),
    ("W", "1", np.ones((3, 2)), "there is no array at layer 1"),
]


def test_what_does_not_fit_is_not_assigned():
    for name, layer, values, message in ASSIGNED:
        own = parameters()
        before = own.flat.copy()
        with pytest.raises(ValueError) as refused:
            getattr(own, name)[layer] = values
        assert str(refused.value).startswith(message), refused.value
        assert np.array_equal(own.flat, before), message


CALLS = [
    (lambda: passed([[np.nan, 1]]), "X must have finite numbers, got nan at X[0, 0]"),
    (lambda: passed([[1, -np.inf]]), "X must have finite numbers, got -inf at X[0, 1]"),
    (lambda: passed(X, [[np.nan, 1]]), "Y must have finite numbers"),
    (lambda: passed([[HUGE, 1]]), "X must be a matrix of numbers with 2 columns"),
    (lambda: passed([[1j, 1]]), "X must be a matrix of numbers with 2 columns"),
    (lambda: passed(None), "X must be a matrix of numbers with 2 columns, got None"),
    (lambda: passed([[1e300, 1]], dtype="float32"), "X must have numbers that float32 can hold, up to 3.4e+38 in size"),
    (lambda: trained([[1e300, 1]], dtype="float32"), "X must have numbers that float32 can hold"),
    (lambda: trained([[np.nan, 1]]), "X must have finite numbers"),
    (lambda: trained(learning_rate=HUGE), "learning_rate must be a finite number above 0"),
    (
        lambda: mlpviz.Architecture((2, 2), ("tanh",), "half_squared_error", "sum", l2=HUGE),
        "l2 must be a finite number",
    ),
    (lambda: mlpviz.Parameters(wide(10**9, 10**9, 2)), "this network wants 8e+6 TB of memory, and this machine has"),
    (lambda: mlpviz.Parameters(wide(HUGE, 2)), "this network wants"),
    (lambda: passed_through_many(), "this network wants"),
]


def passed_through_many():
    """A small network whose arrays of a pass no machine holds."""
    samples = np.broadcast_to(np.ones(1), (10**7, 1))
    return mlpviz.backpropagate(mlpviz.Parameters(wide(1, 10**6, 1)), samples, samples)


def test_what_cannot_be_computed_is_a_value_error_that_says_why():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for call, message in CALLS:
            with pytest.raises(ValueError) as refused:
                call()
            assert str(refused.value).startswith(message), refused.value


def test_numbers_too_large_for_another_type_are_cast_without_a_warning():
    own = parameters()
    own.W[1] = np.full((3, 2), 1e300)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isinf(own.astype("float32").W[1]).all()
