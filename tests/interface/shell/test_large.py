"""The arrays of large networks: however often they are opened, a server keeps a stated number of them."""

import gc
import threading

import pytest

from mlpviz.interface.shell import large
from mlpviz.interface.shell.large import Shelf, Tenant, Turns
from tests.support.opened import Opened

WIDE = {"widths": "60,60,2"}  # large here, where the bound is set low


@pytest.fixture
def low(monkeypatch):
    """A server on which 1,000 numbers are large and three such networks are kept."""
    monkeypatch.setattr(large, "LARGE", 1_000)
    monkeypatch.setattr(large, "SHELF", Shelf(most=60_000))
    monkeypatch.setattr(large, "TURNS", Turns(most=20_000, patience=0.01))
    return large


def kept(shelf):
    return sum(numbers for _, _, numbers in shelf.entries.values())


def test_reloads_of_a_large_network_leave_a_stated_number_of_numbers(low):
    for _ in range(8):
        page = Opened(**WIDE)
        assert page.steps
        assert 0 < kept(low.SHELF) <= 60_000
        assert "mlpviz.pass" not in page.app.session_state


def test_a_small_network_stays_in_its_session(low):
    page = Opened(widths="2,2")
    assert "mlpviz.pass" in page.app.session_state
    assert not low.SHELF.entries


@pytest.mark.parametrize("name", ["step", "derive", "network", "check"])
def test_a_page_whose_turn_does_not_come_says_so(low, name):
    with low.TURNS.turn(20_000):
        page = Opened(name, **WIDE, formula="dW[2] = delta[2].T @ A[1]")
    assert "Others are computing large networks" in page.texts
    assert not low.SHELF.entries


def test_the_longest_unused_makes_room_and_another_key_is_another_value():
    shelf, tenants = Shelf(most=100), [Tenant() for _ in range(3)]
    for tenant in tenants[:2]:
        shelf.put(tenant, "pass", "key", tenant, 40)
    assert shelf.get(tenants[0], "pass", "key") is tenants[0]
    shelf.put(tenants[2], "pass", "key", tenants[2], 40)
    assert shelf.get(tenants[1], "pass", "key") is None
    assert shelf.get(tenants[0], "pass", "other") is None
    assert kept(shelf) == 40


def test_what_a_session_kept_goes_with_it(low):
    page = Opened(**WIDE)
    assert low.SHELF.entries
    del page
    gc.collect()
    assert not low.SHELF.entries


def test_those_who_compute_at_once_have_no_more_numbers_than_the_bound():
    turns, most, came = Turns(most=100, patience=10), [0], []

    def compute():
        with turns.turn(40) as there:
            came.append(there)
            most[0] = max(most[0], turns.busy)

    threads = [threading.Thread(target=compute) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came == [True] * 20
    assert 0 < most[0] <= 100
    assert turns.busy == 0


def test_one_larger_than_the_bound_has_its_turn_alone():
    turns = Turns(most=100, patience=0.01)
    with turns.turn(500) as first, turns.turn(1) as second:
        assert first
        assert not second
    assert turns.busy == 0
