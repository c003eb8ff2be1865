"""What shapes every product besides content: our code, the theme, the libraries, the fonts."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.ground.files import Project, digest_of, digest_tree

LIBRARIES = (
    "mkdocs", "mkdocs-material", "jinja2", "segno", "pikepdf", "pypdfium2", "zxing-cpp",
    "opencv-python-headless", "fonttools", "font-roboto", "playwright", "markdown",
    "pymdown-extensions", "imageio-ffmpeg",
)


def machine_digest(project: Project) -> str:
    versions = [(name, _version(name)) for name in LIBRARIES]
    code = digest_tree(Path(__file__).resolve().parents[1], (".py",))
    config = project.path("mkdocs.yml")
    return digest_of(sys.version_info[:2], versions, code, digest_tree(project.theme), config.read_bytes())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
