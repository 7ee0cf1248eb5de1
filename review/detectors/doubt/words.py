"""What is known of each word of a translation: by itself, against references, against other systems' outputs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from review.model import Article, Flag, Segment
from review.text.lexemes import Lexeme, latin, length, lexemes
from review.text.likeness import departures, likeness, nearest, shared_grams

ALONE = """number function name opening length repeated recurring position size hyphen quoted bracketed
after_function before_function ratio ratio_squared copied flagged stop_before stop_after""".split()
"""Features that need no other text than the article, and its source where there is one."""

GIVEN = """absent absent_content absent_name absent_number unlike apart replaced gap alone nowhere nowhere_name
before_apart after_apart around_apart likeness likeness_absent likeness_apart missing agreement""".split()
"""Features that compare with texts of the same meaning: references, or alternatives."""

NO_EVIDENCE = frozenset({"grammar", "unknown_words", "omitted", "lonely_names", "reference_names"})
"""Detectors whose flags are no evidence here: a setting or a missing package may silence them, or the features say the
same already."""

_QUOTES = '"“”‘«»„「」『』'


@dataclass(frozen=True, slots=True)
class Compared:
    """A segment against texts of the same meaning.

    ``likeness``: how alike; ``agreement``: how alike those are to each other; ``missing``: content words that all of
    them have and it lacks, for each of its words; ``covered``: the share of their content words that it has;
    ``grams``: what they share in runs of four letters.
    """

    likeness: float
    agreement: float
    missing: float
    covered: float
    grams: float


class Words:
    """The words of an article's segments, in one row each over all segments, with their features.

    ``starts`` holds where each segment's words begin, and one more: the number of words. ``said`` are the other
    detectors' flags on words by segment id, ``flags`` those of them that count as evidence.
    """

    def __init__(self, article: Article, flags: Iterable[Flag] = ()) -> None:
        self.article = article
        self.language = article.target_language or "en"
        self.lexemes: list[tuple[Lexeme, ...]] = [lexemes(s.text, self.language) for s in article.segments]
        self.starts = np.concatenate([[0], np.cumsum([len(found) for found in self.lexemes])]).astype(int)
        self.said: dict[str, list[Flag]] = {}
        self.flags: dict[str, list[Flag]] = {}
        for flag in flags:
            if flag.side == "target" and flag.start < flag.end:
                self.said.setdefault(flag.segment, []).append(flag)
                if flag.detector not in NO_EVIDENCE:
                    self.flags.setdefault(flag.segment, []).append(flag)

    @cached_property
    def count(self) -> int:
        return int(self.starts[-1])

    def under(self, number: int, flag: Flag) -> tuple[int, int] | None:
        """The first and the last word that a flag on the ``number``-th segment touches; None where it touches none."""
        found = self.lexemes[number]
        touched = [at for at, word in enumerate(found) if word.start < flag.end and flag.start < word.end]
        return (touched[0], touched[-1]) if touched else None

    @cached_property
    def ratios(self) -> list[float]:
        """How much longer each segment is for its source than the article's usual (logarithm); 0 without a source."""
        logs = [
            math.log((len(found) + 1) / (length(segment.source) + 1)) if segment.source else None
            for segment, found in zip(self.article.segments, self.lexemes, strict=True)
        ]
        known = sorted(value for value in logs if value is not None)
        usual = known[len(known) // 2] if known else 0.0
        return [0.0 if value is None else value - usual for value in logs]

    @cached_property
    def alone(self) -> np.ndarray:
        """An array of words by ALONE."""
        counts = Counter(word.stem for found in self.lexemes for word in found)
        rows: list[list[float]] = []
        for segment, found, ratio in zip(self.article.segments, self.lexemes, self.ratios, strict=True):
            rows += _alone(segment, found, counts, ratio, self.flags.get(segment.id, ()))
        return np.array(rows, dtype=float).reshape(-1, len(ALONE))

    def given(self, kind: str) -> tuple[np.ndarray, list[Compared | None]]:
        """An array of words by GIVEN, and a comparison of each segment; ``kind``: "references" or "alternatives".

        Rows of segments that have no such text are NaN, and their comparison is None.
        """
        rows: list[Any] = []
        compared: list[Compared | None] = []
        for segment, found in zip(self.article.segments, self.lexemes, strict=True):
            others = [text for text in getattr(segment, kind) if text.strip()]
            if not others:
                rows += [[math.nan] * len(GIVEN)] * len(found)
                compared.append(None)
                continue
            part, result = _given(segment.text, found, others, self.language)
            rows += part
            compared.append(result)
        return np.array(rows, dtype=float).reshape(-1, len(GIVEN)), compared


def _alone(
    segment: Segment, found: Sequence[Lexeme], counts: Counter[str], ratio: float, flags: Sequence[Flag]
) -> list[list[float]]:
    text, size = segment.text, len(found)
    here = Counter(word.stem for word in found)
    source = latin(segment.source or "")
    log_size, squared = math.log(size) if size else 0.0, ratio * ratio
    rows = []
    for at, word in enumerate(found):
        before, after = text[: word.start].rstrip()[-1:], text[word.end : word.end + 1]
        opening = at == 0 or before in '.!?:。！？：“"'
        capital = word.text[0].isupper()
        content = not word.function
        rows.append(
            [
                float(word.text[0].isdigit()),
                float(word.function),
                float(capital and not opening),
                float(capital and opening),
                min(len(word.text), 15) / 10,
                float(content and here[word.stem] > 1),
                math.log1p(counts[word.stem] - here[word.stem]) if content else 0.0,
                at / size,
                log_size,
                float("-" in word.text),
                float((before in _QUOTES and before != "") or (after in _QUOTES and after != "")),
                float(before in ("(", "（") or after in (")", "）")),
                float(at > 0 and found[at - 1].function),
                float(at + 1 < size and found[at + 1].function),
                ratio,
                squared,
                float(word.text in source),
                max((f.confidence for f in flags if f.start < word.end and f.end > word.start), default=0.0),
                float(before in (",", ";", "，", "；") and before != ""),
                float(after in (",", ";", "，", "；") and after != ""),
            ]
        )
    return rows


def _given(
    text: str, found: Sequence[Lexeme], others: Sequence[str], language: str
) -> tuple[list[list[float]], Compared]:
    stems = [word.stem for word in found]
    size, share = len(stems), 1 / len(others)
    names = [at > 0 and word.text[0].isupper() for at, word in enumerate(found)]
    absent, unlike, apart = [0.0] * size, [0.0] * size, [0.0] * size
    replaced, gap, alone = [0.0] * size, [0.0] * size, [0.0] * size
    shared: set[str] | None = None
    own, covered = set(stems), 0.0
    for other in others:
        theirs = [word.stem for word in lexemes(other, language)]
        content = {word.stem for word in lexemes(other, language) if not word.function}
        shared = content if shared is None else shared & content
        covered += share * len(content & own) / max(1, len(content))
        have, pairs = set(theirs), set(pairwise(theirs))
        equal, instead, added = departures(stems, theirs)
        for at, stem in enumerate(stems):
            if stem not in have:
                absent[at] += share
                if not found[at].function:
                    unlike[at] += share * (1 - nearest(stem, content))
            apart[at] += share * (1 - equal[at])
            replaced[at] += share * instead[at]
            gap[at] += share * min(added[at], 6) / 3
            left = at > 0 and (stems[at - 1], stem) in pairs
            right = at + 1 < size and (stem, stems[at + 1]) in pairs
            alone[at] += share * (1 - (left + right) / 2)
    alike = sum(likeness(text, other) for other in others) * share
    between = [likeness(a, b) for n, a in enumerate(others) for b in others[:n]]
    agreement = sum(between) / len(between) if between else alike
    missing = len((shared or set()) - own) / max(1, size)
    grams = sum(shared_grams(text, other) for other in others) * share
    rows = []
    for at, word in enumerate(found):
        content_word, everywhere = not word.function, absent[at] > 0.999
        window = apart[max(0, at - 2) : at + 3]
        rows.append(
            [
                absent[at],
                absent[at] * content_word,
                absent[at] * names[at],
                absent[at] * word.text[0].isdigit(),
                unlike[at],
                apart[at],
                replaced[at],
                gap[at],
                alone[at],
                float(everywhere and content_word),
                float(everywhere and names[at]),
                apart[at - 1] if at else 0.0,
                apart[at + 1] if at + 1 < size else 0.0,
                sum(window) / 5,
                alike,
                alike * absent[at] * content_word,
                alike * apart[at],
                missing,
                agreement,
            ]
        )
    return rows, Compared(alike, agreement, missing, covered, grams)
