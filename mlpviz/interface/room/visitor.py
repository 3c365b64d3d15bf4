"""Who asks: a browser by its secret, perhaps with a teacher's key, from some address; and how often each may."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from starlette.requests import Request

from ...maths.messages import Message
from ..shell.languages import found
from ..shell.owner import COOKIE, SECRET

BROWSER, KEY, LANGUAGE = "x-mlpviz-browser", "x-mlpviz-key", "x-mlpviz-language"
"""The headers by which the page says whose it is. No other site's page can send them."""
LONGEST = 64
FULL = Message("This room is full.")


@dataclass(frozen=True)
class Visitor:
    """A browser as a request shows it; ``secret`` is empty if it has told none."""

    secret: str
    key: str
    lang: str
    address: str

    @classmethod
    def of(cls, request: Request) -> Visitor:
        told, cookie = request.headers.get(BROWSER, ""), request.cookies.get(COOKIE, "")
        secret = next((each for each in (told, cookie) if told and SECRET.fullmatch(each)), "")
        lang, key = request.headers.get(LANGUAGE, ""), request.headers.get(KEY, "")
        return cls(secret, key[:LONGEST], found(lang[:LONGEST], "").tag, address_of(request))

    @property
    def name(self) -> str:
        """By what its allowances are counted; the secret itself is kept nowhere."""
        return sha256(self.secret.encode()).hexdigest()

    @property
    def lead(self) -> str:
        """By what a teacher's are: a program could name itself anew each time, but it has one key."""
        return sha256(self.key.encode()).hexdigest()


def address_of(request: Request) -> str:
    """Where a request comes from, by what is connected: anybody may write a header.

    The server itself has put there what a proxy on this machine says; one that uses a socket of ours has no address.
    """
    if request.client and request.client.host:
        return request.client.host[:LONGEST]
    return request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()[:LONGEST]
