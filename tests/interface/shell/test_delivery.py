"""What a browser is sent before a page can run: files compressed once, with headers of their own, and our document."""

import asyncio
import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from mlpviz.interface.shell import delivery
from mlpviz.interface.shell.compressed import streamlits_files
from mlpviz.interface.shell.delivery import ADDRESSES, Delivery
from mlpviz.interface.shell.document import FIRST_DRAWN, HEAD, PAGE, ROOT, TITLE, document, scripts
from mlpviz.setup.pages import PAGES
from tests.support.learners import carried_out

SCRIPT = "const a = 1\n" * 1000


@pytest.fixture
def site(tmp_path):
    """A folder as Streamlit's, and what stands in front of an app that sends its files."""
    (tmp_path / "static/js").mkdir(parents=True)
    (tmp_path / PAGE).write_text(f"{TITLE}{HEAD}{ROOT}")
    (tmp_path / "static/js/long.js").write_text(SCRIPT)
    (tmp_path / "static/js/short.js").write_text("1")
    (tmp_path / "static/font.woff2").write_bytes(bytes(2000))
    files = Starlette(routes=[Mount("/", StaticFiles(directory=tmp_path, html=True))])
    return Delivery(files, tmp_path)


async def asked(app, path, method="GET", **headers):
    """The status, the headers and the body of an answer."""
    sent = []
    raw = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    scope = {"type": "http", "asgi": {"spec_version": "2.4"}, "method": method, "path": path, "headers": raw}
    scope |= {"query_string": b"", "root_path": ""}

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    start, *parts = sent
    return start["status"], {k.decode(): v.decode() for k, v in start["headers"]}, b"".join(p["body"] for p in parts)


def test_a_file_is_compressed_once_and_keeps_the_headers_of_its_own(site, monkeypatch):
    made = []
    monkeypatch.setattr(delivery, "compressed", lambda content: made.append(1) or gzip.compress(content))

    async def asking():
        plain = await asked(site, "/static/js/long.js")
        many = [asked(site, "/static/js/long.js", accept_encoding="br, gzip") for _ in range(20)]
        short = await asked(site, "/static/js/long.js", accept_encoding="gzip", if_none_match=plain[1]["etag"])
        return plain, short, await asyncio.gather(*many)

    (status, own, body), short, many = carried_out(asking())
    assert (status, body.decode()) == (200, SCRIPT)
    assert len(made) == 1
    for status, headers, copy in many:
        assert (status, gzip.decompress(copy).decode()) == (200, SCRIPT)
        assert headers["content-encoding"] == "gzip"
        assert headers["vary"] == "Accept-Encoding"
        assert int(headers["content-length"]) == len(copy) < len(SCRIPT) / 50
        assert headers["etag"] == "W/" + own["etag"]
        assert {name: headers[name] for name in ("last-modified", "content-type")} == {
            name: own[name] for name in ("last-modified", "content-type")
        }
    assert short[0] == 304
    assert not short[2]


def test_what_could_not_be_read_is_tried_again(site):
    file = site.folder / "static/js/long.js"
    file.rename(file.with_suffix(".away"))

    async def asking():
        with pytest.raises(OSError, match="long.js"):
            await asked(site, "/static/js/long.js", accept_encoding="gzip")
        file.with_suffix(".away").rename(file)
        return await asked(site, "/static/js/long.js", accept_encoding="gzip")

    assert gzip.decompress(carried_out(asking())[2]).decode() == SCRIPT


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/static/js/long.js", "GET", {}),
        ("/static/js/long.js", "HEAD", {"accept_encoding": "gzip"}),
        ("/static/js/long.js", "GET", {"accept_encoding": "gzip", "range": "bytes=0-99"}),
        ("/static/js/short.js", "GET", {"accept_encoding": "gzip"}),
        ("/static/font.woff2", "GET", {"accept_encoding": "gzip"}),
        ("/static/js/none.js", "GET", {"accept_encoding": "gzip"}),
        ("/static/js/../js/long.js", "GET", {"accept_encoding": "gzip"}),
        ("/elsewhere", "POST", {"accept_encoding": "gzip"}),
    ],
)
def test_what_else_is_asked_is_passed_on_as_it_is(site, path, method, headers):
    passed = carried_out(asked(site, path, method, **headers))
    assert passed == carried_out(asked(site.app, path, method, **headers))
    assert not site.made


def test_the_document_is_that_of_pages_alone(site, monkeypatch):
    assert {f"/{name}" for name in PAGES} | {"/"} == ADDRESSES
    for path in ("/", "/derive"):
        status, headers, body = carried_out(asked(site, path))
        assert (status, headers["cache-control"]) == (200, "no-cache")
        assert "<title>mlpviz</title>" in body.decode()
        copy = carried_out(asked(Delivery(site.app, site.folder), path, accept_encoding="gzip"))
        assert gzip.decompress(copy[2]) == body
    monkeypatch.setattr(site, "base", "/class")
    assert "<title>mlpviz</title>" in carried_out(asked(site, "/class"))[2].decode()
    assert carried_out(asked(site, "/derive"))[0] == 404


def test_the_installed_streamlit_has_what_the_document_is_made_of():
    own = (streamlits_files() / PAGE).read_text(encoding="utf-8")
    made = document(streamlits_files())
    assert made != own
    assert re.search(r'<div id="root"><div class="mlpviz-arriving">.*<circle.*</div></div>', made)
    found = scripts(streamlits_files() / "static/js")
    assert {name.partition(".")[0] for name in found} >= set(FIRST_DRAWN)
    assert all(f"./static/js/{name}" in made for name in found)
    assert made.count("<script") == own.count("<script")
    assert made.count("modulepreload") == len(set(re.findall(r'modulepreload" crossorigin href="([^"]*)', made)))


def test_a_document_that_is_not_known_stays_as_it_is(tmp_path):
    (tmp_path / PAGE).write_text(f"{HEAD}{ROOT}")
    assert document(tmp_path) == f"{HEAD}{ROOT}"
