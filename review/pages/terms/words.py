"""How the Terms page writes things: text that is no Markdown, times, places of a review page."""

from __future__ import annotations

from datetime import UTC, datetime

from review.pages import session
from review.steps.terms.impact import Place

AROUND = 48
"""Characters shown on either side of the words in an example."""


def plain(text: str) -> str:
    """A text as it is, whatever Markdown would make of it."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()#+-.!|<>~$:&" else letter for letter in text)


def when(at: int) -> str:
    """A time in UTC microseconds, to the minute."""
    return f"{datetime.fromtimestamp(at / 1e6, UTC):%d %b %Y, %H:%M} UTC" if at else ""


def linked(user: str, url: str, date: str) -> str:
    """Who uses a term, with the address where there is one."""
    name = plain(user or url)
    if url.startswith(("http://", "https://")):
        name = f"[{name}]({url.replace('(', '%28').replace(')', '%29')})"
    return f"{name}, {plain(date)}" if date else name


def example(place: Place) -> str:
    """A place in its sentence, as a line that leads to the review page."""
    begin, end = max(0, place.start - AROUND), min(len(place.text), place.end + AROUND)
    before = ("…" if begin else "") + plain(place.text[begin : place.start])
    after = plain(place.text[place.end : end]) + ("…" if end < len(place.text) else "")
    link = session.link(batch=place.batch, article=place.article, segment=place.segment)
    instead = f" → {plain(place.instead)}" if place.instead else ""
    return f"[{plain(place.article_name)} {place.number}]({link}) {before}**{plain(place.words)}**{after}{instead}"
