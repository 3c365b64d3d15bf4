"""The command line: which configurations, how long, and a table and a picture of what came out."""

from __future__ import annotations

import argparse
from pathlib import Path

from mlpviz.benchmark import browser, many
from mlpviz.benchmark.apart import alone_in_a_process, apart
from mlpviz.benchmark.contestants import CONTESTANTS, available
from mlpviz.benchmark.plot import picture
from mlpviz.benchmark.table import machine, row, table

LETTERS = {"cpu": "a,b,c,d,e", "cuda": "a,b,c,d,e,f,g"}
"""The default configurations of each device."""

LIMITS: dict[str, list[int | None]] = {"one": [1], "all": [None], "both": [1, None]}


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mlpviz.benchmark", description=__doc__)
    parser.add_argument("--device", choices=LETTERS, default="cpu", help="cuda: everyone on the GPU; see also below")
    parser.add_argument(
        "--configurations", help="letters a to f (on a GPU g, or none), with commas; f is slow on a CPU"
    )
    parser.add_argument("--threads", choices=("one", "all", "both"), default="one", help="threads of every library")
    parser.add_argument("--browser", action="store_true", help="updates a second of the stepper's engine, run by node")
    parser.add_argument("--many", action="store_true", help="many networks trained together, per network and step")
    parser.add_argument("--only", help="contestants, with commas")
    parser.add_argument("--rounds", type=int, default=15, help="rounds of which the median is taken")
    parser.add_argument("--quick", action="store_true", help="three rounds")
    parser.add_argument("--markdown", type=Path, help="write the table to this file as well")
    parser.add_argument("--plot", type=Path, help="draw a picture of the ratios into this file, an SVG")
    parser.add_argument("--tf32", action="store_true", help="cuda: round the factors of products to TensorFloat-32")
    parser.add_argument("--tests", action="store_true", help="cuda: the engine's tests on the GPU first")
    parser.add_argument("--test-seconds", type=float, default=900, help="after which those tests are interrupted")
    parser.add_argument("--kernels", action="store_true", help="cuda: what each special kernel gains as well")
    parser.add_argument("--sweep", action="store_true", help="cuda: GPU against CPU over the batch size as well")
    parser.add_argument("--report", type=Path, help="cuda: write all of it to this file, and to a .json beside it")
    return parser


def main(given: list[str] | None = None) -> str:
    options = arguments().parse_args(given)
    if options.configurations is None:
        options.configurations = LETTERS[options.device]
    if options.device == "cuda":
        from mlpviz.benchmark import device_report

        raise SystemExit(device_report.main(options))
    if options.browser:
        return browser_table(3 if options.quick else options.rounds)
    if options.many:
        return many_table(3 if options.quick else options.rounds)
    only = options.only.split(",") if options.only else CONTESTANTS
    names = [name for name in CONTESTANTS if name in ("mlpviz", *only) and available(name)]
    text, results, rounds = machine(), [], 3 if options.quick else options.rounds
    for threads in LIMITS[options.threads]:
        for letter in options.configurations.split(","):
            results.append(apart(letter, threads, names, rounds))
            print(row(results[-1]), flush=True)
    text = f"{text}. {table(results)}"
    print(f"\n{text}")
    for path, content in ((options.markdown, text + "\n"), (options.plot, picture(results))):
        if path:
            path.write_text(content, encoding="utf-8")
    return text


def browser_table(rounds: int) -> str:
    """The stepper's engine beside mlpviz's own, PyTorch and JAX."""
    names = [name for name in ("mlpviz", "PyTorch eager", "JAX scan") if available(name)]
    found = {letter: alone_in_a_process(letter, names, rounds) for letter in browser.LETTERS}
    text = f"{machine()}, node {browser.version()}\n\nUpdates a second, in float64:\n\n{browser.table(found)}"
    print(text)
    return text


def many_table(rounds: int) -> str:
    """Many networks trained together beside JAX."""
    text = f"{machine()}\n\nMicroseconds for each network and step, in float32:\n\n{many.table(rounds)}"
    print(text)
    return text


if __name__ == "__main__":
    main()
