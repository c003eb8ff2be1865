"""Which of our own code runs when a module does, by digest: its import closure, and the libraries that takes."""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import importlib.util
import json
import re
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from generator.ground.files import digest_of
from generator.ground.whole import read_sealed, seal, write_whole

OURS = "generator"
HOME = Path(__file__).resolve().parents[1]
PYTHON = sys.version_info[:2]
DRAWN_WITH = (".js", ".txt")
"""Data beside modules that shapes what they make. What is said of mistakes (`.toml`) shapes nothing."""
MODULES, LIBRARIES = "closures-modules", "closures-libraries"


@dataclass(frozen=True, slots=True)
class Module:
    """One file of ours as far as others can feel it: words in comments and docstrings change nothing, data beside it
    under its own name (`sheet.js` beside `sheet.py`) do."""

    digest: str
    names: tuple[str, ...]
    """What it imports, also inside functions but not for type checkers alone; and packages whose files it opens."""


class Code:
    """All our modules as they stand at the first question. What was parsed is remembered in `memory`, if it may be."""

    def __init__(self, memory: Path | None = None) -> None:
        self._memory = memory
        self._digests: dict[tuple[str, ...], str] = {}

    @cached_property
    def modules(self) -> dict[str, Module]:
        """By name, packages without `__init__`."""
        files = {_name(path): path.read_bytes() for path in sorted(HOME.rglob("*.py"))}
        data: dict[str, list[str]] = {}
        for path in sorted(path for suffix in DRAWN_WITH for path in HOME.rglob(f"*{suffix}")):
            data.setdefault(_name(path), []).append(digest_of(path.name, path.read_bytes()))
        name = f"{MODULES} {PYTHON} {_sha(files[__name__])}"  # what reads them reads them so
        body = read_sealed(self._memory / MODULES, name) if self._memory else None
        known: dict[str, tuple[str, list[str]]] = json.loads(body) if body else {}
        parsed = {sha: known.get(sha) or _parse(source) for source in files.values() if (sha := _sha(source))}
        if parsed != known:
            self._remember(MODULES, name, parsed)
        return {name: Module(digest_of(digest, *data.get(name, ())), tuple(names)) for name, source in files.items()
                for digest, names in [parsed[_sha(source)]]}

    def closure(self, *roots: str) -> set[str]:
        """These modules and whatever is imported from them on, with the packages they lie in."""
        left, seen = list(roots), set[str]()
        while left:
            name = left.pop()
            if name in seen or name not in self.modules:
                continue
            seen.add(name)
            left += [name.rpartition(".")[0], *self.modules[name].names]
        return seen

    def digest(self, *roots: str) -> str:
        """Of all that runs there: our code, the libraries it names, this Python."""
        known = self._digests.get(roots)
        if known is None:
            names = sorted(self.closure(*roots))
            known = self._digests[roots] = digest_of(
                PYTHON, [(name, self.modules[name].digest) for name in names], self.libraries(names))
        return known

    def libraries(self, modules: Collection[str]) -> list[str]:
        """Name and version of each distribution these modules import from, and of those it stands on."""
        tops = {name.partition(".")[0] for module in modules for name in self.modules[module].names} - {OURS}
        return sorted({dist for top in tops for dist in self._installed.get(top, ())})

    @cached_property
    def _installed(self) -> dict[str, list[str]]:
        """Distributions with their versions, by the name one imports; looked up anew when any came, went or changed."""
        places = [path for path in map(Path, sys.path) if path.name.endswith("-packages") and path.is_dir()]
        stamp = digest_of(sorted(path.name for place in places for path in place.glob("*-info")))
        body = read_sealed(self._memory / LIBRARIES, stamp) if self._memory else None
        if body is not None:
            known: dict[str, list[str]] = json.loads(body)
            return known
        tops = importlib.metadata.packages_distributions()
        known = {top: sorted(set(_standing_on(dists, set()))) for top, dists in tops.items()}
        self._remember(LIBRARIES, stamp, known)
        return known

    def _remember(self, file: str, name: str, value: object) -> None:
        if self._memory:
            with suppress(OSError):  # nobody must be able to write where our code lies
                write_whole(self._memory / file, seal(name, json.dumps(value).encode()))


@cache
def our_code() -> Code:
    """One for the whole process: it runs what it was started with. Remembers where Python keeps what it compiled."""
    compiled = Path(importlib.util.cache_from_source(str(HOME / "__init__.py"))).parent
    return Code(compiled)


def _name(path: Path) -> str:
    return ".".join((OURS, *path.relative_to(HOME).with_suffix("").parts)).removesuffix(".__init__")


def _sha(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()


def _parse(source: bytes) -> tuple[str, list[str]]:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(body := getattr(node, "body", None), list):
            body[:] = [line for line in body if not _is_words(line)]
    return _sha(ast.dump(tree).encode()), sorted(set(_imports(tree)))


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _imports(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "files":
        yield from (word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str))
    for child in ast.iter_child_nodes(node):
        yield from _imports(child)


def _standing_on(dists: Iterable[str], seen: set[str]) -> Iterator[str]:
    for dist in dists:
        name = re.sub(r"[-_.]+", "-", dist).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            wanted = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        yield f"{name} {importlib.metadata.version(name)}"
        others = [match[0] for line in wanted if "extra ==" not in line and (match := re.match(r"[\w.-]+", line))]
        yield from _standing_on(others, seen)
