"""From an article's segments back to units of the file: what each place is to hold, and what must be said about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from review.formats import states
from review.formats.folding import fold
from review.model import Article
from review.text.sentences import join


@dataclass(frozen=True, slots=True)
class Put:
    """What a place holds now. ``tokens`` in its text are codes; what else looks like one is text. ``others`` are places
    whose text was merged into it, and that are empty now."""

    text: str
    status: str
    deleted: bool = False
    merged: bool = False
    others: tuple[str, ...] = ()
    tokens: frozenset[str] = frozenset()


@dataclass(slots=True)
class Placed:
    """What was worked on, by locator; where sentences were inserted; and how many had no place at all."""

    puts: dict[str, Put] = field(default_factory=dict)
    inserted: list[str] = field(default_factory=list)
    lost: int = 0


def placed(articles: Iterable[Article]) -> Placed:
    """What was worked on in the articles of a file.

    Of merged units the first holds the text. An inserted sentence stands at the end of the unit before it, or at the
    front of the first.
    """
    found = Placed()
    for article in articles:
        last, put, waiting, count = "", Put("", "new"), "", 0
        for unit in fold(article.segments):
            places = unit.locators
            if not places:
                if not unit.text:
                    continue
                if last:
                    put = replace(put, text=join((put.text, unit.text)), status="draft", deleted=False)
                    found.puts[last] = put
                    found.inserted.append(last)
                else:
                    waiting, count = join((waiting, unit.text)), count + 1
                continue
            last = places[0]
            status = "draft" if waiting else states.together(unit.segments)
            tokens = frozenset(code.token for segment in unit.segments for code in segment.codes)
            put = Put(join((waiting, unit.text)), status, unit.deleted and not waiting, False, places[1:], tokens)
            if waiting or unit.touched:
                found.puts[last] = put
            found.puts.update((other, Put("", "draft", merged=True)) for other in places[1:])
            found.inserted += [last] * count
            waiting, count = "", 0
        found.lost += count
    return found
