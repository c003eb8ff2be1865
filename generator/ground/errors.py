"""Errors for the machine and the programmer; what an editor wrote is a finding, never one of these."""

from __future__ import annotations

from generator.ground.findings import Finding, Text, in_words


class HocsoError(Exception):
    """Ends a command with one clear line. `exit_code` is what the command returns."""

    exit_code = 2

    def __init__(self, vi: str, en: str) -> None:
        self.text = Text(vi, en)
        super().__init__(vi, en)  # both: a worker's error is made anew where it is told

    def __str__(self) -> str:
        return str(self.text)


class UsageError(HocsoError):
    """The command line names something that does not exist."""


class MissingProgramError(HocsoError):
    """A program this work needs is not on the machine."""


class BrowserError(MissingProgramError):
    """The browser or what steers it is not there, does not start, has died, or gives no answer."""


class DiskError(HocsoError):
    """A folder cannot be read or written, or the disk is full."""


class ClusterError(HocsoError):
    """Workers, their scheduler or the store they share do not do what was asked."""


class ContentError(HocsoError):
    """The content has errors; the findings have been shown."""

    exit_code = 1


class ProofError(HocsoError):
    """A finished page is not what it should be, so nothing is published."""

    exit_code = 1


class RefusedError(ProofError):
    """What was made is no paper for anybody, and an editor can mend that: a finding as good as any of `check`."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(*in_words(finding))
        self.finding = finding
        self.args = (finding,)
