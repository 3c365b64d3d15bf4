"""What is said of a text that is not read: the place, its own names and what they may be, what may have been meant."""

import mlpviz
from mlpviz.derivation.notation import Notation
from tests.support.posed import S2, S4

FROM_ONE = Notation(first_layer=1)

SIGMOIDS = mlpviz.Architecture((2, 3, 2), ("sigmoid", "sigmoid"), "half_squared_error", "sum")

KNOWN = {
    "dW2 = delta2.T @ hidden": {"hidden": "A[1]"},
    "dW2 = err.T @ hidden": {"err": "delta[2]", "hidden": "A[1]"},
    "db2 = np.sum(grad_out, axis=0)": {"grad_out": "delta[2]"},
}


def test_names_of_ones_own_are_listed_with_what_they_may_be_the_likeliest_first():
    for text, names in KNOWN.items():
        verdict = mlpviz.check_formula(text, None, S4)
        assert verdict.kind == "refused", text
        assert verdict.unknown == tuple(names), text
        assert {word: verdict.candidates[word][0] for word in names} == names, text
        assert mlpviz.check_formula(text, None, S4, given=names).kind == "right", text
        assert verdict.rewritten[0].right, text
        assert mlpviz.check_formula(verdict.rewritten[0].text, None, S4).kind == "right", text
        start, end = verdict.place
        assert text[start:end] == verdict.unknown[0]


def test_candidates_are_what_given_takes():
    verdict = mlpviz.check_formula("dW[3] = grad.T @ h", None, S4, FROM_ONE)
    for word, names in verdict.candidates.items():
        for name in names:
            others = {other: all_names[0] for other, all_names in verdict.candidates.items()}
            mlpviz.check_formula("dW[3] = grad.T @ h", None, S4, FROM_ONE, given={**others, word: name})
    assert verdict.candidates["grad"][0] == "delta[3]"
    assert verdict.candidates["h"][0] == "A[2]"


OF_A_CLASSIC = {
    r"\delta_k^{(2)} = (o_k - t_k) o_k (1 - o_k)": {"o": "A[2]", "t": "Y"},
    "delta2 = (o - t) * o * (1 - o)": {"o": "A[2]", "t": "Y"},
    r"\frac{\partial E}{\partial w_{ji}^{(2)}} = \delta_j^{(2)} q_i": {"q": "A[1]"},
    "delta1 = W2^T delta2 * g'(net)": {"net": "Z[1]"},
    "delta_j^(1) = sum_k w_kj^(2) delta_k^(2) f'(net_j)": {"net_j": "Z[1]"},
}
"""Lines as older books have them: t is the target and o the output, net the weighted sum, all with indices."""


def test_a_letter_or_an_entry_of_ones_own_is_asked_for_and_read_once_it_is_said():
    for text, names in OF_A_CLASSIC.items():
        notation = Notation(orientation="columns")
        verdict = mlpviz.check_formula(text, None, SIGMOIDS, notation)
        assert set(verdict.unknown) == set(names), text
        assert all(name in verdict.candidates[word] for word, name in names.items()), text
        assert mlpviz.check_formula(text, None, SIGMOIDS, notation, given=names).kind == "right", text


def test_a_small_o_is_the_product_entry_by_entry_only_where_it_is_no_name():
    given = {"o": "A[2]", "t": "Y"}
    assert mlpviz.check_formula("delta2 = (a2 - y) o a2 o (1 - a2)", None, SIGMOIDS).kind == "right"
    assert mlpviz.check_formula("delta2 = (o - t) o (1 - o)", None, SIGMOIDS, given=given).kind == "shape"


def test_a_name_in_a_line_that_does_not_multiply_is_asked_for_too():
    verdict = mlpviz.check_formula("W2 * delta2 * h", "dW[2]", S4)
    assert "A[1]" in verdict.candidates["h"]
    first, *_, last = mlpviz.check_formula("delta2.T @ h", "dW[2]", S4).candidates["h"]
    assert first == "A[1]"
    assert mlpviz.check_formula("delta2.T @ h", "dW[2]", S4, given={"h": last}).kind == "shape"


def test_a_line_of_a_text_that_counts_otherwise_is_told_so_with_the_switch():
    for text, target in (("W2 * delta2 * relu'(z1)", "dW[2]"), ("W2.T @ delta2 * f'(z1)", "delta[2]")):
        verdict = mlpviz.check_formula(text, target, S4, FROM_ONE)
        assert (verdict.kind, verdict.switches["first_layer"]) == ("wrong", 0), text


def test_many_names_are_sorted_by_what_they_are_called():
    verdict = mlpviz.check_formula("dW1 = foo.T @ hidden1 @ quux * wanted", None, S4)
    assert verdict.unknown == ("foo", "hidden1", "quux", "wanted")
    assert verdict.candidates["hidden1"][0] == "A[1]"
    assert verdict.candidates["wanted"][0] == "Y"


def test_a_left_side_of_ones_own_is_what_the_right_side_gives():
    verdict = mlpviz.check_formula("h_relu = np.maximum(Z1, 0)", None, S4)
    assert (verdict.kind, verdict.candidates) == ("refused", {"h_relu": ("A[1]",)})
    assert [each.text for each in verdict.rewritten if each.right] == ["A[1] = np.maximum(Z1, 0)"]
    assert mlpviz.check_formula("h_relu = np.maximum(Z1, 0)", "A[1]", S4).kind == "right"
    assert mlpviz.check_formula("h_relu = np.maximum(Z2, 0)", None, S4).candidates == {"h_relu": ()}


MENDED = {
    "delta2.T @ A1": "dW[2] = delta2.T @ A1",
    "dW2 = (delta2.T @ A1": "dW2 = (delta2.T @ A1)",
    "dW2 = delta2.T @ A1)": "dW2 = delta2.T @ A1",
    "dW2 = delta2.T @ A1 +": "dW2 = delta2.T @ A1",
    "dW2 = delta.T @ A1": "dW2 = delta[2].T @ A1",
    "dW2 = delta2.T @ A1, X": "dW2 = delta2.T @ A1",
    "dW2 = = delta2.T @ A1": "dW2 = delta2.T @ A1",
    "dW2 = dropout(delta2).T @ A1": "dW2 = delta2.T @ A1",
    "dW2 = my.own(delta2.T) @ A1": "dW2 = delta2.T @ A1",
}


def test_a_text_is_rewritten_as_it_may_have_been_meant_and_each_way_is_judged():
    for text, mended in MENDED.items():
        verdict = mlpviz.check_formula(text, None, S4)
        assert verdict.kind == "refused", text
        assert (verdict.rewritten[0].text, verdict.rewritten[0].right) == (mended, True), text
        for each in verdict.rewritten:
            again = mlpviz.check_formula(each.text, None, S4)
            assert again.kind != "refused", each
            assert (again.kind == "right") == each.right, each


def test_what_is_known_of_a_text_has_its_shapes():
    parts = {each.text: each.dimensions for each in mlpviz.check_formula("(err * delta2).T @ A1", "dW[2]", S4).factors}
    assert parts["A1"] == ("m", "n₁")
    assert parts["delta2"] == ("m", "n₂")
    assert parts["err"] is None


def test_nothing_is_rewritten_where_nothing_helps():
    for text in ("@", "dW2 = ", "(" * 10**4, "A" * 3000, "dW7 = delta2.T @ A1 +"):
        verdict = mlpviz.check_formula(text, "dW[2]", S2)
        assert verdict.kind in ("refused", "wrong")
        assert not any(each.right for each in verdict.rewritten)
