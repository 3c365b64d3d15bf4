"""Tables are kept for a week and no longer, for their own browser to delete, and readable by nobody else."""

import os
import stat

import numpy as np
import pytest

from mlpviz.jobs import bounds, folder, tables
from mlpviz.jobs.local import Local
from tests.support.runs import made, until


def kept(path, owner="A", rows=5_000):
    return tables.keep(path, owner, {"X": np.arange(rows, dtype=float)})


def there(path):
    return {each.stem for each in tables.paths(path)}


def test_tables_make_room_for_newer_ones_an_owner_s_own_first(tmp_path, monkeypatch):
    first, other = kept(tmp_path), kept(tmp_path, "B")
    size = tables.place(tmp_path, first).stat().st_size
    for age, name in enumerate((other, first)):
        os.utime(tables.place(tmp_path, name), (2e9 + age, 2e9 + age))
    monkeypatch.setattr(tables, "OWN_BYTES", int(1.5 * size))
    second = kept(tmp_path)
    assert there(tmp_path) == {other, second}, "the oldest is another's"
    monkeypatch.setattr(tables, "OWN_BYTES", 10 * size)
    monkeypatch.setattr(tables, "BYTES", int(2.5 * size))
    os.utime(tables.place(tmp_path, second), (3e9, 3e9))
    third = kept(tmp_path)
    assert there(tmp_path) == {second, third}
    with pytest.raises(OSError, match=first):
        tables.read(tmp_path, first, ("X",))


def test_a_table_is_cleared_a_week_after_it_was_last_used_with_what_was_half_written(tmp_path):
    name = kept(tmp_path)
    half = tmp_path / ".tables" / "csv-0.npz.new"
    half.write_bytes(b"grades")
    now = tables.place(tmp_path, name).stat().st_mtime
    folder.clear(tmp_path, now + bounds.AGE - 5)
    assert there(tmp_path) == {name}
    os.utime(half, (now, now))
    os.utime(tables.place(tmp_path, name), (now, now))
    folder.clear(tmp_path, now + bounds.AGE + 5)
    assert not list((tmp_path / ".tables").iterdir())


def test_only_its_own_browser_may_delete_a_table_and_a_name_is_no_path(tmp_path):
    name = kept(tmp_path, "A")
    assert tables.may_delete(tmp_path, name, "A")
    for other in ("B", ""):
        assert not tables.may_delete(tmp_path, name, other)
    for hostile in ("", "..", f"../.tables/{name}", name + "/", "csv-" + "0" * 17, "csv-" + "0" * 16):
        assert not tables.may_delete(tmp_path, hostile, "A")
        with pytest.raises((OSError, ValueError)):
            tables.read(tmp_path, hostile, ("X",))


def test_nobody_else_on_the_machine_can_read_what_is_kept(tmp_path):
    """Also not where the system's habit is to let everybody, and not what was made before."""
    before = os.umask(0)
    try:
        runs = tmp_path / "above" / "runs"
        queue = Local(runs, slots=1).open()
        run = made(runs, 5)
        kept(runs)
        queue.submit(run)
        until(lambda: not (run.status.active or queue.workers))
        queue.close()
        run.request("PAUSE")
        run.watch()
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (runs, *runs.rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert {"spec.json", "arrays.npz", "worker.log", "progress.jsonl", "RESERVE"} <= {path.name for path in modes}
    run.path.chmod(0o755)
    Local(runs, slots=1).open().close()
    assert stat.S_IMODE(run.path.stat().st_mode) == 0o700
