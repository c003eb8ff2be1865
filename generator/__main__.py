"""`python -m generator …` is the same as `hocso …`. Ctrl-C is heard from here on, and answered with one line."""

from __future__ import annotations

import signal
import sys
import threading
from _thread import interrupt_main
from importlib.machinery import ExtensionFileLoader
from types import FrameType


class Stopped(KeyboardInterrupt):
    """By a name of its own: Python ends a program by the signal, whatever its code, once it saw the bare one come
    out of an `exec`, as there are in many imports."""


def stop(_: int, frame: FrameType | None) -> None:
    """Not while a compiled library is read in: C++ ends the program over what comes through it. Nor while the importer
    tidies up a lock, where it would be printed and lost. Then a moment later."""
    while frame:
        tidying = frame.f_code.co_name == "cb" and frame.f_code.co_filename.startswith("<frozen importlib")
        if tidying or isinstance(frame.f_locals.get("self"), ExtensionFileLoader):
            threading.Timer(0.02, interrupt_main).start()
            return
        frame = frame.f_back
    raise Stopped


_pressed: list[int] = []
"""What came while the commands were read in, which takes longer than a hand needs."""
if HEARD := signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else it is not for us
    signal.signal(signal.SIGINT, lambda number, _: _pressed.append(number))

from generator.cli import main, stopped  # noqa: E402


def start() -> int:
    try:
        if HEARD:
            signal.signal(signal.SIGINT, stop)
        return stopped() if _pressed else main()
    except KeyboardInterrupt:
        return stopped()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is left is the interpreter's own tidying up


if __name__ == "__main__":
    sys.exit(start())
