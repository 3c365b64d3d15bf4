"""What Share offers to take away; each is made only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from ...maths.messages import N_
from ..shell.translation import _, language, speaking
from .document import Document
from .notebook import as_notebook
from .paper import as_paper
from .program import as_program


@dataclass(frozen=True)
class FileKind:
    """A file that a document can be written as."""

    title: str
    ending: str
    mime: str
    write: Callable[[Document], str]


KINDS = (
    FileKind(N_("LaTeX"), ".tex", "application/x-tex", as_paper),
    FileKind(N_("Notebook"), ".ipynb", "application/x-ipynb+json", as_notebook),
    FileKind(N_("NumPy"), "-numpy.py", "text/x-python", partial(as_program, library="numpy")),
    FileKind(N_("PyTorch"), "-torch.py", "text/x-python", partial(as_program, library="torch")),
)


def offers(name: str, page: Callable[[], str], document: Callable[[], Document], whole: bool) -> None:
    """Buttons for the web page and, where every number is here, for documents; files begin with a name."""
    st.caption(_("To take away; formulas and pictures: LaTeX and ⤓ where they stand"))
    with st.container(horizontal=True, gap="small", key="offers"):
        button(_("Save as a web page"), "page", f"{name}.html", "text/html", page)
        for kind in KINDS if whole else ():
            button(_(kind.title), kind.ending, name + kind.ending, kind.mime, partial(written, kind, document))
    if not whole:
        st.caption(_("This network is too large for a document: its page has a part of it."))


def written(kind: FileKind, document: Callable[[], Document]) -> str:
    return kind.write(document())


def button(title: str, key: str, name: str, mime: str, make: Callable[[], str]) -> None:
    st.download_button(
        title,
        partial(later, language(), make),
        name,
        mime,
        key=f"take {key}",
        on_click="ignore",
        icon=":material/download:",
    )


def later(tag: str, make: Callable[[], str]) -> str:
    """What somebody asks for after the run, in the language of that run."""
    with speaking(tag):
        return make()
