"""Where the terms of a termbase stand in a text: an index over all concepts, looked up once per text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from review.model import Concept, Term
from review.text import inflection, matching, patterns, rendering

WRONG = frozenset({"deprecated", "superseded", "forbidden"})
"""The statuses of terms that should not stand in a translation."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term of a concept at ``[start, end)`` of the text looked up (code points).

    ``ending`` is what its head carried ("", "s", "ed", "ing"); ``bound`` what its slots print.
    """

    start: int
    end: int
    concept: Concept
    term: Term
    ending: str = ""
    bound: tuple[tuple[str, str], ...] = ()

    @property
    def wrong(self) -> bool:
        return self.term.status in WRONG

    @property
    def key(self) -> tuple[str, str]:
        """What tells the concept from all others: its termbase and its id."""
        return self.concept.termbase, self.concept.id


class TermIndex:
    """All concepts of the termbases in use, ready to be found in a text.

    ``concepts`` may come in any order; those without terms are kept and never found. Raises InputError for
    a term that cannot be read in the notation of ``review.text.rendering``, and for a pattern that is refused.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: tuple[Concept, ...] = tuple(concepts)
        self._entries: list[tuple[Concept, Term]] = []
        phrases: dict[str, list[matching.Phrase]] = {}
        self._patterns: dict[str, list[tuple[int, patterns.Pattern]]] = {}
        for concept in self.concepts:
            for term in concept.terms:
                if not term.accepted:
                    continue
                self._entries.append((concept, term))
                owner = len(self._entries) - 1
                if term.matching == "pattern":
                    phrases.setdefault(primary(term.language), [])
                    found = self._patterns.setdefault(primary(term.language), [])
                    found.append((owner, patterns.compiled(term.text)))
                    continue
                phrases.setdefault(primary(term.language), []).extend(_phrases(term, owner))
        self._matchers = {language: matching.Matcher(found) for language, found in phrases.items()}
        self._contexts: dict[tuple[str, ...], matching.Matcher] = {}

    def __len__(self) -> int:
        return len(self.concepts)

    @property
    def languages(self) -> tuple[str, ...]:
        """The primary language subtags that have terms, in alphabetical order."""
        return tuple(sorted(self._matchers))

    def find(self, text: str, language: str = "") -> list[Hit]:
        """Every term of ``language`` (BCP 47) in the text, overlapping ones too, by place.

        Where the language is not known ("") it is told by the script: Chinese, Japanese and Korean
        characters, or others.
        """
        found: list[Hit] = []
        for name in self._read_as(text, language):
            for match in self._matchers[name].find(text):
                concept, term = self._entries[match.phrase.owner]
                bound = match.phrase.bound
                if match.name:
                    bound = (*bound, (rendering.NAME, match.name))
                found.append(Hit(match.start, match.end, concept, term, match.ending, bound))
            for owner, pattern in self._patterns.get(name, ()):
                found += (Hit(start, end, *self._entries[owner]) for start, end in pattern.spans(text))
        return sorted(found, key=lambda hit: (hit.start, hit.end))

    def _read_as(self, text: str, language: str) -> list[str]:
        if language and primary(language) not in ("und", "mul"):
            return [name for name in (primary(language), "und") if name in self._matchers]
        cjk = {"zh", "ja", "ko"}
        return [name for name in self.languages if (name in cjk) == matching.has_cjk(text)]

    def mentions(self, text: str, words: tuple[str, ...]) -> bool:
        """Whether one of ``words`` (renderings; their endings may vary) stands in the text."""
        matcher = self._contexts.get(words)
        if matcher is None:
            found = []
            for owner, word in enumerate(words):
                found += _phrases(Term(word, "", part_of_speech="phrase"), owner)
            matcher = self._contexts[words] = matching.Matcher(found)
        return bool(matcher.find(text))


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap, the longest alone (the first of equals by start); all that share its span stay."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all((hit.start, hit.end) == (k.start, k.end) or hit.end <= k.start or hit.start >= k.end for k in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end))


def primary(language: str) -> str:
    """The primary subtag of a BCP 47 tag in lower case: zh of zh-Hans-CN."""
    return language.replace("_", "-").split("-")[0].lower()


def _phrases(term: Term, owner: int) -> list[matching.Phrase]:
    """The concrete wordings of one term."""
    parsed = rendering.parse(term.text)
    found = []
    for text, bound in parsed.wordings():
        words = matching.words_of(text)
        if not words:
            continue
        head = 0 if parsed.verb else inflection.head(words)
        found.append(
            matching.Phrase(
                words=tuple(words),
                owner=owner,
                allowed=tuple(_endings(term, parsed.verb, word) for word in words),
                head=head,
                bound=tuple(bound.items()),
                case=term.matching in ("case", "exact"),
            )
        )
    return found


def _endings(term: Term, verb: bool, word: str) -> str:
    """The endings that a word of the term may carry, parted by spaces."""
    if term.matching == "exact" or term.part_of_speech == "name" or word.lower() in inflection.PREPOSITIONS:
        return ""
    if verb or term.part_of_speech == "phrase":
        return "s ed ing"
    return "" if term.part_of_speech == "adjective" else "s"
