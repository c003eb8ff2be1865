"""Layers: a missing key inherits, an empty one is empty; and where a place's numbers live."""

from __future__ import annotations

import pytest

from generator.ground.files import Source
from generator.handbook.editions import read_layer, resolve_editions, value_names
from generator.handbook.filled import edition_values
from generator.handbook.model import Channel, Edition, Help, Site
from tests.broken import BASE, read

SITE = Site("https://hoc.gov.vn/", (), "")
NATION = "tên: Việt Nam\nđơn vị dưới: thôn, tổ dân phố\n"


def editions(site: Site = SITE, **files: str) -> dict[str, Edition]:
    """Editions from their texts; `viet_nam` stands for viet-nam."""
    layers = []
    for name, text in {"viet_nam": NATION, **files}.items():
        layer, findings = read_layer(name.replace("_", "-"), Source(f"{name}.yml", text))
        assert layer and not findings, findings
        layers.append(layer)
    resolved, findings = resolve_editions(layers, site)
    assert not findings
    return {edition.id: edition for edition in resolved}


def test_the_base_layers() -> None:
    nation, province, commune = read(BASE).handbook.editions
    assert [edition.layers for edition in (nation, province, commune)] == [
        ("viet-nam",), ("viet-nam", "tinh-mau"), ("viet-nam", "tinh-mau", "xa-mau")]
    assert nation.lower_units == province.lower_units == "thôn, tổ dân phố" and commune.lower_units == "thôn"
    assert province.bank == "ngân hàng cùng hướng dẫn" and commune.bank == ""  # empty is empty
    assert commune.channel("local_app") == Channel("Công dân số tỉnh Mẫu", "https://congdan.tinhmau.gov.vn")
    assert commune.channel("portal") == Channel("Cổng thông tin tỉnh Mẫu")
    assert commune.learning_places == ("nhà văn hóa thôn Đông", "trụ sở xã Mẫu")
    assert [phrase.text for phrase in commune.extra_topics] == ["quet-ma"]
    assert commune.helper("đầu mối") == Help("đầu mối", "Phòng Văn hóa - Xã hội xã Mẫu")
    assert commune.helper("công an") == Help("công an", "công an xã, phường", hours="giờ hành chính")
    assert commune.helper("y tế") == Help("y tế")
    assert commune.contact.unit == "Phòng Văn hóa - Xã hội xã Mẫu"
    assert {"ngân hàng", "trang", "địa chỉ trang"} <= set(commune.empty) and "cổng" not in commune.empty


INHERITED = [
    # Province, commune → the commune's value of `cổng`, `điểm học`, `giúp đỡ`.
    ("cổng: A", "", (Channel("A"), (), ())),
    ("cổng: A", 'cổng: ""', (Channel(), (), ())),
    ("cổng: A", "cổng:", (Channel(), (), ())),
    ("cổng: A", "cổng: {tên: B}", (Channel("B"), (), ())),
    ("điểm học: [X, Y]", "", (Channel(), ("X", "Y"), ())),
    ("điểm học: [X, Y]", "điểm học: []", (Channel(), (), ())),
    ("điểm học: [X, Y]", "điểm học: Z", (Channel(), ("Z",), ())),
    ("giúp đỡ: {y tế: {đơn vị: T}}", "", (Channel(), (), (Help("y tế", "T"),))),
    ("giúp đỡ: {y tế: {đơn vị: T}}", "giúp đỡ:", (Channel(), (), ())),
    ("giúp đỡ: {y tế: {đơn vị: T}}", "giúp đỡ: {y tế: }", (Channel(), (), (Help("y tế"),))),
    ("giúp đỡ: {y tế: {đơn vị: T}}", "giúp đỡ: {công an: {điện thoại: 113}}",
     (Channel(), (), (Help("công an", phone="113"), Help("y tế", "T")))),
    ("giúp đỡ: {y tế: {đơn vị: T, giờ: sáng}}", "giúp đỡ: {y tế: {đơn vị: V}}", (Channel(), (), (Help("y tế", "V"),))),
]


@pytest.mark.parametrize(("above", "own", "value"), INHERITED, ids=[f"{row[0]} | {row[1]}" for row in INHERITED])
def test_inheritance(above: str, own: str, value: tuple[Channel, tuple[str, ...], tuple[Help, ...]]) -> None:
    found = editions(tinh=f"tên: Tỉnh\n{above}\n", xa=f"tên: Xã\ncấp trên: tinh\n{own}\n")["xa"]
    assert (found.channel("portal"), found.learning_places, found.help) == value


ACCENTS = [("giọng: nam", "", "south"), ("giọng: nam", "giọng: trung", "central"), ("giọng: Nam", "", "south"),
           ("giọng: nam", "giọng: bac", "north"), ("giọng: nam", 'giọng: ""', ""), ("", "", "")]


@pytest.mark.parametrize(("above", "own", "accent"), ACCENTS)
def test_the_accent_is_inherited(above: str, own: str, accent: str) -> None:
    found = editions(tinh=f"tên: Tỉnh\n{above}\n", xa=f"tên: Xã\ncấp trên: tinh\n{own}\n")
    assert found["xa"].accent == accent and "giọng" not in found["xa"].empty


OWN = "địa chỉ trang: https://hoc.xa.gov.vn"
PROVINCE_OWN = "địa chỉ trang: https://hoc.tinh.gov.vn/so"
ADDRESSES = [
    # DESIGN 7: own site; inherited address and code; neither is a trial.
    (SITE, "", "", "https://hoc.gov.vn/", True),
    (SITE, "", 'mã: "11371"', "https://hoc.gov.vn/11371/", False),
    (SITE, "", OWN, "https://hoc.xa.gov.vn/", False),
    (SITE, "", f'{OWN}\nmã: "11371"', "https://hoc.xa.gov.vn/", False),
    (SITE, 'mã: "31"', 'mã: "11371"', "https://hoc.gov.vn/11371/", False),
    (SITE, 'mã: "31"', "", "https://hoc.gov.vn/", True),
    (SITE, PROVINCE_OWN, 'mã: "11371"', "https://hoc.tinh.gov.vn/so/11371/", False),
    (SITE, PROVINCE_OWN, "", "https://hoc.tinh.gov.vn/so/", True),
    (SITE, PROVINCE_OWN, 'địa chỉ trang: ""\nmã: "11371"', "https://hoc.tinh.gov.vn/so/11371/", False),
    (Site("https://hocso.example/", (), ""), "", 'mã: "11371"', "https://hocso.example/11371/", True),
    (Site("https://hocso.example/", (), ""), "", OWN, "https://hoc.xa.gov.vn/", False),
    (SITE, "", "địa chỉ trang: https://hoc.example/", "https://hoc.example/", True),
]


@pytest.mark.parametrize(("site", "above", "own", "address", "trial"), ADDRESSES)
def test_where_numbers_live(site: Site, above: str, own: str, address: str, trial: bool) -> None:
    found = editions(site, tinh=f"tên: Tỉnh\n{above}\n", xa=f"tên: Xã\ncấp trên: tinh\n{own}\n")
    assert (found["xa"].address, found["xa"].trial) == (address, trial)
    assert found["viet-nam"].address == site.address


def test_values_are_a_closed_list() -> None:
    names = value_names()
    assert {"tên", "đơn vị dưới", "cổng", "địa chỉ cổng", "điểm học", "ngân hàng", "đơn vị công an",
            "điện thoại đầu mối", "giờ y tế", "địa chỉ bài", "số bài"} <= names
    commune = read(BASE).handbook.editions[2]
    values = edition_values(commune)
    assert set(values) == names - {"địa chỉ bài", "số bài"}
    assert (values["zalo oa"], values["địa chỉ zalo oa"]) == ("Ủy ban nhân dân xã Mẫu", "")
    assert values["điểm học"] == "nhà văn hóa thôn Đông, trụ sở xã Mẫu"


def test_a_circle_is_said_once_and_what_stands_on_it_waits() -> None:
    layers = []
    for name, parent in (("a", "b"), ("b", "a"), ("c", "a")):
        layer, _ = read_layer(name, Source(f"{name}.yml", f"tên: {name}\ncấp trên: {parent}\n"))
        assert layer
        layers.append(layer)
    resolved, findings = resolve_editions(layers, SITE)
    assert resolved == () and {(f.rule, f.place.file) for f in findings} == {("edition.circle", "a.yml")}
    assert len(set(findings)) == 1
