"""Every page starts at once, in the right order, and the menu leads everywhere."""

import asyncio
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from streamlit.testing.v1 import AppTest

from mlpviz.interface.shell import page
from mlpviz.interface.shell.presets import PRESET_SETUPS
from mlpviz.interface.shell.session import KEY
from mlpviz.setup.file import decode_file, encode_file
from mlpviz.setup.pages import PAGES, Page
from tests.support.browser import PATIENCE, expect
from tests.support.learners import Learner, carried_out
from tests.support.stepping import settled

ROOT = Path(__file__).parents[3]
PATHS = {name: "/" if name == "step" else f"/{name}" for name in PAGES}
THERE = [name for name, entry in PAGES.items() if (ROOT / entry.script).exists()]


def test_every_page_is_in_the_menu():
    scripts = {str(path.relative_to(ROOT)) for path in [*ROOT.glob("pages/*.py"), ROOT / "app.py"]}
    assert scripts <= {entry.script for entry in PAGES.values()}


LESSON = """
from mlpviz.interface.shell import address, page, session

session.visit("lesson")
page.start("lesson", session.query())
address.show()
"""


def test_a_page_is_a_script_and_one_row(monkeypatch, tmp_path):
    """A sixth page: it is in the menu, opens, and a link and a setup file that were made on it can be read."""
    for name in ("app.py", "pages"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    (tmp_path / "pages" / "lesson.py").write_text(LESSON)
    monkeypatch.setattr(page, "ROOT", tmp_path)
    monkeypatch.setitem(PAGES, "lesson", Page("pages/lesson.py", "Lesson"))
    app = AppTest.from_file(str(tmp_path / "app.py"), default_timeout=PATIENCE)
    app.switch_page("pages/lesson.py").run()
    assert not app.exception
    assert "Lesson" in [link.proto.label for link in app.get("page_link")]
    setup = app.session_state[KEY].history.present
    assert setup.page == "lesson"
    assert decode_file(encode_file(setup), PRESET_SETUPS) == setup


def test_libraries_are_loaded_once_whoever_asks(monkeypatch):
    loaded = []
    monkeypatch.setattr(page, "_warm", threading.Event())
    monkeypatch.setattr(page, "import_module", loaded.append)
    monkeypatch.setattr(page.gc, "freeze", lambda: loaded.append("freeze"))
    threads = [threading.Thread(target=page.warm_up) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loaded == [*page.LIBRARIES, "freeze"]


FIRST = f"""
import sys
from streamlit.testing.v1 import AppTest

for script in sys.argv[1:]:
    for name in [name for name in sys.modules if name.partition(".")[0] == "mlpviz"]:
        del sys.modules[name]
    from mlpviz.interface.shell import page
    page.warm_up_later = lambda: None
    app = AppTest.from_file({str(ROOT / "app.py")!r}, default_timeout={PATIENCE})
    if script != "app.py":
        app.switch_page(script)
    app.run()
    assert not app.exception, (script, app.exception)
    print(script, *{{"pandas", "pyarrow", "sklearn"}} & set(sys.modules), flush=True)
"""


def test_any_page_may_be_the_first_and_one_that_does_not_wait_for_tables_loads_none():
    """Each as the first that loads a module of the program, in one process: of a server, ten first visitors come."""
    without = [PAGES[name].script for name in THERE if not PAGES[name].tables]
    scripts = without + [PAGES[name].script for name in THERE if PAGES[name].tables]
    command = [sys.executable, "-c", FIRST, *scripts]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert not ended.returncode, ended.stderr
    told = ended.stdout.splitlines()
    assert [line.split()[0] for line in told] == scripts
    assert told[: len(without)] == without


def test_ten_first_visitors_at_once_draw_no_error(new_server):
    """Of every page: ``preset=xor`` is the last that one shows."""
    found = carried_out(visited(new_server(), (THERE * 10)[:10]))
    assert ["preset=xor" in address for address in found] == [True] * 10


async def visited(server, names):
    """The addresses that pages show to visitors who come at once."""
    await asyncio.to_thread(server.wait_until_healthy, server.started + 2 * PATIENCE)

    async def visit(name):
        async with Learner(server.url, PATHS[name][1:], "preset=xor") as learner:
            answer = await learner.rerun()
            assert not answer.faults
            return learner.address()

    return await asyncio.gather(*map(visit, names))


def test_the_menu_leads_to_every_page_and_back_and_says_which_is_shown(open_app):
    opened = open_app("/network" if "network" in THERE else "/")
    for name in [*THERE, "step"]:
        settled(opened)
        menu = opened.get_by_role("navigation", name="Pages")
        menu.get_by_role("link", name=PAGES[name].title, exact=True).click()
        expect(opened, SHOWN, [PATHS[name], f"{PAGES[name].title} · mlpviz", [PAGES[name].title]])


SHOWN = """() => [location.pathname, document.title,
  [...document.querySelectorAll("[role=navigation] [aria-current=page]")].map(link => link.textContent)]"""
