"""Doubled words, repeated phrases, doubled determiners, and the same sentence twice."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from review.detectors._article import closed, english
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.scripts import RANGES
from review.text.tokens import Token, sentences, words

FINE_TWICE = frozenset(
    "had that is do very so no yes bye ha hey now there her much many long far more less well oh ah la blah knock tut "
    "ho he hi hip hear again please come go night win step one two bit half neck side arm hand face back year day word "
    "door shoulder line end top coast man heart point block cha yum chop pom can aye wow wait stop".split()
)
"""Words that English really doubles, for grammar or for weight ("had had", "very very", "side by side" apart)."""

FINE_PAIRED = frozenset(
    "again years hours weeks months thousands hundreds millions dozens miles round around through never worse "
    "better louder "
    "pages days times talks waited tried higher lower".split()
)
"""Words that English joins to themselves by "and" for weight ("again and again")."""

NEVER_TWICE = frozenset(
    "the a an of to in on at by for with from and or but as was were be been are will would which who their its his "
    "this these those than into has have not between under after before about during through it they we if".split()
)
ARTICLES = frozenset({"a", "an", "the"})
POSSESSIVES = frozenset("its their his my your our this these those".split())
LONGEST = 12
TWICE_UNSPACED = re.compile(rf"([{RANGES['Han']}{RANGES['Hiragana']}{RANGES['Katakana']}]{{3,{LONGEST}}})\1")


class Doubled(Detector):
    name = "doubled"
    title = "Doubled words"
    advice = "A word or phrase that stands twice in a row is nearly always a slip; keep it once."
    source = "Bryan A. Garner, Garner's Modern English Usage, Oxford University Press 2016"
    category = "linguistic conventions"
    subcategory = "duplication"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        is_english = english(article)
        once = _words_seen_alone(article)
        previous: Segment | None = None
        for segment in article.segments:
            tokens = words(segment.text)
            yield from self._repeats(segment, tokens, once, is_english)
            if is_english:
                yield from self._coordinated(segment, tokens)
                yield from self._determiners(segment, tokens)
            yield from self._unspaced(segment)
            yield from self._sentences(segment, previous)
            previous = segment if segment.text.strip() else previous

    def _repeats(self, segment: Segment, tokens: list[Token], once: frozenset[str], english: bool) -> Iterator[Flag]:
        text = segment.text
        lower = [token.lower for token in tokens]
        at = 0
        while at < len(tokens) - 1:
            size = _repeat(lower, at)
            if not size:
                at += 1
                continue
            copies = 2
            while lower[at + copies * size : at + (copies + 1) * size] == lower[at : at + size]:
                copies += 1
            start, end = tokens[at].start, tokens[at + copies * size - 1].end
            gaps = [text[tokens[i].end : tokens[i + 1].start] for i in range(at, at + copies * size - 1)]
            sure = _sure(tokens[at : at + size], gaps, size, copies, once, english)
            at += copies * size if sure else max(1, (copies - 1) * size)
            if not sure or (size == 2 and "and" in lower[at - 2 : at]):
                continue  # "peace and peace, and ...": see _coordinated
            if any("," in gap for gap in gaps) and _repeats_itself(segment.source or ""):
                continue
            kept = text[start : tokens[at - (copies - 1) * size - 1].end]
            if " ".join([kept.lower()] * 2) in (segment.source or "").lower():
                continue  # the source has it twice as well
            times = "twice" if copies == 2 else f"{copies} times"
            yield self.flag(
                segment,
                start,
                end,
                f"“{_short(kept)}” stands {times} in a row; keep it once.",
                severity="minor" if copies < 3 else "major",
                confidence=sure,
                suggestions=(kept,),
            )

    def _unspaced(self, segment: Segment) -> Iterator[Flag]:
        """The same in scripts without spaces, where three signs or more are no reduplication."""
        for match in TWICE_UNSPACED.finditer(segment.text):
            if TWICE_UNSPACED.search(segment.source or ""):
                continue
            message = f"“{match[1]}” stands twice in a row; keep it once."
            yield self.flag(segment, *match.span(), message, confidence=0.85, suggestions=(match[1],))

    def _coordinated(self, segment: Segment, tokens: list[Token]) -> Iterator[Flag]:
        """“peace and peace”: two different words of the source that came out as one."""
        for at in range(len(tokens) - 2):
            left, joint, right = tokens[at : at + 3]
            if left.lower != right.lower or joint.lower not in ("and", "or") or len(left.text) < 5:
                continue
            if (
                left.lower in FINE_PAIRED
                or left.lower.endswith("er")
                or segment.text[left.end : right.start] != f" {joint.text} "
            ):
                continue
            yield self.flag(
                segment,
                left.start,
                right.end,
                f"“{left.text} {joint.text} {right.text}” says one thing twice; the source may have two "
                f"different words.",
                confidence=0.6,
                suggestions=(left.text,),
            )

    def _determiners(self, segment: Segment, tokens: list[Token]) -> Iterator[Flag]:
        for left, right in itertools.pairwise(tokens):
            if left.lower not in ARTICLES or right.lower not in ARTICLES | POSSESSIVES or left.lower == right.lower:
                continue
            if segment.text[left.end : right.start] != " " or right.text.isupper() or (left.text == "A" and left.start):
                continue
            yield self.flag(
                segment,
                left.start,
                right.end,
                f"“{left.text}” and “{right.text}” both determine the same noun; keep one.",
                confidence=0.85,
                suggestions=(right.text, left.text),
                subcategory="grammar",
                category="linguistic conventions",
            )

    def _sentences(self, segment: Segment, previous: Segment | None) -> Iterator[Flag]:
        text = segment.text
        if previous is not None and len(words(text)) >= 5 and _plain(text) == _plain(previous.text):
            if not segment.source or segment.source != previous.source:
                yield self.flag(
                    segment,
                    0,
                    len(text),
                    "This sentence is the one before it once more.",
                    severity="major",
                    confidence=0.85 if closed(text) else 0.7,
                    suggestions=("",),
                )
            return
        seen: dict[str, int] = {}
        spans = sentences(text)
        for start, end in spans if len(spans) > 1 else []:
            plain = _plain(text[start:end])
            if len(plain.split()) >= 4 and plain in seen:
                yield self.flag(
                    segment,
                    start,
                    end,
                    "This sentence stands earlier in the same segment, word for word.",
                    severity="major",
                    confidence=0.88,
                    suggestions=("",),
                )
            seen.setdefault(plain, start)

    examples = (
        Example(("The the port opened.",), ("The the",)),
        Example(("He went to to the fair.",), ("to to",)),
        Example(("It is part of of the plan.",), ("of of",)),
        Example(("The plan was was adopted.",), ("was was",)),
        Example(("Growth in the first half in the first half was slow.",), ("in the first half in the first half",)),
        Example(("We support innovation innovation in cities.",), ("innovation innovation",)),
        Example(("They will build a bridge, will build a bridge.",), ("will build a bridge, will build a bridge",)),
        Example(("New jobs, new jobs, new jobs, new jobs followed.",), ("New jobs, new jobs, new jobs, new jobs",)),
        Example(("It met the a target.",), ("the a",)),
        Example(("In a the city of Jinan",), ("a the",)),
        Example(("He praised the its growth.",), ("the its",)),
        Example(
            ("The fair opened on Monday morning.", "The fair opened on Monday morning."),
            ("The fair opened on Monday morning.",),
        ),
        Example(("Prices rose in May. Prices rose in May.",), ("Prices rose in May.",)),
        Example(("They served with kindness and kindness.",), ("kindness and kindness",)),
        Example(("He tried again and again for years and years.",)),
        Example(("Es ist da, es ist da, sagte er.",), (), ("It is there, it is there, he said.",), "en", "de"),
        Example(("他们建设港口建设港口。",), ("建设港口建设港口",), ("They build ports.",), "en", "zh"),
        Example(("大家高高兴兴、来来往往、研究研究。",), (), ("All are happy.",), "en", "zh"),
        Example(("He had had enough.",)),
        Example(("She said that that was fine.",)),
        Example(("What it is is a fair.",)),
        Example(("Lang Lang played the piano.",)),
        Example(("The port of Fuzhou grew.", "The Fuzhou Fuzhou region leads."), ("Fuzhou Fuzhou",)),
        Example(("They visited Bora Bora and Walla Walla.",)),
        Example(("It was very very cold.",)),
        Example(("Step by step, side by side, year after year",)),
        Example(("From 10 10 were taken.",)),
        Example(("He handed in, in the end, the report.",)),
        Example(("Vitamin A the doctor recommended",)),
        Example(("They came out. Out came the sun.",)),
        Example(("We must innovate, and we must grow.",)),
    )


def _repeats_itself(source: str) -> bool:
    """Whether the source itself says a phrase twice in a row, for weight or as a list of numbers."""
    lower = [token.lower for token in words(source)]
    return any(_repeat(lower, at) for at in range(len(lower) - 1))


def _repeat(lower: list[str], at: int) -> int:
    """The length of the shortest phrase at ``at`` that is followed by itself, else 0."""
    first = lower[at]
    limit = min(LONGEST, (len(lower) - at) // 2)
    for size in range(1, limit + 1):
        if lower[at + size] == first and lower[at : at + size] == lower[at + size : at + 2 * size]:
            return size
    return 0


def _sure(phrase: list[Token], gaps: list[str], size: int, copies: int, once: frozenset[str], english: bool) -> float:
    """How sure the repetition is a slip, 0 where it is none."""
    joints = gaps[size - 1 :: size]
    if any(mark in gap for gap in gaps for mark in ".!?;:。！？؟؛۔—–|/"):
        return 0.0
    apart = any(gap.strip() for gap in joints)
    word = phrase[0]
    if all(token.text.isdigit() for token in phrase):
        return 0.0
    if size > 1:
        if apart:
            return (0.85 if size >= 4 or copies >= 3 else 0.5) if size >= 2 else 0.0
        return 0.93 if size >= 3 else 0.85
    if any('"' in gap or "“" in gap or "”" in gap or "(" in gap for gap in joints):
        return 0.0
    if apart:
        return 0.6 if copies >= 4 else 0.0
    if copies >= 3 and word.lower not in FINE_TWICE:
        return 0.92
    if not english:
        return 0.4 if len(word.text) > 3 and copies == 2 else 0.0
    if word.lower in NEVER_TWICE:
        return 0.95
    if word.lower in FINE_TWICE or len(word.text) == 1 or not word.text[0].isalpha():
        return 0.0
    if word.text[0].isupper():
        return 0.75 if word.lower in once else 0.0  # else a reduplicated name
    return 0.88


def _words_seen_alone(article: Article) -> frozenset[str]:
    """Words that stand in small letters somewhere, or as a name without their double."""
    found = set()
    for segment in article.segments:
        tokens = [""] + [token.text for token in words(segment.text)] + [""]
        found |= {
            word.lower()
            for before, word, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
            if word.islower() or word not in (before, after)
        }
    return frozenset(found)


def _plain(text: str) -> str:
    return " ".join(token.lower for token in words(text))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


DETECTOR = Doubled()
