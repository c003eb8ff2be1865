"""Alerts as pages show them, until their last day."""

from __future__ import annotations

from dataclasses import dataclass

from generator.handbook.model import Alert, Bullets, Handbook, Heading, Paragraph, Phrase, Quote
from generator.press.pages import plain
from generator.products.pages.parts.web import Spot


@dataclass(frozen=True)
class Notice:
    """An alert as a page shows it until its last day."""

    alert: Alert
    spot: Spot

    @property
    def last(self) -> str:
        """The last day as one number, `20270220`: the page's script compares it with the reader's calendar."""
        return f"{self.alert.last_day:%Y%m%d}"

    @property
    def until(self) -> str:
        """The last day in words, where the alert itself does not name it."""
        day = self.alert.last_day
        words = f"ngày {day.day} tháng {day.month} năm {day.year}"
        said = " ".join(plain(phrase) for phrase in _phrases(self.alert))
        return "" if words in said else f"Cảnh báo này có đến hết {words}."

    def link(self, url: str) -> str:
        return self.spot.linker(f"content/alerts/{self.alert.slug}.md")(url)


def _phrases(alert: Alert) -> list[Phrase]:
    found: list[Phrase] = []
    for block in alert.blocks:
        if isinstance(block, Bullets):
            found += block.items
        elif isinstance(block, Paragraph | Quote | Heading):
            found.append(block.phrase)
    return found


def notices(spot: Spot, slug: str = "") -> tuple[Notice, ...]:
    """Alerts of one topic, or all; the newest first."""
    chosen = alerts_of(spot.web.handbook, slug) if slug else spot.web.handbook.alerts
    return tuple(Notice(alert, spot) for alert in sorted(chosen, key=lambda alert: alert.first_day, reverse=True))


def alerts_of(book: Handbook, slug: str) -> tuple[Alert, ...]:
    return tuple(alert for alert in book.alerts if slug in [phrase.text for phrase in alert.topics])
