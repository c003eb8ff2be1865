"""What `/sua/` answers: the editor's page and its parts, and the folder, to the page itself and to nobody else."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

from generator.commands.forms.fields import configuration
from generator.commands.forms.folder import NEW, ChangedError, Written, listed, opened, saved
from generator.commands.forms.installed import GET, is_installed, package_file
from generator.commands.preview.answers import HTML, MEDIA_TYPES, Answer
from generator.commands.preview.update import Preview
from generator.ground.errors import HocsoError
from generator.ground.findings import Text
from generator.ground.said import said
from generator.handbook.read import read_handbook
from generator.press.pages import Theme

PLACE = "/sua/"
MOST_BYTES = 40_000_000
"""Of what is sent: the largest picture a camera saves."""
_FOLDER, _NPM = "folder/", "npm/"
_OWN_FILES = ("folder.js", "format.js", "forms.css")
_POLICY = "; ".join((
    "default-src 'self'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' blob: data:",
    "font-src 'self' data:", "connect-src 'self' blob: data:", "media-src 'self' blob:", "worker-src 'self' blob:",
    "frame-src 'self' blob:", "object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
))
"""No word of the editor leaves the machine, whatever its code would ask."""
_LOCAL = {"name": "gitea", "repo": "may-nay/hoc-so", "branch": "main"}
"""The editor wants the name of a host; on this machine it stands at our own address and is never asked."""


@dataclass(frozen=True)
class FormPage:
    """What the template gets."""

    token: str
    missing: bool
    words: Mapping[str, Text]
    steps: Sequence[Text]
    """How to get it where it is not installed."""


class FormDesk:
    """One a preview. The token is known to the page it served and to nobody else: a page of another address cannot
    read it, so it cannot write."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._token = secrets.token_urlsafe(32)

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        asked = unquote(path.partition("?")[0], errors="replace").removeprefix(PLACE)
        if asked.startswith(_FOLDER) or method == "PUT":
            return self._folder(method, asked.removeprefix(_FOLDER), headers, body)
        if asked == "approved":
            return Answer(200, MEDIA_TYPES[".txt"], str(self._approved(parse_qs(urlsplit(path).query))).encode())
        found = self._part(asked, headers)
        return _told(404, said("forms/nothing")) if found is None else found

    def _part(self, asked: str, headers: Mapping[str, str]) -> Answer | None:
        theme = self._preview.project.theme / "preview"
        if asked == "":
            return self._page()
        if asked == "config.json":
            here = f"http://{headers.get('Host')}{PLACE}none"
            backend = {**_LOCAL, "base_url": here, "api_root": here}
            return _json(configuration(read_handbook(self._preview.project).handbook, backend))
        if asked in _OWN_FILES:
            return Answer(200, _kind(asked), (theme / asked).read_bytes())
        data = package_file(asked.removeprefix(_NPM)) if asked.startswith(_NPM) else None
        return None if data is None else Answer(200, _kind(asked), data)

    def _page(self) -> Answer:
        words = {"title": said("forms/title"), "missing": said("forms/missing"), "look": said("forms/look"),
                 "saved": said("forms/saved"), "stays": said("forms/stays"), "lost": said("forms/lost"),
                 "yours": said("forms/yours"), "theirs": said("forms/theirs"), "both": said("forms/both"),
                 "over": said("forms/over"), "again": said("forms/again"), "close": said("forms/close"),
                 "leave": said("forms/leave"), "no_paste": said("forms/no-paste")}
        steps = (said("forms/get-node"), said("forms/get-editor", command=GET), said("forms/begin-again"))
        page = FormPage(self._token, not is_installed(), words, steps)
        html = Theme(self._preview.project.theme).draw("preview/forms.html", page)
        return Answer(200, HTML, html.encode(), headers={"Content-Security-Policy": _POLICY})

    def _approved(self, query: Mapping[str, Sequence[str]]) -> Text | str:
        """What a save would undo; nothing of a draft, nor before there are pages."""
        shown = self._preview.view.shown
        lesson = shown.desk.handbook.by_slug.get(query.get("lesson", [""])[0]) if shown else None
        approval = lesson.office.approval if lesson else None
        return said("forms/approved", unit=approval.unit, day=f"{approval.day:%d/%m/%Y}") if approval else ""

    def _folder(self, method: str, name: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if not self._is_own_page(headers):
            return _told(403, said("forms/other-page"))
        if method != "PUT" and not name:
            return _json(listed(self._preview.project))
        try:
            found = opened(self._preview.project, name) if method != "PUT" else saved(
                self._preview.project, name, headers.get("If-Match", NEW).strip('"'), body)
        except ChangedError as problem:
            return _told(412, problem.text)
        except HocsoError as problem:
            return _told(422, problem.text)
        except OSError as problem:
            return _told(507, said("forms/disk", file=name, reason=problem.strerror or problem))
        return _told(404, said("forms/not-here", file=name)) if found is None else _file(name, found)

    def _is_own_page(self, headers: Mapping[str, str]) -> bool:
        origin = headers.get("Origin")
        given = headers.get("X-Hocso-Page", "").encode("utf-8", "replace")
        return origin in (None, f"http://{headers.get('Host')}") and secrets.compare_digest(
            given, self._token.encode())


def _kind(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    return MEDIA_TYPES.get({".mjs": ".js"}.get(suffix, suffix), "application/octet-stream")


def _json(value: object) -> Answer:
    return Answer(200, MEDIA_TYPES[".json"], json.dumps(value, ensure_ascii=False, default=str).encode())


def _told(status: int, words: Text) -> Answer:
    return Answer(status, MEDIA_TYPES[".txt"], f"{words}\n".encode())


def _file(name: str, found: Written) -> Answer:
    kind = MEDIA_TYPES[".txt"] if name.endswith(".md") else _kind(name)
    return Answer(200, kind, found.data, headers={"ETag": f'"{found.state}"'})
