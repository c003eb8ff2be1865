"""What a reader found sound is not judged again, and nothing goes unseen for that."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from generator.press import judge
from generator.press.binder.thin import Thin, thinned
from generator.proof.heard import prove_heard
from generator.proof.memory import MOST, Memory
from tests.proof import spoilers as s
from tests.proof.house import House
from tests.proof.spoilers import spoiled

READ, LEAFLET = "print/booklets/nguoi-cao-tuoi-a5.pdf", "print/leaflets/quet-ma-qr.pdf"
LESSON = 5


def lose_letter(pdf: pikepdf.Pdf, _page: Any) -> None:
    """A font says of one letter no more what it stands for: what shows it cannot be heard."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
            said = thing.ToUnicode.read_bytes()
            thing.ToUnicode.write(re.sub(rb"^<[0-9A-F]{4}> <0061>\n", b"", said, flags=re.MULTILINE).replace(
                b"100 beginbfchar", b"99 beginbfchar", 1))


def no_letter(pdf: pikepdf.Pdf, page: Any) -> None:
    """One letter becomes the font's empty box."""
    drawn = b"\n".join(stream.read_bytes() for stream in page.Contents)
    page.Contents = pdf.make_stream(re.sub(rb"<[0-9A-F]{4}", b"<0000", drawn, count=1))


def untagged(pdf: pikepdf.Pdf, page: Any) -> None:
    page.contents_add(pdf.make_stream(b"\n0 0 m 100 100 l S\n"))


SPOILS = {"a letter that is none": no_letter, "words as decoration": s.hide_words, "a picture without words": s.mute,
          "a page without tags": s.lose_tags, "an empty page": s.blank, "a font that lost a letter": lose_letter,
          "a stroke under no tag": untagged, "fonts left out": s.strip_fonts}


@pytest.fixture(scope="module")
def known(four: House) -> Memory:
    """Of who has judged the sound ones."""
    memory = Memory()
    assert not [*prove_heard(four.papers[READ], memory), *prove_heard(four.papers[LEAFLET], memory)]
    return memory


@pytest.mark.browser
@pytest.mark.parametrize("spoil", SPOILS)
def test_the_verdict_is_that_of_who_remembers_nothing(spoil: str, four: House, known: Memory) -> None:
    data = spoiled(four.papers[READ], LESSON, SPOILS[spoil])
    faults = [*prove_heard(data, known)]
    assert faults and faults == [*prove_heard(data)]
    assert [*prove_heard(data, known)] == faults, "what is wrong was remembered as sound"


@pytest.mark.browser
def test_each_drawing_is_judged_once(four: House, known: Memory) -> None:
    """The lesson's pages, and what stands on their edges, are the same in the next book."""
    data = four.papers[READ]
    thin, none = _thin(data, known.__contains__), _thin(data, lambda _name: False)
    assert none.data == data and len(none.fresh) > 10 and not thin.fresh
    assert _drawn(thin.data) < _drawn(data) / 4 and judge.breaches(thin.data) == []
    with pikepdf.open(io.BytesIO(thin.data)) as left, pikepdf.open(io.BytesIO(data)) as whole:
        assert len(left.pages) == len(whole.pages)
        assert left.Root.StructTreeRoot.K.K.__len__() == whole.Root.StructTreeRoot.K.K.__len__()


@pytest.mark.browser
def test_what_a_drawing_draws_with_is_part_of_it(four: House) -> None:
    """The same strokes with another picture in their place are another drawing."""

    def other_tape(_pdf: pikepdf.Pdf, page: Any) -> None:
        tape = page.Resources.XObject["/Tape"]
        tape.write(tape.read_bytes() + b"\n0 0 1 1 re f\n")

    data = spoiled(four.papers[LEAFLET], 1, other_tape)
    assert len(_thin(data, lambda _name: False).fresh - _thin(four.papers[LEAFLET], lambda _name: False).fresh) == 2


def _thin(data: bytes, is_judged: Callable[[str], bool]) -> Thin:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return thinned(pdf, data, is_judged)


def _drawn(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return sum(len(stream.read_bytes()) for page in pdf.pages for stream in (
            [page.Contents] if isinstance(page.Contents, pikepdf.Stream) else list(page.Contents)))


def test_readers_share_what_they_found(tmp_path: Path) -> None:
    one, other = Memory(tmp_path, "m"), Memory(tmp_path, "m")
    one.add(["a", "b"])
    assert "a" in one and one.take() == ["a", "b"] and one.take() == [] and "a" not in other
    one.write(["a", "b"])
    other.write(["c"])
    assert [name for name in "abcd" if name in Memory(tmp_path, "m")] == ["a", "b", "c"]
    assert "a" not in Memory(tmp_path, "other code")
    one.write([f"{number:05}" for number in range(MOST)])
    assert "a" not in Memory(tmp_path, "m") and "00000" in Memory(tmp_path, "m")


def test_what_is_torn_is_no_memory(tmp_path: Path) -> None:
    Memory(tmp_path, "m").write(["a"])
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"b")
    assert "a" not in Memory(tmp_path, "m") and "b" not in Memory(tmp_path, "m")
