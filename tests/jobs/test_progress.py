"""Progress is read as it grows, in at most so many points that stay where they are."""

import json

import pytest

from mlpviz.jobs.progress import MOST_LINES, NAME, ProgressReader, ProgressWriter, thinned


@pytest.mark.parametrize("count", [0, 1, 2, 299, 300, 301, 1000, 5000])
def test_thinned_points_are_few_and_stay(count):
    kept = thinned(range(count), 300)
    assert len(kept) <= 300
    if count:
        assert (kept[0], kept[-1]) == (0, count - 1)
    later = thinned(range(2 * count), 300)
    assert set(later[:-1]) <= set(range(2 * count))
    assert len(set(kept[:-1]) - set(later)) <= len(kept) // 2 + 1


def test_history_takes_in_what_is_added_and_starts_again_when_the_file_is_shorter(tmp_path):
    writer, history = ProgressWriter(tmp_path, 100), ProgressReader(tmp_path)
    writer.add({"at": 1, "cost": 2.0})
    length = writer.flush()
    assert history.read().column("cost") == ([1], [2.0])
    writer.add({"at": 2, "cost": None})
    writer.add({"at": 3, "cost": 0.5})
    writer.flush(sync=True)
    assert history.read().column("cost") == ([1, 3], [2.0, 0.5])
    ProgressWriter(tmp_path, 100, length)
    assert history.read().column("cost") == ([1], [2.0])


def test_a_half_written_line_waits_for_its_other_half(tmp_path):
    history, path = ProgressReader(tmp_path), tmp_path / NAME
    line = json.dumps({"at": 1, "cost": 2.0}) + "\n"
    path.write_text(line[:9])
    assert history.read().lines == []
    path.write_text(line)
    assert history.read().lines == [{"at": 1, "cost": 2.0}]


def test_a_very_long_run_leaves_a_bounded_number_of_lines(tmp_path):
    writer = ProgressWriter(tmp_path, 5 * MOST_LINES)
    for epoch in range(1, 5 * MOST_LINES + 1):
        writer.add({"at": epoch})
    writer.flush()
    found = [line["at"] for line in ProgressReader(tmp_path).read().lines]
    assert len(found) <= MOST_LINES + 2
    assert (found[0], found[-1]) == (1, 5 * MOST_LINES)
