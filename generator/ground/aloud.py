"""What is told goes to our output. Where that takes no more (a pipe that was closed, a full disk), the work goes on and
the telling ends: what is done must not depend on who listens, and afterwards one line says that words are missing."""

from __future__ import annotations

import os
import sys

_lost: list[str] = []
"""Why words did not arrive."""


def tell(words: object, end: str = "\n") -> None:
    try:
        print(words, end=end)
    except OSError as problem:
        _lose(problem)


def lost_words() -> str:
    """Why some of what was told so far did not arrive; nothing where all of it did. Asked once, at the end."""
    try:
        sys.stdout.flush()
    except OSError as problem:
        _lose(problem)
    why = _lost[0] if _lost else ""
    _lost.clear()
    return why


def _lose(problem: OSError) -> None:
    """From now on it ends nowhere, or Python would try again and complain."""
    _lost.append(problem.strerror or str(problem))
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
