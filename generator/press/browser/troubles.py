"""What the driver says when the browser fails, in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Error

from generator.ground.errors import MissingProgramError


@contextmanager
def clear_errors() -> Iterator[None]:
    try:
        yield
    except Exception as problem:
        if isinstance(problem, Error) or type(problem) is Exception:  # bare when the driver has died
            raise broken(gist(problem)) from problem
        raise


def broken(why: str) -> MissingProgramError:
    return MissingProgramError(f"Trình duyệt không làm được: {why}", f"The browser failed: {why}")


def gist(problem: BaseException) -> str:
    """Playwright's messages run over many lines; the one that tells why is Chromium's own, if there."""
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
    own = [line for line in lines if re.search(r"(ERROR|FATAL):", line)]
    return (own or lines or [type(problem).__name__])[0][:300]
