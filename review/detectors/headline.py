"""A headline that says otherwise than its article: another number, another name, another term for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from review.detectors._article import english
from review.detectors._article import headline as reads_as_headline
from review.detectors._evidence import MANY, from_chinese, tens_apart
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.names import folded, known, names, similarity, vocabulary
from review.text.numbers import Quantity, chinese, rounds
from review.text.numbers import english as english_quantities
from review.text.pinyin import reading_of, spelt
from review.text.termbase import TermIndex, longest

CONTRADICTED, ABSENT, NAMED, TERM = 0.8, 0.4, 0.75, 0.6
"""Confidence: a number that the body has otherwise, one that it has not at all, a name, a term."""

LIKE = 0.6
"""How like a name's usual spelling, or its pinyin, words of the headline must be to be taken for it, 0 to 1."""

CAPITALS = re.compile(r"[A-Z][\w-]*")


class Headline(Detector):
    name = "headline"
    title = "Headline and body differ"
    advice = "A headline gives the numbers, names and terms of its article, as the article gives them."
    source = "The Associated Press Stylebook, “headlines”"
    category = "terminology"
    subcategory = "inconsistent use of terminology"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article) or len(article.segments) < 3:
            return
        first, body = article.segments[0], article.segments[1:]
        if not first.text.strip() or not reads_as_headline(first, 0) or reads_as_headline(body[-1], 1):
            return  # a list of labels has no headline
        yield from self._numbers(first, body, from_chinese(article))
        if from_chinese(article) and first.source:
            yield from self._names(first, first.source, body)
            if context.terms is not None:
                yield from self._terms(first, first.source, body, context.terms)

    def _numbers(self, first: Segment, body: Sequence[Segment], sourced: bool) -> Iterator[Flag]:
        found = [q for segment in body for q in english_quantities(segment.text)]
        values = {value for q in found for value in q.readings}
        if not any(q.firm for q in found):
            return
        original = {value for s in body for q in chinese(s.source or "") for value in q.readings} if sourced else set()
        said = {value for q in chinese(first.source or "") for value in q.readings} if sourced else set()
        for quantity in english_quantities(first.text)[:MANY]:
            if quantity.readings & said:
                continue  # the headline is true to its source, whatever the body says
            if not quantity.firm or quantity.readings & values or quantity.kind in ("digits", "time"):
                continue
            if any(rounds(value, quantity.value) for value in values):
                continue
            other = _contradiction(first, quantity, body)
            if other is not None:
                message = f"The headline says “{quantity.text}”, the body “{other.text}”."
                yield self.flag(
                    first,
                    quantity.start,
                    quantity.end,
                    message,
                    severity="major",
                    confidence=CONTRADICTED,
                    suggestions=(other.text,),
                    category="accuracy",
                    subcategory="mistranslation",
                )
            elif not original or quantity.readings & original:
                message = f"“{quantity.text}” of the headline does not stand in the body."
                yield self.flag(first, quantity.start, quantity.end, message, severity="neutral", confidence=ABSENT)

    def _names(self, first: Segment, source: str, body: Sequence[Segment]) -> Iterator[Flag]:
        words = vocabulary([first.text])
        for characters, kept in _renderings(body).items():
            if characters not in source or all(known(word, words) for word in folded(kept)):
                continue
            ranked = [
                (_alike(first.text[slice(*span)], kept, characters), span)
                for span in _windows(first.text)
                if not set(folded(first.text[slice(*span)])) < set(folded(kept))
            ]
            likeness, best = max(ranked, default=(0.0, (0, 0)))
            here = first.text[slice(*best)]
            if likeness >= LIKE:
                message = f"{characters} is “{kept}” in the body and “{here}” in the headline."
                yield self.flag(first, *best, message, confidence=NAMED, suggestions=(kept,))

    def _terms(self, first: Segment, source: str, body: Sequence[Segment], terms: TermIndex) -> Iterator[Flag]:
        standing = {hit.key for hit in terms.find(source, "zh")}
        usual: dict[tuple[str, str], str] = {}
        for segment in body:
            there = {hit.key for hit in terms.find(segment.source or "", "zh")} if segment.source else set()
            for hit in longest(terms.find(segment.text, "en")):
                if hit.key in there and not hit.wrong:
                    usual.setdefault(hit.key, segment.text[hit.start : hit.end])
        for hit in longest(terms.find(first.text, "en")):
            kept, here = usual.get(hit.key, ""), first.text[hit.start : hit.end]
            if hit.key in standing and not hit.wrong and kept and not _one(kept, here):
                message = f"“{here}” in the headline is “{kept}” in the body, and both are the same term."
                yield self.flag(first, hit.start, hit.end, message, confidence=TERM)

    examples = (
        Example(
            ("Port Handles 3.5 Million Cars", "The port handled 35,000 cars.", "It grew.", "It did well."),
            ("3.5 Million",),
        ),
        Example(("Firm to Cut 900 Jobs", "It will cut 90 jobs.", "Unions protest."), ("900",)),
        Example(("Sales Up 15% in May", "Sales rose 51% in May.", "It was a record."), ("15%",)),
        Example(("Museum Opens 23 Halls", "It opened 32 halls today.", "Many came."), ("23",)),
        Example(("Bridge of 2,500 Meters Opens", "The bridge is 25,000 meters long.", "It is new."), ("2,500",)),
        Example(("City Plants 40,000 Trees", "The city planted 400,000 trees.", "They are pines."), ("40,000",)),
        Example(("Fund Raises $20 Million", "The fund raised $200 million.", "It is big."), ("20 Million",)),
        Example(("Fleet of 75 Ships Sails", "The ships sailed.", "There were 12 crews."), ("75",)),
        Example(
            ("Ho Lifeng Attends Forum", "He Lifeng attended.", "Then He Lifeng spoke."),
            ("Ho Lifeng",),
            ("何立峰出席论坛", "何立峰出席。", "随后何立峰讲话。"),
        ),
        Example(
            ("Hsia Liyan Visits Port", "The guest Xia Liyan came.", "Then Xia Liyan spoke."),
            ("Hsia Liyan",),
            ("夏立言访问港口", "夏立言来访。", "随后夏立言讲话。"),
        ),
        Example(
            ("Lee Xiaoming Wins Prize", "The judge gave Li Xiaoming the prize.", "Then Li Xiaoming spoke."),
            ("Lee Xiaoming",),
            ("李小明获奖", "李小明得奖。", "随后李小明讲话。"),
        ),
        Example(("Port Handles 35,000 Cars", "The port handled 35 thousand cars.", "It grew.")),
        Example(("About 35,000 Cars Handled", "The port handled 35,124 cars.", "It grew.")),
        Example(("Port of 75 Piers Grows", "The port grew.", "It did well.")),
        Example(
            ("He Lifeng Attends Forum", "He Lifeng attended.", "He spoke."),
            (),
            ("何立峰出席论坛", "何立峰出席。", "他讲话。"),
        ),
        Example(
            ("Xia Visits Port", "The guest Xia Liyan came.", "Then Xia Liyan spoke."),
            (),
            ("夏立言访问港口", "夏立言来访。", "随后夏立言讲话。"),
        ),
    )


def _contradiction(first: Segment, quantity: Quantity, body: Sequence[Segment]) -> Quantity | None:
    """A number of the body, lacking in the headline, that counts the same thing (by its next word) or looks so."""
    mine = {value for q in english_quantities(first.text) for value in q.readings}
    thing = _next(first.text, quantity)
    for segment in body:
        for other in english_quantities(segment.text)[:MANY]:
            if not other.firm or other.readings & mine or other.kind != quantity.kind:
                continue
            same = bool(thing) and _next(segment.text, other) == thing
            if same or (quantity.value > 20 and tens_apart(quantity.value, other.value)):
                return other
            if quantity.kind == "percent" and sorted(str(quantity.value)) == sorted(str(other.value)):
                return other
    return None


def _next(text: str, quantity: Quantity) -> str:
    following = folded(text[quantity.end : quantity.end + 30])
    return following[0].rstrip("s") if following and len(following[0]) > 3 else ""


def _renderings(body: Sequence[Segment]) -> dict[str, str]:
    """Chinese names of the body that an English name there reads as, with that name."""
    found: dict[str, str] = {}
    for segment in body:
        for name in names(segment.text)[:MANY] if segment.source else ():
            reading = reading_of(name.text, segment.source or "", 0.85)
            if reading is not None and len(reading.text) > 2:
                found.setdefault(reading.text, name.text)
    return found


def _windows(text: str) -> list[tuple[int, int]]:
    """Where one to three words with capitals stand side by side."""
    places = [match.span() for match in CAPITALS.finditer(text)][:MANY]
    runs = [places[at : at + size] for size in (1, 2, 3) for at in range(len(places) - size + 1)]
    return [(run[0][0], run[-1][1]) for run in runs if all(b[0] == a[1] + 1 for a, b in pairwise(run))]


def _alike(words: str, kept: str, characters: str) -> float:
    said = "".join(folded(words))
    return max(similarity(said, "".join(folded(kept))), similarity(said, spelt(characters))) if said else 0.0


def _one(kept: str, here: str) -> bool:
    """Whether two renderings are one but for case and endings, or one may be short for the other."""
    ours, theirs = ([word[:5] for word in folded(text)] for text in (kept, here))
    return min(len(ours), len(theirs)) < 2 or bool(set(ours) & set(theirs))


DETECTOR = Headline()
