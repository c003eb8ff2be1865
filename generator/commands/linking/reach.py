"""Reaches hosts of the open web and no others: an address in a lesson must not knock at doors of this machine or of
the office it stands in. A name is resolved once, and what was looked at is what is connected to."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Sequence
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlsplit
from urllib.request import (
    BaseHandler,
    HTTPCookieProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
    getproxies,
    proxy_bypass,
)

from generator.ground.web import INSIDE, is_public

Allows = Callable[[str], bool]
"""Whether this number of a machine may be connected to."""


class HomeError(Exception):
    """The way leads to a machine that is not on the open web."""


def resolve(host: str, port: int, allows: Allows = is_public) -> list[Any]:
    """Where it is to be reached. One number of several that is not public spoils all: the next answer may be that."""
    _refuse_odd(host.rstrip("."))
    found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    if not all(allows(str(row[4][0])) for row in found):
        raise HomeError(host)
    return found


def _refuse_odd(host: str) -> None:
    """`127.1`, `0177.0.0.1`, `2130706433`: who resolves for us, a proxy perhaps, may read them as numbers."""
    if host.rpartition(".")[2][:1].isdigit() and ":" not in host:
        try:
            ipaddress.IPv4Address(host)
        except ValueError:
            raise HomeError(host) from None


def refuse_home(host: str, allows: Allows = is_public) -> None:
    """As far as this machine can tell: behind a proxy it is often the proxy alone that knows names of the web."""
    host = host.rstrip(".")
    if host.rpartition(".")[2].lower() in INSIDE:
        raise HomeError(host)
    try:
        resolve(host, 0, allows)
    except socket.gaierror:
        if "." not in host or ":" in host:
            raise HomeError(host) from None


def _connect(found: Sequence[Any], timeout: float | None) -> socket.socket:
    """The first that answers."""
    problem: OSError | None = None
    for family, kind, protocol, _, place in found:
        door = socket.socket(family, kind, protocol)
        try:
            door.settimeout(timeout)
            door.connect(place)
            return door
        except OSError as told:
            door.close()
            problem = problem or told
    raise problem or OSError("no address")


def open_web(address: str, jar: CookieJar, *others: BaseHandler, allows: Allows = is_public) -> OpenerDirector:
    """For one address. What a proxy fetches for us is asked of the proxy, whatever its own number is."""
    host, shared = urlsplit(address).hostname or "", (HTTPCookieProcessor(jar), *others)
    if urlsplit(address).scheme not in getproxies() or proxy_bypass(urlsplit(address).netloc):
        return build_opener(ProxyHandler({}), _Plain(allows), _Secret(allows), *shared)
    refuse_home(host, allows)
    return build_opener(*shared)


class _Plain(HTTPHandler):
    def __init__(self, allows: Allows) -> None:
        super().__init__()
        self._allows = allows

    def http_open(self, request: Request) -> HTTPResponse:
        return self.do_open(self._connected, request)

    def _connected(self, host: str, **settings: Any) -> HTTPConnection:
        made = HTTPConnection(host, **settings)
        made.sock = _connect(resolve(made.host, made.port, self._allows), made.timeout)
        return made


class _Secret(HTTPSHandler):
    def __init__(self, allows: Allows) -> None:
        super().__init__()
        self._allows = allows

    def https_open(self, request: Request) -> HTTPResponse:
        return self.do_open(self._connected, request)

    def _connected(self, host: str, **settings: Any) -> HTTPSConnection:
        made = HTTPSConnection(host, **settings)
        door = _connect(resolve(made.host, made.port, self._allows), made.timeout)
        made.sock = ssl.create_default_context().wrap_socket(door, server_hostname=made.host)
        return made
