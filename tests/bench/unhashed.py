"""`hocso` that believes every byte it kept: what is slower without it is what it costs that a cache never lies."""

from __future__ import annotations

import sys


def believe() -> None:
    """What was kept or published is taken for what its name says. New bytes still get their name by their digest."""
    from generator.engine import lent, output, publish, store
    from generator.ground.whole import read_plain

    def read(self: store.Store, sha: str) -> bytes:
        return read_plain(self.file(sha))

    for module in (lent, output, publish, store):
        vars(module)["file_sha"] = lambda _path: Believed()
    store.Store.read = read  # type: ignore[method-assign]


class Believed(str):
    """Equal to whatever was expected."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, _other: object) -> bool:
        return True

    def __ne__(self, _other: object) -> bool:
        return False


if __name__ == "__main__":
    believe()
    from generator.cli import main

    sys.exit(main())
