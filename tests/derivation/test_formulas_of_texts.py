"""Every formula of the source texts, pasted into Check as it stands: what is said of it is what it deserves."""

from mlpviz.derivation.errata import ERRATA
from mlpviz.derivation.texts import TEXTS
from tests.support.formulas_of_texts import WRITTEN


def test_what_is_said_of_a_formula_of_a_text_is_what_it_deserves():
    for each in WRITTEN:
        verdict = each.verdict()
        assert each.deserves(verdict), (each.place, each.latex, verdict.kind, verdict.causes, verdict.message)
        assert verdict.kind == "refused" or "None of the changes" not in verdict.message, each


def test_the_table_has_all_texts_and_says_why_one_of_their_formulas_is_refused():
    assert {each.text for each in WRITTEN} == set(TEXTS)
    assert all(each.why for each in WRITTEN if each.kind == "refused")
    for each in WRITTEN:
        assert each.item in [item.number for item in TEXTS[each.text].items]
        assert not each.erratum or ERRATA[each.erratum].text in (each.text, "S2")


def test_what_a_text_gets_wrong_is_said_of_its_own_formula():
    named = {each.erratum for each in WRITTEN if each.erratum and each.causes}
    assert named >= {"E10", "E15", "E19", "E24", "E25", "E26", "E28", "E31", "E36", "E39", "E41", "E45", "E46", "E48"}
    assert named >= {"E49", "E51"}


def test_the_question_is_told_the_order_in_which_its_product_multiplies():
    product = next(each for each in WRITTEN if each.erratum == "E46").verdict()
    right = [each.text for each in product.suggestions if each.right]
    assert right
    assert all("W^{(3)" in each and "a^{(1)" in each for each in right)
    assert "do not multiply" in product.message
    whole = next(each for each in WRITTEN if each.erratum == "E45").verdict()
    assert {"wrong target", "chain twice"} <= set(whole.causes)
