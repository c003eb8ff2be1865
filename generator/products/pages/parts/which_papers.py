"""Which papers in people's hands still hold: the page behind their code says it by the letters of the text in their
foot, and by the day they were approved. It may lie on a server for years: it says nothing that comes untrue."""

from __future__ import annotations

from generator.handbook.approvals import texts_taken_back
from generator.handbook.model import Handbook
from generator.products.lesson import Lesson, text_line


def in_force(lesson: Lesson) -> str:
    """Nothing of a draft. Of two papers of one day the page says no more than which text it has itself."""
    row = lesson.office.approval
    return (f"Trang này theo {text_line(lesson).rstrip('.')}, duyệt ngày {row.day:%d/%m/%Y}. Cuối tờ giấy của bác ghi "
            "chữ khác, ngày duyệt sớm hơn: đó là tờ cũ, bác làm theo trang này." if row else "")


def taken_back(book: Handbook, slug: str) -> str:
    """As long as such a paper may lie somewhere: also beside a text approved since."""
    texts = " hay ".join(texts_taken_back(book.approvals, slug))
    return f"Cuối tờ giấy của bác ghi: Văn bản {texts}? Tờ ấy đã rút lại, bác đừng làm theo." if texts else ""
