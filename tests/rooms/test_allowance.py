"""How often somebody may do something."""

from mlpviz.rooms import allowance
from mlpviz.rooms.allowance import Allowance
from mlpviz.rooms.bounds import HELD, HOLD, hold


def test_so_many_at_once_and_then_as_time_goes_by():
    now = [0.0]
    allowed = Allowance(3, 0.5, clock=lambda: now[0])
    assert [allowed.take("a") for _ in range(5)] == [True] * 3 + [False] * 2
    assert allowed.take("b")
    now[0] = 4.0
    assert [allowed.take("a") for _ in range(4)] == [True, True, False, False]


def test_no_more_names_are_known_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(allowance, "KEPT", 10)
    allowed = Allowance(1, 0)
    for number in range(50):
        assert allowed.take(number)
    assert list(allowed.left) == list(range(40, 50)) and not allowed.take(49)


def test_the_more_ask_the_more_seldom_each_does():
    held = [hold(members) for members in (1, 100, 200, 400, 2_000)]
    assert held == sorted(held) and held[0] == HOLD and held[-1] == HELD and held[2] == 5.0
