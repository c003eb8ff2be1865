"""`mkdocs.yml` is data: a strange value is a finding, and nothing in the file runs or asks outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.ground.errors import HocsoError, UsageError
from generator.ground.files import Project
from generator.ground.findings import has_errors
from generator.ground.history import LATEST, moment, today
from generator.handbook.config import read_settings, read_site
from generator.press.framer import _configure
from tests.projects import ROOT, put

OURS = (ROOT / "mkdocs.yml").read_text("utf-8")
ODD_ADDRESSES = ("https://-.-/", "https://a..b/", "https://.a/", "https://a.-b/", "https://a-.b/", "https://a.b./",
                 "https://a.b:0/", "https://a.b:65536/", "https://a.b:99999/", "https://a.b:/",
                 f"https://{'a' * 64}.b/", f"https://a.b/{'c' * 3000}", f"https://{'a.' * 1500}b/")
HEAD = "site_name: Sách\nsite_url: https://hocso.example/\n"
RUNS = '!!python/object/apply:os.system ["touch ran"]'

VALUES: tuple[tuple[str, list[str]], ...] = (
    # What is right.
    (OURS, []),
    (HEAD, []),
    (HEAD + "theme:\n", []),
    (HEAD + "theme: {name: material, language: vi, font: false, palette: {scheme: slate, primary: teal}}\n", []),
    (HEAD + "theme:\n  name: material\n  custom_dir: theme/site\n", []),
    (HEAD + "plugins: {search: {}, hocso: {}}\n", []),
    (HEAD + "plugins: [search, hocso]\n", []),
    (HEAD + "plugins: hocso\n", []),
    (HEAD + "markdown_extensions: [toc]\n", []),
    (HEAD + "extra:\n  former_urls: https://cu.gov.vn/so\n", []),
    (HEAD + "extra: {tts: 'piper --model a.onnx', paper_mm: 0.12}\n", []),
    # What is no table of names and values.
    ("", ["key.type", "site.address"]),
    ("[]\n", ["key.type", "site.address"]),
    ("chữ\n", ["key.type", "site.address"]),
    ("- site_name: Sách\n", ["key.type", "site.address"]),
    ("5\n", ["key.type", "site.address"]),
    ("site_name: Sách\n---\nsite_name: Hai\n", ["yaml.two-documents"]),
    ("site_name: Sách: hai\n", ["yaml.colon"]),
    ("site_name: [Sách\n", ["yaml.bracket"]),
    (HEAD + "site_name: Hai\n", ["yaml.key-twice"]),
    (HEAD + "theme: " + "{a: " * 60 + "1" + "}" * 60 + "\n", ["yaml.too-deep"]),
    # Tags, constructors and what stands for something else.
    (f"site_name: {RUNS}\n", ["yaml.tag"]),
    (HEAD + f"extra: {RUNS}\n", ["yaml.tag"]),
    (HEAD + "extra:\n  x: !!python/name:os.system\n", ["yaml.tag"]),
    (HEAD + "extra:\n  x: !!python/module:antigravity\n", ["yaml.tag"]),
    (HEAD + "extra:\n  x: !!python/object/new:os.system [id]\n", ["yaml.tag"]),
    ("site_name: !ENV HOME\n" + HEAD, ["yaml.tag"]),
    (HEAD + "docs_dir: !relative x\n", ["yaml.tag"]),
    (HEAD + "site_dir: !khong-co x\n", ["yaml.tag"]),
    (HEAD + "extra: !!binary aGk=\n", ["yaml.tag"]),
    (HEAD + "extra: &a [*a]\n", ["yaml.anchor"]),
    (HEAD + "a: &a {b: c}\n<<: *a\n", ["yaml.anchor"]),
    ("INHERIT: mkdocs.yml\n" + HEAD, ["key.unknown"]),
    ("INHERIT: /etc/passwd\n" + HEAD, ["key.unknown"]),
    (HEAD + "hooks: [ran.py]\n", ["key.unknown"]),
    (HEAD + "watch: [/]\n", ["key.unknown"]),
    (HEAD + "remote_branch: gh-pages\n", ["key.unknown"]),
    (HEAD + "plugins: [hocso, exec]\n", ["site.setting"]),
    (HEAD + "plugins: {hocso: {x: 1}}\n", ["key.unknown"]),
    (HEAD + "plugins: [{hocso: {}}, [search]]\n", ["site.setting"]),
    (HEAD + "plugins: [{social: {}}]\n", ["key.unknown"]),
    (HEAD + "markdown_extensions: [os]\n", ["site.setting"]),
    (HEAD + "markdown_extensions: [{pymdownx.snippets: {url_download: true}}]\n", ["key.unknown"]),
    # Wrong types of every key.
    ("site_name: [a]\nsite_url: https://hocso.example/\n", ["site.setting"]),
    ("site_name: {a: b}\nsite_url: https://hocso.example/\n", ["site.setting"]),
    ("site_name:\nsite_url: https://hocso.example/\n", ["site.setting"]),
    ("site_url: https://hocso.example/\n", ["key.missing"]),
    ("site_name: Sách\nsite_url: [https://hocso.example/]\n", ["site.address"]),
    ("site_name: Sách\nsite_url: {a: b}\n", ["site.address"]),
    ("site_name: Sách\nsite_url: 5\n", ["site.address"]),
    ("site_name: Sách\nsite_url: javascript:alert(1)\n", ["site.address"]),
    *((f"site_name: Sách\nsite_url: {address}\n", ["site.address"]) for address in ODD_ADDRESSES),
    *((HEAD + f"extra: {{former_urls: ['{address}']}}\n", ["site.setting"]) for address in ODD_ADDRESSES),
    (HEAD + "extra: {former_urls: ['https://HocSo.example/So/', 'http://hocso.example:65535']}\n", []),
    (HEAD + "site_description: [a]\n", ["site.setting"]),
    (HEAD + "theme: [material]\n", ["site.setting"]),
    (HEAD + "theme: 5\n", ["site.setting"]),
    (HEAD + "theme: {name: [material]}\n", ["site.setting"]),
    (HEAD + "theme: {name: readthedocs}\n", ["site.setting"]),
    (HEAD + "theme: {custom_dir: /etc}\n", ["site.setting"]),
    (HEAD + "theme: {palette: slate}\n", ["site.setting"]),
    (HEAD + "theme: {palette: [{scheme: slate}]}\n", ["site.setting"]),
    (HEAD + "theme: {features: {a: b}}\n", ["key.unknown"]),
    (HEAD + "plugins: 5\n", ["site.setting"]),
    (HEAD + "plugins: [5]\n", ["site.setting"]),
    (HEAD + "docs_dir: /etc\n", ["site.setting"]),
    (HEAD + "docs_dir: [content]\n", ["site.setting"]),
    (HEAD + "site_dir: /home\n", ["site.setting"]),
    (HEAD + "site_dir: .hocso/../../x\n", ["site.setting"]),
    (HEAD + "use_directory_urls: [false]\n", ["site.setting"]),
    (HEAD + "use_directory_urls: true\n", ["site.setting"]),
    (HEAD + "validation: strict\n", ["site.setting"]),
    (HEAD + "validation: {nav: {not_found: 5}}\n", ["site.setting"]),
    (HEAD + "extra: []\n", ["site.setting"]),
    (HEAD + "extra: {former_urls: {a: b}}\n", ["key.unknown"]),
    (HEAD + "extra: {former_urls: [[a]]}\n", ["site.setting"]),
    (HEAD + "extra: {former_urls: ['không phải']}\n", ["site.setting"]),
    (HEAD + "extra: {tts: [piper]}\n", ["site.setting"]),
    (HEAD + "extra: {paper_mm: {a: b}}\n", ["paper.thickness"]),
    # What would ask outside, or stand on a page as markup.
    (HEAD + "theme: {name: material, font: {text: Roboto}}\n", ["site.setting"]),
    (HEAD + "theme: {name: material, font: true}\n", ["site.setting"]),
    (HEAD + "theme: {name: material, logo: 'https://evil.invalid/a.png'}\n", ["key.unknown"]),
    (HEAD + "theme: {name: material, favicon: '//evil.invalid/a.png'}\n", ["key.unknown"]),
    (HEAD + "extra: {analytics: {provider: google, property: G-1}}\n", ["key.unknown"]),
    (HEAD + "extra: {social: [{icon: x, link: 'https://evil.invalid'}]}\n", ["key.unknown"]),
    (HEAD + "extra_css: ['https://evil.invalid/a.css']\n", ["key.unknown"]),
    (HEAD + "extra_javascript: ['https://evil.invalid/a.js']\n", ["key.unknown"]),
    (HEAD + "repo_url: https://github.com/a/b\n", ["key.unknown"]),
    (HEAD + "copyright: '<script>ran()</script>'\n", ["key.unknown"]),
    (HEAD + "site_author: '\"><script>ran()</script>'\n", ["key.unknown"]),
    ("site_name: '\"><script>ran()</script>'\nsite_url: https://hocso.example/\n", ["site.setting"]),
    (HEAD + "site_description: '\" onload=\"ran()'\n", ["site.setting"]),
    (HEAD + "edit_uri: https://evil.invalid/\n", ["site.setting"]),
)


def project(folder: Path, text: str) -> Project:
    put(folder, "mkdocs.yml", text)
    return Project(folder, ROOT / "theme")


@pytest.mark.parametrize(("text", "rules"), VALUES, ids=range(len(VALUES)))
def test_a_value_is_right_or_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, rules: list[str]
) -> None:
    """And MkDocs takes what is right; what is not never reaches it, so that nothing runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    _, findings = read_site(project(tmp_path, text))
    assert sorted({finding.rule for finding in findings}) == rules
    assert all(finding.place.file == "mkdocs.yml" and finding.severity == "error" for finding in findings)
    if rules:
        with pytest.raises(HocsoError):
            _configure(project(tmp_path, text), str(tmp_path / "out"))
    else:
        assert _configure(project(tmp_path, text), str(tmp_path / "out")).theme["font"] is False
    assert not (tmp_path / "ran").exists()


def test_values_are_as_many_as_promised() -> None:
    assert len(VALUES) >= 60 and len({text for text, _ in VALUES}) == len(VALUES)


def test_settings_are_plain_data(tmp_path: Path) -> None:
    read = read_settings(project(tmp_path, HEAD + "edit_uri: \"\"\ntheme:\n  font: false\n  features: [a.b]\n"))
    assert read == {"site_name": "Sách", "site_url": "https://hocso.example/", "edit_uri": "",
                    "theme": {"font": False, "features": ["a.b"]}}


MOMENTS = ["abc", "-1", "1.5", " 12", "12\n", "²", "１２", "0x10", "9" * 30, str(LATEST + 1), "2026-11-20", "∞"]


@pytest.mark.parametrize("given", MOMENTS)
def test_a_moment_that_is_none_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(UsageError) as raised:
        moment(tmp_path)
    assert raised.value.exit_code == 2
    assert "\n" not in str(raised.value) and "SOURCE_DATE_EPOCH" in str(raised.value)


@pytest.mark.parametrize("given", ["0", "77", str(LATEST)])
def test_a_moment_may_be_any_of_these(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert moment(tmp_path) == int(given) and 1970 <= today(tmp_path).year <= 2099
    assert not has_errors(read_site(project(tmp_path, OURS))[1])
