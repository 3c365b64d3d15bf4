"""The commands with which translators make a catalogue, as the documentation has them, and the texts they find."""

import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from mlpviz.interface.shell import translation
from tests.support.browser import environment

ROOT = Path(__file__).parents[2]
COMMANDS = re.findall(r"^    (pybabel .*)$", translation.__doc__, re.MULTILINE)


@cache
def template_texts():
    """Every text of the template, as Babel reads it, singular and plural alike."""
    from babel.messages.pofile import read_po

    with tempfile.TemporaryDirectory() as folder:
        run(COMMANDS[0], folder)
        with (Path(folder) / "mlpviz.pot").open("rb") as template:
            ids = [message.id for message in read_po(template)]
    return {text for each in ids for text in (each if isinstance(each, tuple) else (each,))} - {""}


def run(command, folder):
    """One of the commands, with the template and the catalogues in a folder; what it has said."""
    there = command.replace("mlpviz/interface/locale", f"{folder}/locale").replace("mlpviz.pot", f"{folder}/mlpviz.pot")
    frontend = [sys.executable, "-m", "babel.messages.frontend"]
    done = subprocess.run(
        [*frontend, *there.split()[1:]], cwd=ROOT, env=environment(), check=True, capture_output=True, text=True
    )
    return done.stderr
