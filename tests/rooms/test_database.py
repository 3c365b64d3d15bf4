"""The database of rooms and short links, in a file and on a real server."""

import stat
import threading

import pytest
from sqlalchemy import insert, select, text

from mlpviz.maths.messages import Refusal
from mlpviz.rooms import database
from mlpviz.rooms.database import AWAY, LINK, begin
from tests.support.postgresql import free_port


def test_what_is_written_is_there(rooms):
    with begin() as connection:
        connection.execute(insert(LINK).values(code="7K3F", query="preset=xor", made=1.0))
    with begin(writing=False) as connection:
        assert connection.execute(select(LINK.c.query).where(LINK.c.code == "7K3F")).scalar_one() == "preset=xor"


def test_a_transaction_that_fails_leaves_nothing(rooms):
    def write():
        with begin() as connection:
            connection.execute(insert(LINK).values(code="7K3F", query="", made=1.0))
            raise KeyError("something else")

    with pytest.raises(KeyError):
        write()
    with begin(writing=False) as connection:
        assert connection.execute(select(LINK)).all() == []


def test_threads_that_write_at_once_wait_for_each_other(rooms):
    def write(first):
        for number in range(10):
            with begin() as connection:
                connection.execute(select(LINK)).all()
                connection.execute(insert(LINK).values(code=f"{first}{number:03}", query="", made=1.0))

    threads = [threading.Thread(target=write, args=(first,)) for first in "ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with begin(writing=False) as connection:
        assert len(connection.execute(select(LINK)).all()) == 40


@pytest.mark.parametrize("rooms", ["sqlite"], indirect=True)
def test_the_file_is_its_users_own_and_has_a_log_beside_it(rooms, tmp_path):
    with begin() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        connection.execute(insert(LINK).values(code="7K3F", query="", made=1.0))
        files = sorted((tmp_path / "runs").glob("rooms.sqlite*"))
        assert len(files) == 3 and {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "runs").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:my password@127.0.0.1:{port}/no",
        "postgresql://me:my password@127.0.0.1:5432x/no",
        "no such my password",
        "sqlite:////nowhere/at/all",
    ],
)
def test_a_database_that_is_away_is_one_sentence_and_no_password_is_in_the_log(url, monkeypatch, caplog):
    monkeypatch.setenv(database.URL, url.format(port=free_port()))
    with pytest.raises(Refusal) as refusal, begin():
        pass
    assert str(refusal.value) == AWAY
    assert caplog.messages and not any("my password" in each for each in caplog.messages)


def test_a_folder_that_cannot_be_made_is_the_same_sentence(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path / "file" / "runs"))
    monkeypatch.delenv(database.URL, raising=False)
    with pytest.raises(Refusal) as refusal, begin():
        pass
    assert str(refusal.value) == AWAY
