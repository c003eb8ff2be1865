"""The editor's configuration, made from the tables of keys that our schemas are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.ground.said import said
from generator.handbook import keys
from generator.handbook.keys import Key
from generator.handbook.model import Handbook
from generator.press.pages import plain

Field = dict[str, Any]
_PICTURE: Field = {
    "name": "hocso_picture", "label": str(said("forms/picture")), "hint": str(said("forms/picture-hint")),
    "widget": "image", "required": False, "choose_url": False}
"""Nothing of the front matter: what lays a picture beside the lesson."""
_BELOW = ("asked_for",)
"""A box a word, of which a lesson has forty: above the text they would bury it."""
_NOT_BY_HAND = ("claim", "confirmed")
"""What `hocso approve` writes; it stays in the file as it is."""


def configuration(handbook: Handbook, backend: Mapping[str, str]) -> dict[str, Any]:
    """On this machine the editor asks for the folder, and `backend` only gives the book its name."""
    words = _Words(handbook)
    lesson = (keys.LESSON_KEYS, "index")
    return {
        "backend": dict(backend),
        "media_folder": "content/pictures",
        "public_folder": "",
        "show_preview_links": False,
        "slug": {"encoding": "ascii", "clean_accents": True},
        "media_libraries": {"stock_assets": {"providers": []}, "default": {"config": {
            "slugify_filename": True, "transformations": {
                "raster_image": {"format": "webp", "quality": 80, "width": 1600, "height": 1600}}}}},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "none"}},
        "editor": {"preview": False},
        "collections": [
            _collection("topics", "menu_book", said("forms/topics"), words, *lesson),
            _collection("cards", "badge", said("forms/cards"), words, *lesson),
            _collection("alerts", "warning", said("forms/alerts"), words, keys.ALERT_KEYS, ""),
        ],
    }


def _collection(name: str, icon: str, label: object, words: _Words, table: Sequence[Key], index: str) -> Field:
    """A file of its own folder is a picture's home too."""
    return {
        "name": name, "label": str(label), "icon": icon, "folder": f"content/{name}",
        "format": "hocso", "thumbnail": False, "create": False, "delete": False, "duplicate": False,
        **({"path": f"{{{{slug}}}}/{index}", "media_folder": "", "public_folder": ""} if index else {}),
        "fields": [*words.fields([key for key in table if key.en not in _BELOW]), {
            "name": "body", "label": str(said("forms/body")), "hint": str(said("forms/body-hint")),
            "widget": "text"}, *([_PICTURE] if index else []),
            *words.fields([key for key in table if key.en in _BELOW])],
    }


class _Words:
    """Fields with the closed lists of a handbook."""

    def __init__(self, handbook: Handbook) -> None:
        self._audiences = [audience.name for audience in handbook.audiences]
        self._lessons = [{"label": plain(lesson.title), "value": slug} for slug, lesson in handbook.by_slug.items()]
        self._kinds: dict[str, Callable[[], Field]] = {
            "whole": lambda: {"widget": "number", "value_type": "int", "min": 1, "max": 9999},
            "date": lambda: {"widget": "string", "pattern": [keys.DATE, str(said("forms/date"))]},
            "status": lambda: {"widget": "select", "options": list(keys.STATUS_WORDS)},
            "audiences": lambda: {"widget": "select", "multiple": True, "options": self._audiences},
            "slugs": lambda: {"widget": "select", "multiple": True, "options": self._lessons},
            "frames": lambda: {"widget": "object", "collapsed": True, "fields": [
                {"name": name, "label": name, "widget": "list", "required": False} for name in keys.FRAMES]},
            "changes": lambda: {"widget": "keyvalue", "key_label": "20/11/2026"},
            "texts": lambda: {"widget": "list"},
            "phrases": lambda: {"widget": "list"},
        }

    def fields(self, table: Sequence[Key]) -> list[Field]:
        return [{"name": key.vi.replace(" ", "_"), "label": key.vi, "hint": key.doc, "required": key.required,
                 **self._kinds.get(key.kind, lambda: {"widget": "string"})()}
                for key in table if key.en not in _NOT_BY_HAND]
