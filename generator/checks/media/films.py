"""`phim:` names a film of the lesson's folder that every phone plays, or the whole address of one on a platform."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.checks.looking.matter import Matter
from generator.checks.structure.links import FILE as PLATFORMS
from generator.checks.structure.links import check_address, known_hosts
from generator.ground.files import decode_source, fold
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.lesson.markup import is_safe_address
from generator.handbook.model import Phrase
from generator.handbook.recorded.films import PLAYED, SUFFIX, captions_file, film_address, film_file, read_film
from generator.handbook.registries import ADDRESS

HEAVY, MOST = 20_000_000, 100_000_000
"""Bytes. A weak network takes minutes for the first; keepers of git refuse the second."""


def check(matter: Matter) -> Iterator[Finding]:
    for lesson in matter.handbook.lessons:
        film = lesson.office.film
        if film and (film_address(lesson) or not is_safe_address(film.text)):
            yield from _address(matter, film)
        elif film:
            yield from _file(matter, film, film_file(lesson))


# An address.


def _address(matter: Matter, film: Phrase) -> Iterator[Finding]:
    hosts = None if PLATFORMS in matter.reading.damaged else known_hosts(matter)
    wrong = list(check_address(matter, hosts, film.text, film.place))
    yield from wrong
    if not wrong and not ADDRESS.fullmatch(film.text):
        yield error(
            "film.address", film.place,
            (f"`{film.text}` không phải một địa chỉ trọn vẹn.", f"`{film.text}` is no whole address."),
            ("Mở phim, chép nguyên địa chỉ trên thanh địa chỉ vào đây.", "Open the film and copy its address."),
        )
    elif not wrong and _is_front_page(film.text):
        yield error(
            "film.front-page", film.place,
            (f"`{film.text}` là trang đầu của nền tảng, không phải địa chỉ một phim.",
             f"`{film.text}` is the front page of a platform, not a film."),
            ("Mở phim, chép nguyên địa chỉ của phim vào đây.", "Open the film and copy its own address."),
        )


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path.strip("/") == "" and not parts.query


# A file.


def _file(matter: Matter, film: Phrase, target: str) -> Iterator[Finding]:
    absent = _absent(matter, film, target)
    if absent:
        yield absent
        return
    folder = posixpath.dirname(film.place.file)
    if not target.startswith(f"{folder}/"):
        yield error(
            "film.outside", film.place,
            (f"Phim `{target}` nằm ngoài thư mục của bài.", f"The film `{target}` lies outside the topic's folder."),
            ("Chép tệp phim vào thư mục của bài, chỉ ghi tên tệp.", "Put it into the topic's folder; write its name."),
        )
        return
    unplayable = list(_unplayable(matter, film.place, target))
    yield from unplayable or _could_be_better(matter, film.place, target)


def _absent(matter: Matter, film: Phrase, target: str) -> Finding | None:
    if target in matter.files:
        return None
    other = matter.files_folded.get(target.casefold())
    if other:
        right = posixpath.relpath(other, posixpath.dirname(film.place.file))
        return error(
            "film.case", film.place,
            (f"`{film.text}` viết hoa, viết thường khác tên tệp.", f"`{film.text}` differs from the file's capitals."),
            (f"Viết `{right}`.", f"Write `{right}`."),
        )
    if _means_platform(matter, film.text):
        return error(
            "film.no-address", film.place,
            (f"`{film.text}` chưa phải địa chỉ đầy đủ của phim.", f"`{film.text}` is not the whole address of a film."),
            ("Mở phim, chép nguyên địa chỉ bắt đầu bằng https:// vào đây.", "Copy the film's address with https://."),
        )
    return error(
        "film.missing", film.place,
        (f"Không có tệp phim `{target}`.", f"There is no film `{target}`."),
        ("Chép tệp phim vào thư mục bài, hoặc bỏ dòng `phim`.", "Put the film in the topic's folder."),
    )


def _means_platform(matter: Matter, text: str) -> bool:
    """A platform's name, or an address without its beginning."""
    first = text.lstrip("/").split("/", 1)[0].lower().removeprefix("www.")
    names = {fold(platform.name) for platform in matter.handbook.platforms}
    return first in known_hosts(matter) or fold(text) in names


def _unplayable(matter: Matter, place: Place, target: str) -> Iterator[Finding]:
    path = matter.project.path(target)
    size = path.stat().st_size
    if not target.lower().endswith(SUFFIX):
        yield _no_film(place, f"`{target}` không phải tệp {SUFFIX}.", f"`{target}` is no {SUFFIX} file.")
    elif size > MOST:
        yield error(
            "film.huge", place,
            (f"Phim nặng {size // 1_000_000} MB, kho git không giữ nổi.",
             f"The film has {size // 1_000_000} MB, more than git's keepers take."),
            ("Nén còn dưới 20 MB, hoặc đưa phim lên một nền tảng rồi ghi địa chỉ.",
             "Compress it to 20 MB, or put it on a platform and write its address."),
        )
    elif not size:
        yield _no_film(place, f"Tệp phim `{target}` trống.", f"The film `{target}` is empty.")
    elif (film := read_film(path)) is None or not film.codec:
        yield _no_film(place, f"`{target}` không phải phim, hoặc chép chưa hết.", f"`{target}` is no whole film.")


def _no_film(place: Place, vi: str, en: str) -> Finding:
    return error(
        "film.kind", place, (vi, en),
        ("Xuất phim lại dạng .mp4 (H.264), mở xem thử rồi chép vào thư mục bài.",
         "Export it as .mp4 (H.264), look at it, then put it into the topic's folder."),
    )


def _could_be_better(matter: Matter, place: Place, target: str) -> Iterator[Finding]:
    path = matter.project.path(target)
    size, film = path.stat().st_size, read_film(path)
    if size > HEAVY:
        yield warning(
            "film.heavy", place,
            (f"Phim nặng {size // 1_000_000} MB; mạng yếu chờ rất lâu, bản USB cũng nặng theo.",
             f"The film has {size // 1_000_000} MB; a weak network takes minutes for it."),
            ("Nén còn dưới 20 MB (cao 720 điểm là đủ), hoặc đưa lên một nền tảng rồi ghi địa chỉ.",
             "Compress it to 20 MB (720 lines are enough), or put it on a platform and write its address."),
        )
    if film and film.codec not in PLAYED:
        yield warning(
            "film.codec", place,
            (f"Phim nén kiểu `{film.codec}`, nhiều máy cũ không mở được.",
             f"The film is encoded as `{film.codec}`, which many old phones cannot play."),
            ("Xuất lại kiểu H.264. Quay bằng iPhone thì chọn Định dạng: Tương thích nhất.", "Export it as H.264."),
        )
    yield from _captions(matter, place, captions_file(target))


def _captions(matter: Matter, place: Place, target: str) -> Iterator[Finding]:
    if target not in matter.files:
        yield warning(
            "film.captions", place,
            ("Phim chưa có phụ đề cho người nghe kém.", "The film has no captions for those who hear badly."),
            (f"Đặt tệp phụ đề `{posixpath.basename(target)}` bên cạnh phim.",
             f"Put captions `{posixpath.basename(target)}` beside it."),
        )
        return
    source = decode_source(target, matter.project.path(target).read_bytes())
    if isinstance(source, Finding):
        yield source
    elif not source.text.startswith("WEBVTT"):
        yield error(
            "film.no-captions", Place(target),
            (f"`{target}` không phải tệp phụ đề.", f"`{target}` is no file of captions."),
            ("Dòng đầu phải là `WEBVTT`. Xuất lại phụ đề dạng .vtt.", "Its first line must be `WEBVTT`."),
        )
