"""Uploaded files: a session keeps a few, a server a stated number of bytes, and whoever sends most loses first."""

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from mlpviz.interface.shell import uploads


def file(name, size=10):
    return UploadedFileRec(file_id=name, name=name, type="", data=b"x" * size)


def manager():
    made = MemoryUploadedFileManager("/upload")
    uploads.bounded(made)
    uploads.bounded(made)  # which changes nothing
    return made


def test_the_newest_files_of_a_session_are_kept():
    made = manager()
    for k in range(50):
        made.add_file("one", file(f"f{k}"))
    made.add_file("two", file("other"))
    assert list(made.file_storage["one"]) == [f"f{k}" for k in range(50 - uploads.OF_A_SESSION, 50)]
    assert [each.name for each in made.get_files("two", ["other"])] == ["other"]


def test_whoever_has_most_gives_first(monkeypatch):
    monkeypatch.setattr(uploads, "OF_ALL", 100)
    made = manager()
    made.add_file("victim", file("small", 5))
    for k in range(3):
        for session in ("a", "b"):
            made.add_file(session, file(f"{session}{k}", 30))
            assert sum(uploads.bytes_held(made).values()) <= 100
    assert made.get_files("victim", ["small"])
    assert made.get_files("b", ["b2"])
