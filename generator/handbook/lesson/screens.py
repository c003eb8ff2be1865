"""A phone screen as an editor writes it: one row a line, read into a `Screen`, told in words for those
who cannot see it. Drawing it is the press's work."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.ground.files import fold
from generator.ground.findings import Finding, Place, error, warning
from generator.handbook.mistakes import spelled
from generator.handbook.model import Row, Screen

TAP = "=>"
SEEN = "đã xem"
UNSURE = "…"
"""As a text: nobody is certain of the label, so it is drawn as a grey bar."""
ICONS = "biểu tượng"
SWITCH = "công tắc"
SWITCH_STATES = ("bật", "tắt")
MOST_ROWS = 7
MOST_LETTERS = 72
"""Three lines of 24 letters."""
UNSURE_IN_WORDS = "(chữ tùy máy)"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a row may be."""

    name: str
    doc: str
    alt: str
    """How the row is told, `{text}` in it."""
    alt_value: str = ""
    """The same with `{value}`; empty means: this kind has no value and ` = ` is plain text."""
    noun: str = ""
    """What `Bấm vào …` calls it; empty means its name."""

    @property
    def has_value(self) -> bool:
        return bool(self.alt_value)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("ứng dụng", "tên ứng dụng, ở thanh trên cùng", "ứng dụng {text}", noun="tên ứng dụng"),
        Kind("trang", "địa chỉ trang web, ở thanh trên cùng", "thanh địa chỉ {text}", noun="thanh địa chỉ"),
        Kind("tên", "chữ đậm đầu màn hình", "đầu đề “{text}”", noun="đầu đề"),
        Kind("chữ", "dòng chữ thường", "dòng chữ “{text}”", noun="dòng chữ"),
        Kind("ô", "ô để điền: nhãn = điều đã điền", "ô {text}", "ô {text}, đã điền {value}"),
        Kind("nút", "nút bấm", "nút {text}"),
        Kind("mục", "một dòng trong danh sách", "mục {text}"),
        Kind("hình", "hình nhỏ để bấm: tên hình = chữ cạnh", "hình {text}", "hình {text} có chữ {value}"),
        Kind("tin đến", "tin nhắn nhận được: ai = lời", "tin đến “{text}”", "tin của {text}: “{value}”"),
        Kind("tin đi", "tin nhắn mình gửi", "tin mình gửi “{text}”", noun="tin mình gửi"),
        Kind(SWITCH, "công tắc gạt: nhãn = bật hoặc tắt", "công tắc {text}", "công tắc {text} đang {value}"),
        Kind("báo", "bảng hiện giữa màn hình, phải trả lời", "bảng báo “{text}”", noun="bảng báo"),
        Kind("dòng báo", "dòng báo hiện ra rồi mất", "dòng báo {text}"),
        Kind("phim", "khung phim có nút xem", "phim {text}"),
        Kind("mã QR", "mã QR, chỉ để nhìn, không máy nào quét ra", "mã QR của {text}"),
        Kind("khóa", "màn hình khóa: giờ = ngày", "màn hình khóa, đồng hồ {text}",
             "màn hình khóa, đồng hồ {text}, {value}", "màn hình khóa"),
        Kind(ICONS, "biểu tượng ứng dụng, cách nhau bằng |, => trước cái cần bấm", "biểu tượng {text}"),
        Kind("tiến trình", "thanh chạy: nhãn = phần trăm", "thanh chạy {text}",
             "thanh chạy {text}, được {value}", "thanh chạy"),
        Kind("xong", "báo đã làm được", "dấu tích “{text}”", noun="dấu tích"),
        Kind("lỗi", "báo chưa làm được", "báo lỗi “{text}”", noun="báo lỗi"),
        Kind("bản đồ", "bản đồ có ghim chỉ chỗ", "bản đồ, ghim ở {text}"),
        Kind("cuộc gọi", "cuộc gọi đến: ai = số", "cuộc gọi từ {text}", "cuộc gọi từ {text}, số {value}"),
        Kind("thư", "thư điện tử: ai gửi = tên thư", "thư “{text}”", "thư của {text}: “{value}”"),
        Kind("máy ảnh", "khung ngắm: điều máy nhìn thấy", "khung ngắm có {text}", noun="khung ngắm"),
    )
}
_BY_FOLD = {fold(name): name for name in (*KINDS, SEEN)}


def icons_of(row: Row) -> tuple[str, ...]:
    """The names in a row of icons."""
    return tuple(name.strip() for name in row.text.split("|") if name.strip())


def read_screen(lines: Sequence[str], first: Place) -> tuple[Screen | None, list[Finding]]:
    """The rows between the fences; `first` is where the first line begins, its indentation included.

    A row that cannot be understood is left out with a finding, so the others can still be drawn."""
    findings: list[Finding] = []
    rows: list[Row] = []
    seen = ""
    seen_at: Place | None = None
    for line, place in _written(lines, first):
        if seen_at:
            findings.append(_seen_not_last(seen_at))
            seen_at = None
        row = _read_row(line, place, findings)
        if row and row.kind == SEEN:
            seen, seen_at = row.text, place
        elif row:
            rows.append(row)
    findings += _check_rows(rows, first)
    return (Screen(tuple(rows), seen, first) if rows else None), findings


def _written(lines: Sequence[str], first: Place) -> Iterator[tuple[str, Place]]:
    for index, line in enumerate(lines):
        if line.strip():
            indent = len(line) - len(line.lstrip())
            yield line.strip(), Place(first.file, first.line + index, first.column + indent)


def _read_row(line: str, place: Place, findings: list[Finding]) -> Row | None:
    tap = line.startswith(TAP)
    content = line.removeprefix(TAP).lstrip() if tap else line
    name, colon, text = content.partition(": ")
    if not colon and content.endswith(":"):
        name, colon = content[:-1], ":"
    at = Place(place.file, place.line, place.column + len(line) - len(content))
    if not colon:
        findings.append(_no_colon(content, at))
        return None
    kind = " ".join(name.split())
    known = next((k for k in (*KINDS, SEEN) if k.casefold() == kind.casefold()), None)
    if not known:
        findings.append(_unknown_kind(kind, at))
        return None
    if not text.strip():
        findings.append(_row_empty(known, at))
        return None
    return _build_row(known, text.strip(), tap, place, findings)


def _build_row(kind: str, text: str, tap: bool, place: Place, findings: list[Finding]) -> Row:
    if kind == ICONS:
        row = _icon_row(text, tap, place, findings)
    elif kind in KINDS and KINDS[kind].has_value:
        label, _, value = text.partition(" = ")
        row = Row(kind, _label(label.removesuffix(" =")), _label(value), tap, place)
    else:
        row = Row(kind, _label(text), "", tap, place)
    if kind == SWITCH and row.value.casefold() not in SWITCH_STATES:
        findings.append(_switch_state(row))
    if letters_in(row) > MOST_LETTERS and kind != SEEN:
        findings.append(_row_too_long(row))
    return row


def _label(text: str) -> str:
    return UNSURE if text.strip() == "..." else text.strip()


def _icon_row(text: str, tap: bool, place: Place, findings: list[Finding]) -> Row:
    """Its value is the icon to tap, kept out of the text."""
    names = [name.strip() for name in text.split("|") if name.strip()]
    marked = [name.removeprefix(TAP).strip() for name in names if name.startswith(TAP)]
    names = [name.removeprefix(TAP).strip() for name in names]
    if tap and not marked:
        marked = names[:1]
        if len(names) > 1:
            findings.append(_which_icon(names, place))
    if not names:
        findings.append(_row_empty(ICONS, place))
    if len(marked) > 1:
        findings.append(_two_taps(place))
    return Row(ICONS, " | ".join(names), marked[0] if marked else "", bool(marked), place)


def letters_in(row: Row) -> int:
    """The longer of label and value; what stands in `{{ … }}` has no length yet."""
    parts = icons_of(row) if row.kind == ICONS else (row.text, row.value)
    return max((len(re.sub(r"\{\{[^{}]*+\}\}", "", part)) for part in parts), default=0)


def _check_rows(rows: Sequence[Row], first: Place) -> Iterator[Finding]:
    if not rows:
        yield error(
            "screen.empty", first,
            ("Màn hình không có dòng nào vẽ được.", "The screen has no row that can be drawn."),
            ("Viết mỗi dòng một thứ thấy trên máy, ví dụ `nút: Quét mã`.",
             "Write what the phone shows, one row a line, such as `nút: Quét mã`."),
        )
    if len(rows) > MOST_ROWS:
        yield error(
            "screen.too-many-rows", rows[MOST_ROWS].place,
            (f"Màn hình có {len(rows)} dòng, nhiều nhất {MOST_ROWS}.", f"{len(rows)} rows, {MOST_ROWS} at most."),
            ("Chỉ giữ những dòng bà con cần nhìn ở bước này.", "Keep only the rows this step needs."),
        )
    for row in [row for row in rows if row.tap][1:]:
        yield _two_taps(row.place)


def _two_taps(place: Place) -> Finding:
    return error(
        "screen.two-taps", place,
        ("Màn hình có hơn một dấu `=>`.", "The screen has more than one `=>`."),
        ("Giữ một `=>`; bấm hai chỗ thì tách thành hai bước.", "Keep one `=>`; two taps are two steps."),
    )


def _seen_not_last(place: Place) -> Finding:
    return error(
        "screen.seen-not-last", place,
        ("Dòng `đã xem` phải là dòng cuối của màn hình.", "`đã xem` must be the screen's last row."),
        ("Chuyển dòng này xuống cuối, ngay trên ba dấu `.", "Move it to the end, above the closing fence."),
    )


def _no_colon(content: str, place: Place) -> Finding:
    folded = fold(content)
    starts = sorted((k for k in _BY_FOLD if re.match(rf"{re.escape(k)}(?!\w)", folded)), key=len)
    kind = _BY_FOLD[starts[-1]] if starts else "chữ"
    rest = content[len(kind):].lstrip(" :=") if starts else content
    return error(
        "screen.no-colon", place,
        (f"Dòng “{content}” thiếu dấu hai chấm và dấu cách.", f"The row “{content}” has no colon and space."),
        (f"Viết `{kind}: {rest or UNSURE}`.", f"Write `{kind}: {rest or UNSURE}`."),
    )


def _unknown_kind(kind: str, place: Place) -> Finding:
    near = difflib.get_close_matches(fold(kind), _BY_FOLD, 1, 0.6)
    likely, names = _BY_FOLD[near[0]] if near else "", ", ".join(KINDS)
    told = (f"Có phải là `{likely}`?", f"Did you mean `{likely}`?")
    return error("screen.unknown-kind", place,
                 (f"Không có loại dòng “{kind}”.", f"There is no kind of row “{kind}”."),
                 told if likely else (f"Chọn một trong: {names}.", f"Choose one of: {names}."),
                 spelled(place, kind, likely) if likely else ())


def _row_empty(kind: str, place: Place) -> Finding:
    fix = (f"Không chắc chữ trên máy thì viết `{kind}: {UNSURE}`.", f"Not certain of it? Write `{kind}: {UNSURE}`.")
    if kind == SEEN:
        fix = (f"Viết `{SEEN}: ngày, ứng dụng, loại máy`, hoặc bỏ dòng này.", "Write day, app, phone; or delete it.")
    return error("screen.row-empty", place, (f"Sau `{kind}:` chưa có gì.", f"Nothing stands after `{kind}:`."), fix)


def _switch_state(row: Row) -> Finding:
    return error(
        "screen.switch-state", row.place,
        (f"Công tắc “{row.text}” chưa nói bật hay tắt.", f"The switch “{row.text}” does not say on or off."),
        (f"Viết `{SWITCH}: {row.text} = bật` hoặc `= tắt`.", f"Write `{SWITCH}: {row.text} = bật` or `= tắt`."),
    )


def _which_icon(names: Sequence[str], place: Place) -> Finding:
    mend = " | ".join((*names[:-1], f"{TAP} {names[-1]}"))
    return error(
        "screen.which-icon", place,
        ("Chưa rõ bấm biểu tượng nào.", "It does not say which icon to tap."),
        (f"Đặt `=>` trước đúng tên, ví dụ `{ICONS}: {mend}`.", f"Put `=>` before its name: `{ICONS}: {mend}`."),
    )


def _row_too_long(row: Row) -> Finding:
    return warning(
        "screen.row-too-long", row.place,
        (f"Dòng dài {letters_in(row)} chữ cái, quá ba dòng trên hình.", f"{letters_in(row)} letters: over 3 lines."),
        (f"Rút còn {MOST_LETTERS} chữ cái, giữ đúng chữ trên máy ở đoạn đầu.",
         f"Keep {MOST_LETTERS} letters, the beginning as on the phone."),
    )


def alt_text(screen: Screen) -> str:
    """What the picture shows, told from the same rows."""
    rows = list(screen.rows)
    whole = "Màn hình điện thoại"
    if rows and rows[0].kind == "ứng dụng":
        whole = f"Màn hình {'' if len(rows) > 1 else 'ứng dụng '}{_spoken(rows[0].text)}"
        rows = rows[1:]
    told = "; ".join(tell_row(row) for row in rows)
    sentence = f"{whole}: {told}." if told else f"{whole}."
    tap = screen.tap_index
    return sentence if tap is None else f"{sentence} Bấm vào {_name_tap(screen.rows[tap], screen.rows)}."


def _spoken(text: str) -> str:
    return UNSURE_IN_WORDS if text == UNSURE else text


def tell_row(row: Row) -> str:
    kind = KINDS[row.kind]
    if row.kind == ICONS:
        return kind.alt.format(text=", ".join(map(_spoken, icons_of(row))))
    pattern = kind.alt_value if row.value and kind.has_value else kind.alt
    return pattern.format(text=_spoken(row.text), value=_spoken(row.value)).rstrip(" .;:")


def _name_tap(row: Row, rows: Sequence[Row]) -> str:
    """The shortest name that leaves no doubt."""
    noun = KINDS[row.kind].noun or row.kind
    alike = [other for other in rows if other.kind == row.kind]
    if row.kind == ICONS:
        return f"{noun} {_spoken(row.value)}"
    if len(alike) == 1:
        return noun
    if row.text != UNSURE and sum(other.text == row.text for other in alike) == 1:
        return f"{noun} {row.text.rstrip(' .;:')}"
    return f"{noun} thứ {alike.index(row) + 1}"
