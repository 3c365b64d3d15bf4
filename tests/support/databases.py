"""The two databases that rooms may lie in, both real: fixtures for the ``conftest.py`` of who needs them."""

import pytest

from mlpviz.rooms import database
from tests.support.postgresql import postgresql


@pytest.fixture(scope="session")
def postgresql_url():
    with postgresql() as (_server, url):
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def rooms(request, tmp_path, monkeypatch):
    """An empty database of either kind."""
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path / "runs"))
    monkeypatch.delenv(database.URL, raising=False)
    if request.param == "postgresql":
        monkeypatch.setenv(database.URL, request.getfixturevalue("postgresql_url"))
        with database.begin() as connection:
            for table in reversed(database.TABLES.sorted_tables):
                connection.execute(table.delete())
    yield request.param
    database.engine().dispose()
