"""The form editor in a real browser: what an editor changes is what changes, on the disk and on the live page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, Route

from generator.commands.forms import folder
from generator.commands.forms.installed import is_installed, packages
from generator.commands.preview import update
from generator.ground.whole import write_whole
from generator.handbook.model import APPROVALS
from generator.press.browser import Browser
from tests.commands.test_serve import PROMISE, serving, wait_for
from tests.projects import FOUR, ROOT, approve, edit, make_project, put
from tests.windows import Visit, window

pytestmark = [pytest.mark.long, pytest.mark.skipif(
    not is_installed(), reason=f"no form editor in {packages()}: python .ci/bootstrap.py --editor")]
LESSON = "content/topics/quet-ma-qr/index.md"
HARMLESS = ("OAuth application ID", "ID ứng dụng OAuth", "Failed to load resource")
"""Of what the editor says in the browser's console: nobody signs in here; a page has no icon."""
SHOWN = "[data-key-path=body] textarea"
FORGET = """async () => { for (const { name } of await indexedDB.databases()) await new Promise((done) => {
    const request = indexedDB.deleteDatabase(name); request.onsuccess = request.onblocked = done; }); }"""
KEPT = """async () => {
    const [{ name }] = await indexedDB.databases();
    const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
    const store = (await asked(indexedDB.open(name))).transaction("draft-backups").objectStore("draft-backups");
    return (await asked(store.count())); }"""


ABOVE = """() => { window.seen = new Promise((done) => {
    const box = (found) => document.querySelector(found)?.getBoundingClientRect();
    const look = () => {
        const [toast, link] = [box(".sui.toast[aria-hidden=false]"), box("#hocso-look")];
        if (toast?.height) done([toast.bottom <= link.top]); else requestAnimationFrame(look); };
    look(); }); }"""
"""Of the first message the editor shows from now on."""


@dataclass
class Desk:
    """The editor's page, the live page beside it, and the folder they stand on."""

    root: Path
    address: str
    visit: Visit
    told: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.visit.page

    def open(self, title: str) -> None:
        self.page.goto("about:blank")  # as somebody who begins
        self.page.goto(f"{self.address}sua/")
        self.page.get_by_text(title).first.click()
        self.page.locator(".field").first.wait_for()
        self.reach(SHOWN)

    @contextmanager
    def remembering(self) -> Iterator[Desk]:
        """A tab whose editor keeps what was not saved, as everybody's does."""
        page = self.page.context.new_page()
        page.set_viewport_size({"width": 1280, "height": 900})
        page.add_init_script("""if (location.protocol === "http:") localStorage.setItem(
            "sveltia-cms.prefs", JSON.stringify({ locale: "vi", closeOnSave: false }))""")
        page.goto(f"{self.address}__hocso/preview.css")
        page.evaluate(FORGET)
        try:
            yield Desk(self.root, self.address, Visit(page), self.told)
        finally:
            page.close()

    def leave_unsaved(self, old: str, new: str) -> None:
        self.open("Quét mã QR")
        self.page.locator(SHOWN).press("End")  # a hand at the keyboard: before that nothing is kept
        self.write(old, new)
        wait_for(lambda: bool(self.page.evaluate(KEPT)))

    def take_up_again(self, new: str) -> None:
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}sua/")
        self.page.get_by_text("Quét mã QR").first.click()
        self.page.locator("dialog[open] button.primary").click()
        self.reach(SHOWN)
        wait_for(lambda: new in self.page.locator(SHOWN).input_value())

    def reach(self, field: str) -> Locator:
        """Fields are drawn when somebody comes to them."""
        self.page.locator(".field").first.hover()
        for _ in range(200):
            if self.page.locator(field).count():
                break
            self.page.mouse.wheel(0, 900)
            self.page.wait_for_timeout(50)
        self.page.locator(field).wait_for()
        return self.page.locator(field)

    def write(self, old: str, new: str) -> None:
        words = self.page.locator(SHOWN).input_value()
        assert old in words
        self.page.locator(SHOWN).fill(words.replace(old, new, 1))

    def save(self) -> None:
        self.page.get_by_role("button", name="Lưu", exact=True).click()

    def lost(self) -> Locator:
        lost = self.page.get_by_role("dialog", name="Chưa lưu được")
        lost.wait_for()
        return lost

    def words_of(self, label: str) -> str:
        return self.page.get_by_label(label).input_value()

    def run(self, script: str, given: object) -> Any:
        """What the page's own scripts make of it."""
        if not self.page.url.startswith(self.address):
            self.page.goto(f"{self.address}sua/")
        return self.page.evaluate(script, given)

    def text(self, name: str = LESSON) -> str:
        return (self.root / name).read_bytes().decode()


@pytest.fixture(autouse=True, scope="module")
def unchanged_code() -> Iterator[None]:
    """Whoever works on the generator while tests run shall not stop them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(update, "_code_digest", lambda: "same")
        yield


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, browser: Browser, unchanged_code: None) -> Iterator[Desk]:
    root = make_project(tmp_path_factory.mktemp("desk"), commit=True)
    # With the network closed: no address but the preview's own answers.
    with serving(root) as server, window(browser, (1280, 900), allow=(server.address,)) as visit:
        found = Desk(root, server.address, visit)

        def note(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning") and not message.text.startswith(HARMLESS):
                found.told.append(message.text)

        # Else it asks, or not, whether to go on with what a test before this one wrote: who is quicker decides.
        visit.page.add_init_script("""if (location.protocol === "http:") localStorage.setItem(
            "sveltia-cms.prefs", JSON.stringify({ locale: "vi", closeOnSave: false, useDraftBackup: false }))""")
        visit.page.on("console", note)
        visit.page.on("pageerror", lambda problem: found.told.append(str(problem)))
        yield found


@pytest.fixture(autouse=True)
def nothing_asked_and_nothing_wrong(desk: Desk) -> Iterator[None]:
    """After each of these tests: no address outside was asked, nor would have been but for our policy, and the editor
    finds no fault with the configuration."""
    desk.told.clear()
    yield
    assert desk.visit.refused == []
    assert desk.told == []


def test_a_changed_sentence_is_seen_on_the_live_page(desk: Desk, browser: Browser) -> None:
    before = desk.text()
    desk.open("Quét mã QR")
    desk.write("giữ yên.", "giữ thật yên.")
    with desk.page.context.expect_page() as opened:
        desk.page.get_by_role("link", name="Xem trang của bài").click()
    live = opened.value
    live.get_by_text("giữ yên.").first.wait_for()
    desk.page.bring_to_front()
    desk.page.evaluate(ABOVE)
    desk.save()
    assert desk.page.evaluate("seen") == [True], "what the editor says for a moment does not lie over it"
    wait_for(lambda: "giữ thật yên." in desk.text())
    live.bring_to_front()  # a page nobody looks at does not ask
    seconds = wait_for(lambda: live.get_by_text("giữ thật yên.").count() > 0)
    assert seconds < PROMISE
    assert desk.text() == before.replace("giữ yên.", "giữ thật yên.", 1), "one line, and no other byte"
    live.close()


def test_the_pages_icons_are_drawn(desk: Desk) -> None:
    """Names of icons are words; drawn, each is a square."""
    desk.open("Quét mã QR")
    sizes = desk.page.evaluate(
        "[...document.querySelectorAll('.icon.material-symbols-outlined')].map(i => [i.scrollWidth, i.scrollHeight])")
    assert len(sizes) > 3
    assert all(width <= height * 1.2 for width, height in sizes)
    assert desk.page.evaluate("document.fonts.check('16px \"Source Sans 3\"', 'ạ')")


def test_a_file_of_another_editor_keeps_its_ways(desk: Desk) -> None:
    before = "\ufeff" + (FOUR / LESSON).read_text("utf-8").replace("\n", "\r\n") + "\r\n\r\n"
    put(desk.root, LESSON, before.encode())
    desk.open("Quét mã QR")
    desk.write("giữ yên.", "giữ chắc.")
    desk.save()
    wait_for(lambda: "giữ chắc." in desk.text())
    assert desk.text() == before.replace("giữ yên.", "giữ chắc.", 1)


def write_in_two_places(desk: Desk) -> Locator:
    """Somebody else wrote into the lesson while it stood in the form; the box that says so."""
    put(desk.root, LESSON, (FOUR / LESSON).read_bytes())
    desk.open("Quét mã QR")
    edit(desk.root, LESSON, "Chờ đường link", "Đợi đường link")
    desk.write("giữ yên.", "giữ im.")
    desk.save()
    lost = desk.lost()
    assert "vừa đổi trên đĩa" in lost.inner_text()
    assert "giữ im." in desk.words_of("Chữ vừa viết"), "nobody's words are lost"
    assert "Đợi đường link" in desk.words_of("Chữ người khác")
    assert "giữ im." not in desk.text() and "Đợi đường link" in desk.text(), "nothing is done before it is answered"
    return lost


def test_what_somebody_else_wrote_meanwhile_stays(desk: Desk) -> None:
    lost = write_in_two_places(desk)
    with desk.page.expect_navigation():
        lost.get_by_role("button", name="Mở lại từ đĩa").click()
    assert "giữ im." not in desk.text() and "Đợi đường link" in desk.text()
    desk.told.clear()  # the editor itself says in the console that its saving failed


@pytest.mark.wide
def test_lines_of_two_people_both_stay_where_that_is_asked_for(desk: Desk) -> None:
    lost = write_in_two_places(desk)
    with desk.page.expect_navigation():
        lost.get_by_role("button", name="Giữ cả hai").click()
    before = (FOUR / LESSON).read_text("utf-8")
    assert desk.text() == before.replace("giữ yên.", "giữ im.", 1).replace("Chờ đường link", "Đợi đường link", 1)
    words = desk.reach(SHOWN).input_value()
    assert "giữ im." in words and "Đợi đường link" in words
    desk.told.clear()


def test_one_line_changed_by_two_people_is_kept_of_one(desk: Desk) -> None:
    put(desk.root, LESSON, (FOUR / LESSON).read_bytes())
    desk.open("Quét mã QR")
    edit(desk.root, LESSON, "giữ yên.", "giữ chắc.")
    desk.write("giữ yên.", "giữ im.")
    desk.save()
    lost = desk.lost()
    assert not lost.get_by_role("button", name="Giữ cả hai").is_visible()
    lost.get_by_role("button", name="Ghi đè").click()
    wait_for(lambda: "giữ im." in desk.text())
    assert "giữ chắc." not in desk.text()
    desk.page.get_by_text("Đã lưu lúc").wait_for()
    desk.write("giữ im.", "giữ thật im.")
    desk.save()
    wait_for(lambda: "giữ thật im." in desk.text())
    desk.told.clear()


def test_why_nothing_was_saved_is_told_once_with_the_words(desk: Desk) -> None:
    """The editor tries again and tidies up behind itself; nobody but us knows which of its writes holds the words."""
    put(desk.root, LESSON, (FOUR / LESSON).read_bytes())
    desk.open("Quét mã QR")
    desk.write("giữ yên.", "giữ im.")
    sent: list[str] = []

    def stop(route: Route) -> None:  # as when the preview was ended
        sent.append(route.request.method)
        route.abort()

    desk.page.route(f"**/{LESSON}", stop)
    desk.save()
    lost = desk.lost()
    assert desk.words_of("Chữ vừa viết").endswith("giữ im.")
    lost.get_by_role("button", name="Đóng").click()
    desk.page.locator("button:enabled", has_text="Lưu").wait_for()
    assert desk.page.locator("dialog[open]").count() == 0
    assert sent == ["PUT"]
    desk.page.unroute(f"**/{LESSON}")
    desk.save()
    wait_for(lambda: "giữ im." in desk.text())
    desk.told.clear()


LEAVING = ("document.querySelector('button.back').click()", "history.back()", "location.href = '/'")


def test_leaving_with_unsaved_words_asks(desk: Desk) -> None:
    """By its arrow, the browser's, to another address."""
    put(desk.root, LESSON, (FOUR / LESSON).read_bytes())
    desk.open("Quét mã QR")
    desk.write("giữ yên.", "giữ im.")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.page.on("dialog", stay)
    for count, leave in enumerate(LEAVING, 1):
        desk.page.locator(SHOWN).press("End")  # browsers ask nobody who has touched nothing
        desk.page.evaluate(f"void ({leave})")
        wait_for(lambda: bool(desk.page.title()) and len(asked) >= count)  # noqa: B023 (asked at once)
    desk.page.remove_listener("dialog", stay)
    assert asked == ["confirm", "confirm", "beforeunload"]
    assert "giữ im." in desk.page.locator(SHOWN).input_value()


def test_a_lesson_that_was_only_looked_at_is_left_unasked(desk: Desk) -> None:
    """Playwright answers what is asked as somebody who stays."""
    put(desk.root, LESSON, (FOUR / LESSON).read_bytes())
    desk.open("Quét mã QR")
    desk.page.locator(SHOWN).press("End")
    assert desk.page.locator("button:disabled", has_text="Lưu").count() == 1
    desk.page.locator("button.back").click()
    wait_for(lambda: "entries" not in desk.page.evaluate("location.hash"))  # `url` alone hears nothing


@pytest.mark.wide
def test_words_left_at_once_are_offered_again(desk: Desk) -> None:
    put(desk.root, LESSON, (FOUR / LESSON).read_bytes())
    with desk.remembering() as tab:
        tab.open("Quét mã QR")
        tab.page.locator(SHOWN).press("End")
        tab.write("giữ yên.", "giữ im.")
        tab.page.once("dialog", lambda dialog: dialog.accept())
        tab.page.locator("button.back").click()
        tab.page.get_by_text("Cài và kích hoạt").first.click()  # the last words are kept before another lesson is shown
        tab.take_up_again("giữ im.")
        assert "giữ im." in tab.page.locator(SHOWN).input_value()


@pytest.mark.wide
def test_words_left_unsaved_do_not_undo_what_was_written_since(desk: Desk) -> None:
    """The editor keeps what nobody saved and offers it another day; the lesson may have moved on meanwhile."""
    put(desk.root, LESSON, (FOUR / LESSON).read_bytes())
    with desk.remembering() as tab:
        tab.leave_unsaved("giữ yên.", "giữ im.")
        edit(desk.root, LESSON, "Giơ mãi mà", "Giơ hoài mà")
        tab.take_up_again("giữ im.")
        tab.save()
        tab.lost()
        assert "giữ im." in tab.words_of("Chữ vừa viết") and "Giơ hoài mà" in tab.words_of("Chữ người khác")
        assert "Giơ hoài mà" in desk.text() and "giữ im." not in desk.text()
        tab.lost().get_by_role("button", name="Ghi đè").click()
        wait_for(lambda: "giữ im." in desk.text())
        tab.page.get_by_text("Đã lưu lúc").wait_for()
        tab.write("giữ im.", "giữ thật im.")
        tab.save()
        wait_for(lambda: "giữ thật im." in desk.text())  # who was asked once is not asked again
    desk.told.clear()


@pytest.mark.wide
def test_words_left_unsaved_outlive_a_new_title_elsewhere_and_are_saved(desk: Desk) -> None:
    """Lessons' titles stand in the configuration."""
    put(desk.root, LESSON, (FOUR / LESSON).read_bytes())
    with desk.remembering() as tab:
        tab.leave_unsaved("giữ yên.", "giữ im.")
        edit(desk.root, "content/topics/cai-vneid/index.md", "# Cài và kích hoạt", "# Cài, kích hoạt")
        tab.take_up_again("giữ im.")
        tab.save()
        wait_for(lambda: "giữ im." in desk.text())
        tab.write("giữ im.", "giữ thật im.")
        tab.save()
        wait_for(lambda: "giữ thật im." in desk.text())


def test_what_is_typed_while_it_is_saved_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow disks are common, and people write on."""
    put(desk.root, LESSON, (FOUR / LESSON).read_bytes())
    go_on, begun = threading.Event(), threading.Event()

    def slowly(path: Path, data: bytes, *, lasting: bool) -> None:
        begun.set()
        go_on.wait(60)
        write_whole(path, data, lasting=lasting)

    monkeypatch.setattr(folder, "write_whole", slowly)
    desk.open("Quét mã QR")
    desk.write("giữ yên.", "giữ im.")
    desk.save()
    assert begun.wait(60)
    desk.write("giữ im.", "giữ thật im.")
    go_on.set()
    wait_for(lambda: "giữ im." in desk.text())
    desk.page.get_by_text("Đã lưu lúc").wait_for()
    desk.save()
    wait_for(lambda: "giữ thật im." in desk.text())


def test_an_approved_lesson_says_that_a_save_makes_it_a_draft_again(desk: Desk) -> None:
    put(desk.root, LESSON, (FOUR / LESSON).read_bytes())
    approve(desk.root, "20/11/2026", "quet-ma-qr")
    desk.open("Quét mã QR")
    told = desk.page.locator("#hocso-approved", has_text="20/11/2026")
    told.wait_for()
    assert "bản nháp" in told.inner_text()
    desk.page.locator("button.back").click(trial=True)  # nothing of the form lies under it
    desk.write("giữ yên.", "giữ im.")
    desk.save()
    told.wait_for(state="detached")
    (desk.root / APPROVALS).unlink()


def test_what_forms_do_not_do_is_not_offered(desk: Desk) -> None:
    desk.page.goto("about:blank")
    desk.page.goto(f"{desk.address}sua/")
    desk.page.get_by_text("Bài mới thì gõ: hocso new").wait_for()
    assert desk.page.locator("button:disabled:visible", has_text="Tạo mới").count() == 0
    assert desk.page.locator("button:disabled:visible", has_text="Xóa").count() == 0


def test_a_picture_pasted_into_words_is_told_its_place(desk: Desk) -> None:
    put(desk.root, LESSON, (FOUR / LESSON).read_bytes())
    desk.open("Quét mã QR")
    desk.page.locator(SHOWN).evaluate("""field => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File(["GIF"], "a.gif", { type: "image/gif" }));
        field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true })); }""")
    desk.page.get_by_text("dùng ô Thêm ảnh cạnh bài").wait_for(state="attached")  # it goes by itself after a while


def test_what_is_wrong_in_a_form_is_told_in_vietnamese(desk: Desk) -> None:
    put(desk.root, LESSON, (FOUR / LESSON).read_bytes())
    desk.open("Quét mã QR")
    desk.page.locator(".field").first.locator("input").fill("99999")
    desk.save()
    desk.page.get_by_role("button", name="Xem chỗ sai").click()
    assert desk.page.get_by_text("9.999").first.is_visible()


# What stands in the front matter, and what a form makes of it.

FRONT = """phút: 015 # làm thử rồi
cho: mọi người
# hỏi lại Sở
đơn vị: "Sở Khoa học: và Công nghệ"
trạng thái: nháp
rà soát:   20/11/2026
cần xác nhận:
- điều một
- 'điều: hai'   # xem ở Zalo
- điều ba
nguồn:
khung:
  # hai khung
  digcomp: ["1.1", '4.1']
  tt02: [1.2]
khóa lạ: { a: 1 }
# hết
"""
CHANGES: tuple[tuple[str, str, str, str], ...] = (
    # What is changed, in the form's own terms → the line there was, the line there is.
    ("nothing", "", "", ""),
    ("a number", "v.phút = 20", "phút: 015 # làm thử rồi", "phút: 20 # làm thử rồi"),
    ("a line", "v.đơn_vị = 'Sở Y tế'", '"Sở Khoa học: và Công nghệ"', '"Sở Y tế"'),
    ("a word of a closed list", "v.trạng_thái = 'đã rà soát'", "nháp", "đã rà soát"),
    ("one more", "v.cho = ['cán bộ', 'mọi người']", "cho: mọi người", "cho: [cán bộ, mọi người]"),
    ("one of several", "v.cần_xác_nhận[0] = 'điều 1'", "- điều một\n", "- điều 1\n"),
    ("one fewer", "v.cần_xác_nhận.splice(2, 1)", "- điều ba\n", ""),
    ("another order", "v.cần_xác_nhận.reverse()", "- điều một\n- 'điều: hai'   # xem ở Zalo\n- điều ba\n",
     "- điều ba\n- 'điều: hai'   # xem ở Zalo\n- điều một\n"),
    ("what is inside", "v.khung.digcomp[1] = '4.2'", "'4.1'", "4.2"),
    ("an empty key", "v.nguồn = ['báo xã']", "nguồn:\n", "nguồn: [báo xã]\n"),
    ("a new key", "v = {...v, ảnh_đã_xem: ['a.jpg: rõ']}", "# hết\n", "ảnh đã xem:\n  - \"a.jpg: rõ\"\n# hết\n"),
    ("a key less", "delete v.khóa_lạ", "khóa lạ: { a: 1 }\n", ""),
    ("a key emptied", "v.đơn_vị = ''", 'đơn vị: "Sở Khoa học: và Công nghệ"', 'đơn vị: ""'),
    ("a new key left empty", "v = {...v, phim: '', ảnh_đã_xem: []}", "", ""),
    ("the words alone", "v.body = v.body.replace('chữ', 'lời')", "chữ  \n", "lời  \n"),
)

@pytest.mark.parametrize(("change", "old", "new"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_only_what_changed_is_written(desk: Desk, change: str, old: str, new: str) -> None:
    text = f"---\n{FRONT}---\n\n# Bài\n\nchữ  \n\n\n- a"
    run = f"""async text => {{
        const {{ read, write }} = await import("/sua/format.js");
        let v = read(text, new Set(["cho", "nguồn", "cần_xác_nhận"]));
        {change};
        return write(v); }}"""
    assert desk.run(run, text) == text.replace(old, new, 1)


def test_every_lesson_we_ship_survives_its_form(desk: Desk) -> None:
    """Read and written, each is the same byte for byte; and with one word more, the same but for that word."""
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8").strip()
             for kind in ("topics/*/index", "cards/*/index", "alerts/*") for path in ROOT.glob(f"content/{kind}.md")}
    run = """async texts => {
        const { read, write } = await import("/sua/format.js");
        const lists = new Set(["cho", "nguồn", "cần_xác_nhận", "cần_học_trước"]);
        return texts.map(text => [write(read(text, lists)),
            write({ ...read(text, lists), body: read(text, lists).body + " thêm", đơn_vị: "Sở X" })]); }"""
    assert len(texts) > 30
    for (name, text), (same, more) in zip(texts.items(), desk.run(run, [*texts.values()]), strict=True):
        assert same == text, name
        rows = zip(f"{text} thêm".split("\n"), more.split("\n"), strict=True)
        assert {new for old, new in rows if old != new} == {"đơn vị: Sở X"}, name


def test_the_lists_are_the_handbooks_own(desk: Desk) -> None:
    desk.open("Quét mã QR")
    status = desk.page.locator("[data-key-path='trạng_thái']").inner_text()
    assert "nháp" in status and "đã rà soát" in status
    assert "đã duyệt" not in status, "approval is not an editor's word"
