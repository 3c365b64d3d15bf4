"""The repository itself: its top level, its words, and a README whose commands are those that are run."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOP = {"app.py", "mlpviz", "pages", "tests", "requirements.txt", "README.md"}
TEXT = {".py", ".js", ".mjs", ".css", ".html", ".md", ".toml", ".txt", ".ini", ".json", ""}
MADE = {".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "runs"}
UNWANTED = re.compile("|".join([r"/(work|root|home)/\w", "TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error"]))


def project_files() -> list[Path]:
    """What git knows or would add; where git does not answer, all but what tools make."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    return [file for file in ROOT.rglob("*") if file.is_file() and not MADE & set(file.relative_to(ROOT).parts)]


def test_the_top_level_is_six_names():
    shown = {file.relative_to(ROOT).parts[0] for file in project_files()}
    assert {name for name in shown if not name.startswith(".")} == TOP


def test_no_unwanted_words():
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in project_files()
        if file.suffix in TEXT and file != Path(__file__)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if UNWANTED.search(line)
    ]
    assert not found, "\n".join(found)


def commands(text: str) -> list[str]:
    """The shell blocks of a Markdown text."""
    return [block.strip() for block in re.findall(r"```(?:bash|sh)\n(.*?)```", text, re.S)]


def test_the_check_runs_the_readme_test_command():
    readme, script = (ROOT / "README.md").read_text(encoding="utf-8"), (ROOT / ".ci/run").read_text(encoding="utf-8")
    app, *others = commands(readme)
    tests = next(block for block in others if "python -m pytest" in block)
    assert app.splitlines()[-1].endswith("streamlit run app.py")
    assert "pytest" in tests.splitlines()[-1]
    for line in tests.splitlines():
        assert line in script.splitlines(), f".ci/run does not run the README's {line!r}"


def test_the_files_that_readme_and_contributing_name_are_there():
    named = {}
    for text in ("README.md", ".github/CONTRIBUTING.md"):
        words = (ROOT / text).read_text(encoding="utf-8")
        named[text] = set(re.findall(r"`((?:mlpviz|tests|pages|\.github|\.ci)(?:/[\w.]+)*)`", words))
    assert "mlpviz/maths/activations.py" in named["README.md"]
    gone = [path for paths in named.values() for path in paths if not (ROOT / path).exists()]
    assert not gone


def test_readme_opens_with_a_small_picture():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    picture = ROOT / re.search(r"!\[[^\]]+\]\(([^)]+)\)|<img [^>]*src=\"([^\"]+)\"", readme)[1]
    assert readme.index("![") < readme.index("```")
    assert picture.is_file()
    assert picture.stat().st_size < 400_000


def test_streamlit_knows_every_setting():
    settings = dict(flat(tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))))
    code = f"from streamlit import config; print([config.get_option(name) for name in {list(settings)!r}])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(list(settings.values()))
    assert "not a valid config option" not in run.stderr


def flat(table: dict, prefix: str = "") -> Iterator[tuple[str, object]]:
    """The settings of nested tables by their dotted names."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


LATEX = re.compile(r"\\(frac|sum|partial|odot|[Dd]elta|sigma|eta|ell|nabla|top|mathbf|underbrace|operatorname|hat)\b")
WRITERS = {"maths", "derivation"}  # the tables of the functions, and the readers that write formulas
PASTED = "interface/check/spelling.py"  # shows a learner what may be pasted


def test_no_formula_is_typed_by_hand():
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in project_files()
        if file.suffix in {".py", ".js"} and file.relative_to(ROOT).parts[0] in {"mlpviz", "pages", "app.py"}
        if not (WRITERS & set(file.relative_to(ROOT).parts) or file.as_posix().endswith(PASTED))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if LATEX.search(line)
    ]
    assert not found, "\n".join(found)
