"""Uploaded files, within a bound: Streamlit keeps as many as are sent for as long as their session lasts.

A page reads a file at once and needs it no more, so the oldest of a session make room for its next, and where all
sessions have too much, the one that has most gives first.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

OF_A_SESSION = 4
"""Uploaded files that a session has at a time."""

OF_ALL = 160_000_000
"""Bytes of all uploaded files of a server."""

MARK = "mlpviz_bounded"


def bound() -> None:
    """Bound the uploads of the running server; once is enough."""
    if st.runtime.exists():
        bounded(st.runtime.get_instance().uploaded_file_mgr)


def bounded(manager: object) -> None:
    """Have a manager of uploaded files drop what is beyond the bounds whenever it takes one."""
    if not isinstance(manager, MemoryUploadedFileManager) or hasattr(manager, MARK):
        return
    take = manager.add_file

    def add_file(session_id: str, file: UploadedFileRec) -> None:
        take(session_id, file)
        drop_surplus(manager, session_id)

    manager.add_file = add_file  # type: ignore[method-assign]
    setattr(manager, MARK, True)


def drop_surplus(manager: MemoryUploadedFileManager, session_id: str) -> None:
    """Drop the oldest files of a session beyond its number, then those of whoever has most beyond everybody's bytes."""
    for name in list(manager.file_storage.get(session_id, {}))[:-OF_A_SESSION]:
        manager.remove_file(session_id, name)
    while sum((held := bytes_held(manager)).values()) > OF_ALL:
        most = max(held, key=held.__getitem__)
        manager.remove_file(most, next(iter(manager.file_storage[most])))


def bytes_held(manager: MemoryUploadedFileManager) -> dict[str, int]:
    """The bytes of the files of each session that has some."""
    sessions = {name: list(files.values()) for name, files in list(manager.file_storage.items())}
    return {name: sum(len(file.data) for file in files) for name, files in sessions.items() if files}
