"""Pictures: inside `content/`, there with the same capitals, of a kind browsers know, with words for the blind."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from generator.checks.looking.matter import Matter
from generator.checks.looking.places import right_case
from generator.ground.findings import Finding, error, warning
from generator.handbook.keys import PICTURE_SUFFIXES
from generator.handbook.lesson.lessons import Scraps
from generator.handbook.model import Picture, Scene, Topic


def check(matter: Matter) -> Iterator[Finding]:
    for parts in matter.lessons:
        for picture in parts.pictures:
            yield from _picture(matter, picture)
        if isinstance(parts.lesson, Topic | Scraps):
            for scene in parts.lesson.clip:
                yield from _scene_file(matter, parts.lesson, scene)


def _picture(matter: Matter, picture: Picture) -> Iterator[Finding]:
    if "://" in picture.file or picture.file.startswith(("/", "data:")) or not picture.file.startswith("content/"):
        yield error(
            "image.outside", picture.place,
            (f"Hình `{picture.file}` nằm ngoài thư mục content.", f"`{picture.file}` lies outside content/."),
            ("Chép hình vào thư mục của bài và ghi tên tệp.", "Put the picture in the topic's folder."),
        )
        return
    absent = list(_exists(matter, picture))
    yield from absent
    if not absent and not picture.file.lower().endswith(PICTURE_SUFFIXES):
        yield error(
            "image.kind", picture.place,
            (f"`{picture.file}` không phải loại hình dùng được.", f"`{picture.file}` is no kind of picture we use."),
            ("Dùng .png, .jpg, .svg hoặc .webp.", "Use .png, .jpg, .svg or .webp."),
        )
    if not picture.alt:
        yield error(
            "image.alt", picture.place,
            ("Hình chưa có lời tả cho người không nhìn thấy.", "The picture has no words for those who cannot see."),
            ("Viết lời tả trong ngoặc vuông: `![bác cầm tờ rơi](to-roi.png)`.", "Write them in the brackets."),
        )


def _exists(matter: Matter, picture: Picture) -> Iterator[Finding]:
    if picture.file in matter.files:
        return
    other = matter.files_folded.get(picture.file.casefold())
    if other:
        name = posixpath.basename(other)
        yield error(
            "image.case", picture.place,
            (f"`{picture.file}` viết hoa, viết thường khác tên tệp.", f"`{picture.file}` differs in capitals."),
            (f"Viết `{name}`.", f"Write `{name}`."),
            right_case(matter.lines_of(picture.place.file), picture.place, other),
        )
        return
    yield error(
        "image.missing", picture.place,
        (f"Không có hình `{picture.file}`.", f"There is no picture `{picture.file}`."),
        ("Chép hình vào thư mục của bài, hoặc sửa tên.", "Put the picture in the topic's folder or mend its name."),
    )


def _scene_file(matter: Matter, topic: Topic | Scraps, scene: Scene) -> Iterator[Finding]:
    if scene.kind != "file":
        return
    target = posixpath.normpath(posixpath.join(posixpath.dirname(topic.place.file), scene.file))
    tell = error if matter.release else warning
    if target not in matter.files:
        yield tell(
            "clip.file", scene.words.place,
            (f"Không có tệp hình `{target}` của phim.", f"There is no file `{target}` for this scene."),
            ("Chép tệp vào thư mục bài, hoặc dùng `bước 1`, `nhớ`…", "Put it in the topic's folder or use `bước 1`…"),
        )
    elif not target.lower().endswith(PICTURE_SUFFIXES):
        yield tell(
            "clip.file", scene.words.place,
            (f"`{scene.file}` không phải hình; phim chỉ dùng hình chụp, hình vẽ.", f"`{scene.file}` is no picture."),
            ("Dùng .png, .jpg, .svg hoặc .webp. Phim quay sẵn thì ghi ở `phim:` đầu bài.",
             "Use .png, .jpg, .svg or .webp; a film goes under `phim:`."),
        )
