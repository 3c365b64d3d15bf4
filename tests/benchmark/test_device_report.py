"""The report of a GPU machine: refused in one sentence without one, and written as text and as JSON with one."""

import json
import signal

import pytest

from mlpviz.benchmark import __main__ as command
from mlpviz.benchmark import device_race, device_report, sweep
from mlpviz.benchmark.device_race import FLOOR, OURS, RACED, Outcome, Place
from mlpviz.benchmark.device_report import Report, table
from mlpviz.benchmark.sweep import Sweep
from mlpviz.engine import devices
from mlpviz.engine.devices import Device

TIMES = {OURS: [2e-5, 4e-5, 2e-5], "PyTorch eager": [1e-4, 2e-4, 3e-4], FLOOR: [1.5e-5, 3e-5, 9e-5]}
OUTCOME = Outcome(RACED["c"], None, TIMES, {"JAX scan": "RuntimeError: no"}, "In a graph.")


def test_without_a_gpu_it_says_so_and_exits_with_2(monkeypatch, capsys):
    missing = Device("cuda", missing="This machine has no NVIDIA driver, so no GPU can be used.")
    monkeypatch.setattr(devices, "cuda", lambda: missing)
    with pytest.raises(SystemExit) as left:
        command.main(["--device", "cuda"])
    assert left.value.code == 2
    captured = capsys.readouterr()
    assert captured.err == missing.missing + "\n"
    assert captured.out == ""


def test_a_driver_whose_library_refuses_is_one_sentence_too(monkeypatch, capsys):
    def refuse(device):
        raise ValueError("device cuda needs a newer driver")

    monkeypatch.setattr(devices, "cuda", lambda: Device("cuda", "Some card", memory=2**34))
    monkeypatch.setattr(device_report, "backend", refuse)
    with pytest.raises(SystemExit) as left:
        command.main(["--device", "cuda"])
    assert left.value.code == 2
    assert capsys.readouterr().err == "device cuda needs a newer driver.\n"


def test_the_whole_report_with_the_cpu_in_place_of_the_gpu(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(device_race, "SAMPLES", 128)
    monkeypatch.setattr(device_report, "apart", device_race.race)
    monkeypatch.setattr(device_report, "SWEPT", "b")
    monkeypatch.setattr(device_report, "SIZES", (32, 64))
    monkeypatch.setattr(sweep, "SIZES", (32, 64))
    monkeypatch.setattr(sweep, "SECONDS", 0.002)
    monkeypatch.setattr(device_report, "tested", lambda seconds: "7 passed")
    path = tmp_path / "gpu.md"
    given = [
        "--configurations",
        "a,b",
        "--quick",
        "--only",
        "PyTorch eager",
        "--tests",
        "--sweep",
        "--report",
        str(path),
    ]
    options = command.arguments().parse_args(given)
    assert device_report.main(options, "cpu") == 0
    text = path.read_text(encoding="utf-8")
    assert text in capsys.readouterr().out
    assert 'The engine\'s tests with `device="cuda"`: 7 passed' in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert [row.split("|")[1].strip() for row in rows] == ["", "---", "a", "b", "batch", "---", "32", "64"]
    value = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert [outcome["configuration"]["name"] for outcome in value["outcomes"]] == ["a", "b"]
    assert value["sweeps"][0]["cpu"].keys() == {"32", "64"}
    assert value["crossings"].keys() == {"b"}


def test_the_table_has_ratios_the_share_of_the_products_and_reasons():
    text = table([OUTCOME], Place("cuda"))
    head, _, line = [line for line in text.splitlines() if line.startswith("|")]
    cells = dict(
        zip((each.strip() for each in head.split("|")), (each.strip() for each in line.split("|")), strict=True)
    )
    assert cells["network"] == "64-128-10"
    assert cells[OURS] == "20 µs"
    assert cells["PyTorch eager ×"] == "5.00"
    assert cells["share of the products"] == "75 %"
    assert cells["JAX scan ×"] == "–"
    assert "- c: In a graph." in text
    assert "- c, JAX scan: RuntimeError: no" in text
    assert "TF32 off" in text
    assert "TensorFloat-32" in table([OUTCOME], Place("cuda", tf32=True))


def test_a_race_that_mlpviz_itself_cannot_run_is_still_reported():
    text = table([Outcome(RACED["a"], None, {"PyTorch eager": [1e-4]}, {OURS: "ValueError: no"})], Place("cuda"))
    assert "| a | 2-3-2 | 1 | – |" in text
    assert "- a, mlpviz: ValueError: no" in text


def test_figures_without_a_crossing_are_still_json(tmp_path):
    never = Sweep(RACED["b"], {32: 1e-6, 64: 1e-6}, {32: 1e-5, 64: 1e-5}, "there is not enough memory")
    report = Report(Place("cuda"), "some machine", sweeps=[never])
    report.write(tmp_path / "gpu.md")
    value = json.loads((tmp_path / "gpu.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert value["crossings"] == {"b": None}
    assert "1,000,000" in report.markdown()
    assert "100,000" in report.markdown()


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("....\n4 passed in 1.2s\n", "4 passed in 1.2s"),
        (
            "FAILED tests/engine/test_x.py::test_y[cuda]\n1 failed",
            "1 failed\nFAILED tests/engine/test_x.py::test_y[cuda]",
        ),
        ("", "no output"),
    ],
)
def test_the_tests_are_told_by_their_last_line_and_their_failures(monkeypatch, capfd, output, told):
    monkeypatch.setattr(device_report, "TESTS", ("-c", f"print({output!r}, end='')"))
    monkeypatch.setattr(device_report, "AT_ONCE", ())
    assert device_report.tested(60) == told
    assert capfd.readouterr().out == output


@pytest.mark.parametrize("handler", [signal.default_int_handler, signal.SIG_IGN])
def test_tests_that_take_too_long_are_interrupted(monkeypatch, handler):
    """Also where the program itself is not to be interrupted: that is inherited."""
    waiting = (
        "import time\ntry:\n print('1 passed', flush=True)\n time.sleep(60)\nexcept KeyboardInterrupt: print('so far')"
    )
    monkeypatch.setattr(device_report, "TESTS", ("-S", "-c", waiting))
    monkeypatch.setattr(device_report, "AT_ONCE", ())
    before = signal.signal(signal.SIGINT, handler)
    try:
        assert device_report.tested(1) == "so far (interrupted after 1 s)"
    finally:
        signal.signal(signal.SIGINT, before)
