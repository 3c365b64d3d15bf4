"""What a browser is sent before a page can run: the document of a page, and Streamlit's scripts, compressed once each.

Streamlit leaves its scripts as they are, since Starlette would compress them anew for everybody who asks; a proxy in
front of several processes does it (``mlpviz.serve``). Where there is none, each file is compressed at its first
request, beside the loop, and kept: 1 MB in all for a first visit, and not 3.5.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from streamlit import config

from ...setup.pages import PAGES
from .compressed import compressed, is_compressed, streamlits_files
from .document import document

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

ADDRESSES = {"/", *(f"/{name}" for name in PAGES)}
"""The paths of pages."""

GZIP = {"Content-Encoding": "gzip"}
OF_A_PAGE = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding", "Content-Type": "text/html; charset=utf-8"}


class Delivery:
    """Stands in front of the app, and answers a request for a page or for a file of Streamlit's; others pass it."""

    def __init__(self, app: ASGIApp, folder: Path | None = None) -> None:
        self.app = app
        self.folder = folder or streamlits_files()
        base = config.get_option("server.baseUrlPath").strip("/")
        self.base = f"/{base}" if base else ""
        self.files = {
            "/" + path.relative_to(self.folder).as_posix()
            for path in self.folder.glob("static/**/*")
            if path.is_file() and is_compressed(path)
        }
        self.made: dict[str, asyncio.Task[bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = self.path_of(scope)
        takes_gzip = path is not None and "gzip" in Headers(scope=scope).get("accept-encoding", "")
        if path in ADDRESSES:
            await (await self.page(takes_gzip))(scope, receive, send)
        elif path in self.files and takes_gzip and "range" not in Headers(scope=scope):
            await self.app({**scope, "method": "HEAD"}, receive, instead(await self.copy(path), send))
        else:
            await self.app(scope, receive, send)

    def path_of(self, scope: Scope) -> str | None:
        """What is asked for, below the base of all addresses; None if it is another kind of request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        below = path.removeprefix(self.base)
        return below or "/" if below != path or not self.base else None

    async def page(self, takes_gzip: bool) -> Response:
        """The document of all pages."""
        plain = await self.once("", lambda: document(self.folder).encode())
        if not takes_gzip:
            return Response(plain, headers=OF_A_PAGE)
        return Response(await self.once("/", lambda: compressed(plain)), headers=OF_A_PAGE | GZIP)

    async def copy(self, path: str) -> bytes:
        """A file's compressed copy."""
        file = self.folder / path[1:]
        return await self.once(path, lambda: compressed(file.read_bytes()))

    async def once(self, name: str, make: Callable[[], bytes]) -> bytes:
        """What has been made under a name; beside the loop, and once even if many ask at the same time.

        What could not be made is made anew for who asks next.
        """
        if name not in self.made:
            self.made[name] = asyncio.create_task(asyncio.to_thread(make))
        try:
            return await asyncio.shield(self.made[name])
        except OSError:
            self.made.pop(name, None)
            raise


def instead(copy: bytes, send: Send) -> Send:
    """Sends a compressed copy as the body of a file, whose answer without one is told: the headers stay its own."""
    is_whole = False

    async def sending(message: MutableMapping[str, Any]) -> None:
        nonlocal is_whole
        if message["type"] == "http.response.start" and message["status"] == 200:
            is_whole = True
            headers = MutableHeaders(raw=message["headers"])
            headers.update(GZIP | {"Vary": "Accept-Encoding", "Content-Length": str(len(copy))})
            tag = headers["etag"].removeprefix("W/")
            headers["ETag"] = f"W/{tag}"  # of two bodies, of which each has the other's tag
        elif message["type"] == "http.response.body" and is_whole:
            message = {"type": "http.response.body", "body": copy}
        await send(message)

    return sending
