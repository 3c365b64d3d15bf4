"""Short links: a code for a query, for some time, for so many, on either database."""

import pytest

from mlpviz.maths.messages import Refusal
from mlpviz.rooms import links
from mlpviz.rooms.allowance import Allowance
from mlpviz.setup.codes import read_code

QUERY = "v=1&preset=xor&step=9&veil=delta%5B1%5D&end=1"


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Nobody has asked for anything yet."""
    monkeypatch.setattr(links, "MADE", Allowance(most=20, rate=0))
    monkeypatch.setattr(links, "ASKED", Allowance(most=30, rate=0))


def test_a_code_leads_to_its_query_until_it_is_too_old(rooms):
    code = links.shorten(QUERY, "me", lambda: 0.0)
    assert read_code(code) == code
    good = links.DAYS * links.DAY
    assert links.expand(code, "you", lambda: good) == QUERY
    with pytest.raises(Refusal, match=f"no short link {code}.*90 days"):
        links.expand(code, "you", lambda: good + 1)
    links.shorten(QUERY, "me", lambda: good + 1)
    with pytest.raises(Refusal):
        links.expand(code, "you", lambda: 0.0)  # forgotten by the next one that was made


def test_two_codes_are_two(rooms, monkeypatch):
    codes = iter(["AAAA", "AAAA", "BBBB"])
    monkeypatch.setattr(links, "new_code", lambda: next(codes))
    assert [links.shorten(text, "me") for text in ("one", "two")] == ["AAAA", "BBBB"]
    assert [links.expand(code, "me") for code in ("AAAA", "BBBB")] == ["one", "two"]


def test_where_no_code_is_free_the_long_link_is_named(rooms, monkeypatch):
    monkeypatch.setattr(links, "new_code", lambda: "AAAA")
    links.shorten(QUERY, "me")
    with pytest.raises(Refusal, match="long link"):
        links.shorten(QUERY, "me")


def test_the_oldest_go_when_there_are_too_many(rooms, monkeypatch):
    monkeypatch.setattr(links, "MOST", 3)
    codes = [links.shorten(QUERY, "me", lambda now=now: float(now)) for now in range(5)]
    with pytest.raises(Refusal):
        links.expand(codes[1], "me", lambda: 5.0)
    assert all(links.expand(code, "me", lambda: 5.0) == QUERY for code in codes[2:])


def test_who_asks_too_often_waits_and_the_others_notice_nothing(rooms):
    code = links.shorten(QUERY, "me")
    for _ in range(30):
        with pytest.raises(Refusal, match="no short link"):
            links.expand("ZZZZ" if code != "ZZZZ" else "YYYY", "guesser")
    with pytest.raises(Refusal, match="wait a minute"):
        links.expand(code, "guesser")
    assert links.expand(code, "you") == QUERY
    for _ in range(19):
        links.shorten(QUERY, "me")
    with pytest.raises(Refusal, match="long link"):
        links.shorten(QUERY, "me")
    assert links.shorten(QUERY, "you")


def test_a_database_that_is_away_is_one_sentence(monkeypatch):
    monkeypatch.setenv("MLPVIZ_DATABASE_URL", "sqlite:////nowhere/at/all")
    for act in (lambda: links.shorten(QUERY, "me"), lambda: links.expand("AAAA", "me")):
        with pytest.raises(Refusal, match="everything else goes on"):
            act()
