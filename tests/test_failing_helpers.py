"""Programs that help us may be missing, die, hang or answer rubbish, before a build, at its first question or in the
middle: what stands published stays, what cannot be made is named, and the exit code is 0 only when all stands."""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from generator import cli, workshop
from generator.engine.items import Bench, Desk, Item, Result
from generator.ground.findings import Place
from generator.press import film, fonts, sound, voice, which_browser
from generator.press.browser import sheet, window
from generator.proof import made as proofs
from tests.projects import make_project

pytestmark = [
    pytest.mark.long,
    pytest.mark.browser,
    pytest.mark.skipif(os.name == "nt", reason="the programs that play others are shell scripts"),
]
MOMENTS = {"before": 0, "first": 1, "later": 3}
"""Which of the questions to it is the first that goes wrong; 0: it says not even its version."""
SPOKEN = ("Bà con ơi!", "Gọi lại.", "Cúp máy.")
FILES = {"qr/1041.svg", "print/posters/one-1200x630.png", "print/posters/two-1200x630.png",
         "print/posters/three-1200x630.png", "clips/one.mp4", "site/index.html"}
"""What the small house makes: from the simplest to what is handed all others."""
RUBBISH = """eval last=\\${$#}
case $last in -*) ;; *) echo rubbish > "$last";; esac
echo RIFF rubbish
exit 0"""
"""On its standard output, and in the file it was to make."""
WRONG = {
    "exits": "exit 1",
    "is killed": "kill -9 $$",
    "hangs": "exec sleep 3600",
    "says rubbish": RUBBISH,
    "says nothing": "exit 0",
}


@dataclass
class House:
    """A small project whose few items ask every helper, each three times and more."""

    root: Path
    state: int = 1
    """What an editor last saved."""
    turn: int = 0
    """All items are made anew each time, also when they were made of the same before."""
    clean: dict[int, Mapping[str, bytes]] = field(default_factory=dict)
    """What a house that never failed makes, by state."""
    act: dict[str, Callable[[int], None]] = field(default_factory=dict)
    """What happens to a helper at its n-th question."""
    count: dict[str, int] = field(default_factory=dict)
    others: set[int] = field(default_factory=set)
    """Drivers of other tests."""

    def at(self, helper: str) -> None:
        self.count[helper] = self.count.get(helper, 0) + 1
        if act := self.act.get(helper):
            act(self.count[helper])

    def items(self, _desk: Desk, _wanted: object = ()) -> list[Item]:
        def item(name: str, make: Callable[[Bench], Result], needs: tuple[str, ...] = (), paper: bool = True) -> Item:
            return Item(name.partition(":")[0], name, f"{name} {self.state} {self.turn}", make, (), needs, paper)

        posters = [item(f"poster:{name}", partial(self.poster, name)) for name in ("one", "two", "three")]
        clips = [item(f"clip:{name}", partial(self.clip, name)) for name in ("one",)]
        before = tuple(item.name for item in (*posters, *clips))
        return [item("qr:1041", lambda _: Result({"qr/1041.svg": f"<svg>{self.state}</svg>".encode()}), paper=False),
                *posters, *clips, item("site:all", self.site, before, paper=False)]

    def poster(self, name: str, bench: Bench) -> Result:
        self.at("browser")
        sheet = bench.browser.warm_sheet("p{font:20px Roboto}")
        sheet.fill(f"<p style='width:{fonts.text_width(name, 20)}px'>{name} {self.state}</p>"
                   f"<!-- {self.turn} -->", name)
        return Result({f"print/posters/{name}-1200x630.png": sheet.png(120, 63)})

    def clip(self, name: str, bench: Bench) -> Result:
        sheet = bench.browser.warm_sheet("p{font:20px Roboto}")
        sheet.fill(f"<p>{name} {self.state}</p><!-- {self.turn} -->", name)
        spoken, kind = voice.Speaker(where=Place("mkdocs.yml")).speak(SPOKEN)
        scenes = [film.encode_scene([film.Still(sheet.png(120, 64), 12)]) for _ in range(2)]
        data = film.join_film(scenes, film.encode_sound(sound.cut(sound.join(spoken), 0, 2)))
        film.last_frame(data)
        return Result({f"clips/{name}.mp4": data}, {"voice": voice.VOICE_NAMES[kind]})

    def site(self, bench: Bench) -> Result:
        told = sorted(path for handed in bench.needed.values() for path in handed.sizes)
        return Result({"site/index.html": f"{self.state} {told}".encode()})

    def build(self) -> int:
        """As somebody types it, in a process that has asked no helper anything yet."""
        for known in (film.find_ffmpeg, film.film_version, voice.find_espeak, voice.espeak_version, voice._espeak,
                      which_browser._version, fonts._widths, fonts.face):
            cast(Any, known).cache_clear()
        self.count = {}
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HOCSO_LANG", "en")
            self.others = {*_drivers()}
            with ThreadPoolExecutor(1) as alone:  # a thread of its own has a driver of its own
                return alone.submit(cli.main, ["-C", str(self.root), "build"]).result()

    @property
    def dist(self) -> Mapping[str, bytes]:
        dist = self.root / "dist"
        found = {path.relative_to(dist).as_posix(): path.read_bytes() for path in dist.rglob("*") if path.is_file()}
        return {path: data for path, data in found.items() if path in FILES}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all rows: both states were built well, the first stands published."""
    with pytest.MonkeyPatch.context() as patch:
        yield furnish(tmp_path_factory.mktemp("house"), patch)


def furnish(folder: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    for name in ("HOCSO_BROWSER", "HOCSO_NO_VOICE", "IMAGEIO_FFMPEG_EXE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    made = House(make_project(folder))
    monkeypatch.setattr(workshop, "plan", made.items)
    monkeypatch.setattr(workshop, "standard", lambda: ("qr", "poster", "clip", "site"))
    for made.state in (2, 1):
        assert made.build() == 0
        assert made.dist.keys() == FILES
        made.clean[made.state] = made.dist
    return made


@pytest.fixture
def house(furnished: House) -> House:
    """With a good build published, whatever the row before has left."""
    furnished.act.clear()
    if furnished.dist != furnished.clean[furnished.state]:
        assert furnished.build() == 0
    return furnished


# How each helper fails. A row is asked at which question to begin; it tells nothing, the house shows what came of it.


Patch = pytest.MonkeyPatch
Break = Callable[[House, int, Path, Patch], None]


def played(helper: str, real: str, how: str, question: int, folder: Path) -> Path:
    """A script that plays a program well until the n-th question, and from then on badly."""
    folder.mkdir(exist_ok=True)
    script, count = folder / helper, folder / f"{helper}.count"
    script.write_text(f"""#!/bin/sh
case "$*" in *-version*) test {question} -gt 0 && exec "{real}" "$@";; esac
echo $$ >> "{count}"
test {question} -gt 0 -a "$(wc -l < "{count}")" -lt {max(question, 1)} && exec "{real}" "$@"
{how}
""", "utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


def ffmpeg(how: str) -> Break:
    def harm(_house: House, question: int, folder: Path, patch: Patch) -> None:
        patch.setattr(film, "SECONDS", 5)
        patch.setattr(film, "ASK_SECONDS", 2)
        patch.setenv("IMAGEIO_FFMPEG_EXE", str(played("ffmpeg", film.find_ffmpeg(), how, question, folder)))
    return harm


def espeak(how: str) -> Break:
    def harm(_house: House, question: int, folder: Path, patch: Patch) -> None:
        patch.setattr(voice, "ESPEAK_SECONDS", 3)
        played("espeak-ng", voice.find_espeak(), how, question, folder)
        patch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return harm


def chromium(how: str) -> Break:
    """It is started once a build, and again when it has died."""
    def harm(house: House, question: int, folder: Path, patch: Patch) -> None:
        patch.setattr(window, "START_SECONDS", 5)
        real = str(which_browser.find_browser())
        patch.setenv("HOCSO_BROWSER", str(played("chromium", real, how, min(question, 2), folder)))
        if question > 1:
            house.act["browser"] = lambda count: end(int(_pids(folder)[0]), signal.SIGKILL) if count == 2 else None
    return harm


def no_chromium(_house: House, question: int, _folder: Path, patch: Patch) -> None:
    """From the start, or gone since its version was asked, or just before it is started."""
    found = iter([which_browser.find_browser()] * min(question, 2))
    patch.setattr(which_browser, "_candidates", lambda: iter(filter(None, [next(found, None)])))


def ending(kind: signal.Signals) -> Break:
    """The browser that runs; the next one is well again."""
    def harm(house: House, question: int, folder: Path, patch: Patch) -> None:
        real = str(which_browser.find_browser())
        patch.setenv("HOCSO_BROWSER", str(played("chromium", real, "", 99, folder)))

        def act(count: int) -> None:
            if count == max(question, 2):
                if kind == signal.SIGSTOP:
                    patch.setattr(sheet, "MOST_SECONDS", 2.0)
                end(int(_pids(folder)[0]), kind)

        def ended(browser: Any) -> None:
            patch.setattr(sheet, "MOST_SECONDS", 900.0)
            real_end(browser)

        real_end = window.Browser.end
        patch.setattr(window.Browser, "end", ended)
        house.act["browser"] = act
    return harm


def no_driver(house: House, question: int, _folder: Path, _patch: Patch) -> None:
    """Killed while the browser it steers is asked something."""
    def act(count: int) -> None:
        if count == max(question, 2):
            drivers = {*_drivers()} - house.others
            assert drivers
            for pid in drivers:
                end(pid, signal.SIGKILL)

    house.act["browser"] = act


def driver_anew(variable: str, value: str) -> Break:
    """It does not start, or not again once it was killed."""
    def harm(house: House, question: int, folder: Path, patch: Patch) -> None:
        if question < 2:
            patch.setenv(variable, value)
            return
        patch.setitem(house.act, "browser", lambda count: again(count == question))

        def again(now: bool) -> None:
            if now:
                patch.setenv(variable, value)
                for pid in {*_drivers()} - house.others:
                    end(pid, signal.SIGKILL)
    return harm


def readers(kind: signal.Signals) -> Break:
    def harm(house: House, question: int, _folder: Path, patch: Patch) -> None:
        patch.setattr(proofs, "READ_SECONDS", 3.0)
        patch.setattr(proofs, "FEW", -1)
        real = proofs.Proofreader.take
        taken = [0]

        def take(reader: proofs.Proofreader, made: Any) -> None:
            real(reader, made)
            taken[0] += 1
            if taken[0] > question:
                for child in multiprocessing.active_children():
                    end(cast(int, child.pid), kind)

        patch.setattr(proofs.Proofreader, "take", take)
    return harm


def font(bad: bool) -> Break:
    def harm(house: House, question: int, folder: Path, patch: Patch) -> None:
        folder.mkdir(exist_ok=True)
        (folder / "bad.ttf").write_bytes(b"rubbish" * 99)
        name = str(folder / ("bad.ttf" if bad else "gone.ttf"))

        def act(count: int) -> None:
            if count >= question:
                patch.setitem(fonts.FACES, 400, name)
                fonts._widths.cache_clear()

        house.act["browser"] = act
    return harm


def end(pid: int, kind: signal.Signals) -> None:
    os.kill(pid, kind)


def _pids(folder: Path) -> list[str]:
    return (folder / "chromium.count").read_text("utf-8").split()


def _drivers() -> list[int]:
    """Processes we started that are no Python and no browser of ours: Playwright's."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, rest = status.read_text("utf-8", "replace").partition("(")[2].rpartition(")")
            if int(rest.split()[1]) == os.getpid() and name.startswith(("node", "MainThread")):
                found.append(int(status.parent.name))
    return found


@dataclass(frozen=True)
class Row:
    harm: Break
    named: str
    """Stands in what is told."""
    heals: bool = False
    """The build does without it, or gets it again: all stands in the end."""


ROWS: dict[str, Row] = {
    **{f"ffmpeg {name}": Row(ffmpeg(how), "ffmpeg") for name, how in WRONG.items()},
    "ffmpeg is not there": Row(ffmpeg("exit 127"), "ffmpeg"),
    **{f"espeak-ng {name}": Row(espeak(how), "espeak-ng") for name, how in WRONG.items()},
    **{f"the browser {name}": Row(chromium(how), "chromium") for name, how in WRONG.items()},
    "the browser is not there": Row(no_chromium, "rowser"),
    "the browser dies once": Row(ending(signal.SIGKILL), "", heals=True),
    "the browser stops answering": Row(ending(signal.SIGSTOP), "", heals=True),
    "its driver dies": Row(no_driver, "", heals=True),
    "its driver does not start": Row(driver_anew("PLAYWRIGHT_NODEJS_PATH", "/bin/false"), "PLAYWRIGHT_NODEJS_PATH"),
    "its driver is not there": Row(driver_anew("PLAYWRIGHT_NODEJS_PATH", "/nowhere"), "PLAYWRIGHT_NODEJS_PATH"),
    "its driver is told rubbish": Row(driver_anew("NODE_OPTIONS", "--junk"), "NODE_OPTIONS"),
    "a reader of papers dies": Row(readers(signal.SIGKILL), "", heals=True),
    "a reader of papers stops": Row(readers(signal.SIGSTOP), "", heals=True),
    "a font is not there": Row(font(bad=False), "gone.ttf"),
    "a font is rubbish": Row(font(bad=True), "bad.ttf"),
}
CASES = [(name, moment) for name in ROWS for moment in MOMENTS]
ASKED = CASES if os.environ.get("HOCSO_PROVE") == "1" else [
    (name, [*MOMENTS][index % len(MOMENTS)]) for index, name in enumerate([*[*ROWS][:-3:3], [*ROWS][-1]])]
"""In `make test` a third of the failures, each at another moment."""


def test_there_are_twenty_failures_at_three_moments() -> None:
    assert len(ROWS) >= 20 and len(CASES) >= 60


@pytest.mark.wide
@pytest.mark.parametrize(("name", "moment"), ASKED)
def test_what_stands_stays_and_what_is_lacking_is_named(
    name: str, moment: str, house: House, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    row, before = ROWS[name], house.dist
    house.state, house.turn = 3 - house.state, house.turn + 1
    clean = house.clean[house.state]
    with pytest.MonkeyPatch.context() as patch:
        row.harm(house, MOMENTS[moment], tmp_path / "bad", patch)
        capfd.readouterr()
        code = house.build()
    told = "".join(capfd.readouterr())
    assert "Traceback" not in told
    assert house.dist.keys() == FILES, "nothing leaves dist"
    mixed = {path for path, data in house.dist.items() if data not in (before[path], clean[path])}
    assert {path for path in mixed if path != "site/index.html"} == set(), "nothing half made is published"
    assert row.named in told
    if name == "the browser is not there" and moment == "before":
        assert code == 0 and "No papers: there is no browser here." in told  # README: all that needs none is made
    else:
        assert (code == 0) is (house.dist == clean), told
        assert code == (0 if row.heals else 2), told
    house.act.clear()
    assert house.build() == 0
    assert house.dist == clean, "what was made without a helper is not kept in its place"
