"""What a rule changes in a text: where its words stand, and what is written there instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from review.errors import InputError
from review.model import RULE_KINDS, Replacement, Rule
from review.text import inflection, matching, patterns, rendering


class Replacer:
    """A rule ready to be followed. Raises InputError for one that cannot be: nothing to find, a refused pattern."""

    def __init__(self, rule: Rule) -> None:
        if rule.kind not in RULE_KINDS or rule.source_kind not in RULE_KINDS:
            raise InputError(f"A rule's kind is one of {', '.join(RULE_KINDS)}.")
        if not rule.find.strip():
            raise InputError("There is nothing to look for; write some words.")
        self.rule = rule
        self._matcher: matching.Matcher | None = None
        if rule.kind == "words":
            self._matcher = _matcher(rule.find, rule.inflected, rule.case)
        elif rule.kind == "pattern":
            patterns.compiled(rule.find)

    def changes(self, text: str, source: str | None = None) -> list[Replacement]:
        """What the rule replaces in a text, without overlap; nothing where its source is not there."""
        rule = self.rule
        if rule.source and not _stands(rule.source, rule.source_kind, source or ""):
            return []
        found: list[Replacement] = []
        for start, end, ending in self._spans(text):
            if found and start < found[-1].end:
                continue
            found.append(Replacement(start, end, self._written(text, start, end, ending)))
        return found

    def _spans(self, text: str) -> Iterable[tuple[int, int, str]]:
        rule = self.rule
        if self._matcher is not None:
            return [(hit.start, hit.end, hit.ending) for hit in self._matcher.find(text)]
        if rule.kind == "pattern":
            return [(start, end, "") for start, end in patterns.compiled(rule.find).spans(text)]
        flags = 0 if rule.case else re.IGNORECASE
        return [(*hit.span(), "") for hit in re.finditer(re.escape(rule.find), text, flags)]

    def _written(self, text: str, start: int, end: int, ending: str) -> str:
        rule = self.rule
        if rule.kind == "words" and rule.inflected and ending:
            return rendering.replace(rendering.Rendering((rule.replace,)), {}, ending, text[start:end])
        return rule.replace


def applied(text: str, changes: Iterable[Replacement]) -> str:
    """The text with the changes made."""
    for change in sorted(changes, key=lambda one: one.start, reverse=True):
        text = text[: change.start] + change.text + text[change.end :]
    return text


@lru_cache(maxsize=64)
def _matcher(find: str, inflected: bool, case: bool) -> matching.Matcher:
    words = matching.words_of(find)
    allowed = tuple("s ed ing" if inflected else "" for _ in words)
    phrase = matching.Phrase(
        words=tuple(words), owner=0, allowed=allowed, head=inflection.head(words), bound=(), case=case
    )
    return matching.Matcher([phrase])


def _stands(words: str, kind: str, text: str) -> bool:
    if kind == "pattern":
        return bool(patterns.compiled(words).spans(text))
    return words.lower() in text.lower()
