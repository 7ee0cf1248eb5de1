"""What a doubtful stretch's flag says: what other translations have in its place, and who they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from review.model import Segment
from review.text.lexemes import lexemes
from review.text.likeness import aligned, separable

_FEW = 3
"""Words for which a single other translation is enough to offer its own; else two must agree."""

_LONGEST = 8
"""Words in a suggestion, at most: a longer one is another sentence, not a fix."""


def advice(segment: Segment, first: int, last: int, language: str) -> tuple[str, tuple[str, ...], str]:
    """Message, suggestions and evidence for the words ``first`` to ``last`` (inclusive) of the segment's text."""
    found = lexemes(segment.text, language)
    surface = segment.text[found[first].start : found[last].end]
    given = [("reference", text) for text in segment.references if text.strip()]
    given += [("other system", text) for text in segment.alternatives if text.strip()]
    if not given:
        return (
            f"“{_short(surface)}” is the kind of wording that editors often change; check it against the source.",
            (),
            "",
        )
    theirs = [(kind, *counterpart(segment.text, first, last, text, language)) for kind, text in given]
    told = [(kind, words) for kind, words, _ in theirs if words and words.lower() != surface.lower()]
    same = sum(words.lower() == surface.lower() for _, words, _ in theirs)
    ranked = Counter(words for _, words in told).most_common()
    fitting = {words for _, words, fits in theirs if fits}
    enough = 1 if len(given) == 1 and last - first < _FEW else 2
    agreed = bool(ranked) and ranked[0][1] >= enough
    suggestions = tuple(words for words, _ in ranked if words in fitting)[:3] if agreed else ()
    others = _counted(Counter(kind for kind, _ in given))
    if same == len(given):
        return (f"“{_short(surface)}” stands in {others} too, but wordings like it are often changed.", (), "")
    if not told:
        return (f"“{_short(surface)}” has nothing in its place in {others}.", (), "")
    best, votes = ranked[0]
    where = others if votes == len(given) else f"{votes} of {len(given)} ({others})"
    if votes == 1 and len(given) > 1:
        return f"“{_short(surface)}” is put otherwise in {others}, in each in its own way.", (), ""
    if best in suggestions:
        return f"“{_short(surface)}” is “{_short(best)}” in {where}.", suggestions, _shown(told)
    return f"“{_short(surface)}” stands where {where} put it otherwise: “{_short(best)}”.", suggestions, _shown(told)


def counterpart(text: str, first: int, last: int, other: str, language: str) -> tuple[str, bool]:
    """What ``other`` has in the place of words ``first`` to ``last`` of ``text``, or "", and whether it fits there."""
    mine, theirs = lexemes(text, language), lexemes(other, language)
    ours, stems = [word.stem for word in mine], [word.stem for word in theirs]
    start, end = aligned(ours, stems, first, last + 1)
    if end <= start or end - start > _LONGEST:
        return "", False
    return other[theirs[start].start : theirs[end - 1].end], separable(ours, stems, first, last + 1)


def _counted(kinds: Counter[str]) -> str:
    parts = []
    for kind, count in kinds.items():
        noun = kind if count == 1 else f"{kind}s"
        parts.append(f"the {noun}" if count == 1 else f"all {count} {noun}" if count > 2 else f"both {noun}")
    return " and ".join(parts)


def _shown(told: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{kind}: {words}" for kind, words in told)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77].rstrip() + "..."
