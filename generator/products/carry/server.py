"""Ready files for those who put the site on a server: policy, framing, compression, numbers without a redirect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.engine.items import ALL_BEFORE, Bench, Desk, Handed, Item, Result
from generator.ground.findings import Text
from generator.products.pages.parts.page_security import server_policy
from generator.products.product import Product

PRODUCT = Product("server", Text("tệp cho máy chủ", "server files"), last=True, theme=("server",))

FILES = {"nginx.conf": "site/server/nginx.conf", "Caddyfile": "site/server/Caddyfile", "_headers": "site/_headers"}
FRAMED = "embed"
"""The one folder other people's pages may put into a frame."""
FORBIDDEN = ("accelerometer", "bluetooth", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
             "hid", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "serial", "usb")
HEADERS = (
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", ", ".join(f"{name}=()" for name in FORBIDDEN)),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
NO_HOST = "hoc-so.example"


@dataclass(frozen=True)
class ServerPage:
    """What the templates get."""

    host: str
    prefix: str
    """Path of the site on its host: `/`, or `/27901/` for a commune below a province."""
    policy: str
    unframed: tuple[str, ...]
    """Places below the prefix whose pages nobody may frame."""
    headers: tuple[tuple[str, str], ...] = HEADERS


def plan(desk: Desk) -> list[Item]:
    address = desk.handbook.edition.address
    return [Item("server", "server", desk.digest("server", address), lambda bench: _make(desk, address, bench),
                 ("mkdocs.yml",), needs=(ALL_BEFORE,))]


def _make(desk: Desk, address: str, bench: Bench) -> Result:
    parts = urlsplit(address)
    page = ServerPage(parts.netloc or NO_HOST, parts.path or "/", policy_of(bench.needed),
                      tuple(_unframed(bench.needed)))
    return Result({path: (desk.theme.draw(f"server/{name}", page) + "\n").encode() for name, path in FILES.items()})


def policy_of(handed: Mapping[str, Handed]) -> str:
    """All that any page's own policy allows, so that no page is hindered."""
    return server_policy(made.facts.get("allows", {}) for made in handed.values())


def _unframed(handed: Mapping[str, Handed]) -> Iterator[str]:
    """The front page, numbers, and every folder that holds pages."""
    yield from ("", "index.html", ":page", ":page/", ":page/index.html")
    pages = (path.split("/") for made in handed.values() for path in made.sizes if path.endswith(".html"))
    folders = {parts[1] for parts in pages if parts[0] == "site" and len(parts) > 2}
    yield from (f"{folder}/*" for folder in sorted(folders) if folder != FRAMED and not folder.isdigit())
