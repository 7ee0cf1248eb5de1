"""What a rule changes in a text: where its words stand, and what is written there instead.

``wordings`` says which wordings words stand for, ``scanning`` where they stand, ``writing`` how a replacement reads.
"""

from __future__ import annotations

from collections.abc import Iterable

from review.errors import InputError
from review.model import RULE_KINDS, Replacement, Rule
from review.text import codes
from review.text.rules import writing
from review.text.rules.scanning import Scanner
from review.text.rules.writing import At, Place
from review.text.termbase import primary

__all__ = ["Replacer", "Scanner", "applied"]


class Replacer:
    """A rule ready to be followed. Raises InputError for one that cannot be: nothing to find, a refused pattern.

    ``scanner`` finds the hits in a translation; ``sources`` finds what must stand in the source, None where nothing
    must.
    """

    def __init__(self, rule: Rule) -> None:
        if rule.kind not in RULE_KINDS or rule.source_kind not in RULE_KINDS:
            raise InputError(f"A rule's kind is one of {', '.join(RULE_KINDS)}.")
        if not rule.find.strip():
            raise InputError("There is nothing to look for; write some words.")
        if rule.find == rule.replace and rule.kind != "pattern":
            raise InputError(f"{rule.find!r} is to be replaced by itself; write something else instead.")
        self.rule = rule
        self._template: list[str | int] = [rule.replace]
        self.scanner = Scanner(rule.find, rule.kind, rule.inflected, rule.case, self._at)
        self.sources: Scanner | None = None
        if rule.kind == "pattern":
            self._template = writing.template(rule.replace)
            highest = max((part for part in self._template if isinstance(part, int)), default=0)
            groups = self.scanner.pattern.groups
            if highest > groups:
                there = "no groups" if groups == 0 else f"{groups} group{'s' * (groups > 1)}"
                raise InputError(f"The replacement names group \\{highest}, but the pattern has {there}; change one.")
        if rule.source.strip():
            self.sources = Scanner(rule.source, rule.source_kind, True, False)

    @property
    def may_empty(self) -> bool:
        """Whether a text could be empty after it."""
        return not any(isinstance(part, str) and part.strip() for part in self._template)

    def changes(self, text: str, source: str | None = None, language: str = "") -> list[Replacement]:
        """What the rule replaces in a text, without overlap; nothing where its source is not there.

        In a text of another ``language`` than English (BCP 47; "" is not known) no "a" is taken for an article.
        """
        raw = _encoded(text)
        if self.sources is not None and not any(True for _ in self.sources.spans(_encoded(source or ""))):
            return []
        found: list[Replacement] = []
        at = place = 0
        for first, last in self.scanner.spans(raw):
            start = place + len(raw[at:first].decode())
            end = start + len(raw[first:last].decode())
            at, place = last, end
            found.append(self._change(text, raw, first, start, end, found[-1].end if found else 0, language))
        return found

    def refusal(self, text: str, changes: Iterable[Replacement]) -> str:
        """Why the changes must not be made, as a half sentence; "" where they may."""
        after = applied(text, changes)
        if not after.strip():
            return "nothing would be left of it"
        code = codes.broken(text, after)
        return f"it would break {code if len(code) < 40 else code[:38] + '…'}" if code else ""

    def _change(self, text: str, raw: bytes, first: int, start: int, end: int, free: int, language: str) -> Replacement:
        surface = text[start:end]
        parts = self.scanner.pattern.parts(raw, first) if len(self._template) > 1 or self._numbered else []
        written = self._written(surface, self.scanner.ending(_encoded(surface)), At(text, start), parts)
        if not written:
            begin, end = writing.tidied(text, start, end)
            return Replacement(max(begin, free), end, "")
        if primary(language) in ("", "en", "und"):
            begin, whole = writing.with_article(text, start, surface, written)
            if begin >= free:
                return Replacement(begin, end, whole)
        return Replacement(start, end, written)

    @property
    def _numbered(self) -> bool:
        return any(isinstance(part, int) for part in self._template)

    def _at(self, surface: str, ending: str, place: Place) -> str:
        """What is written for a surface on its own."""
        parts = self.scanner.pattern.parts(_encoded(surface), 0) if self._numbered else []
        return self._written(surface, ending, place, parts or [surface] * 100)

    def _written(self, surface: str, ending: str, place: Place, parts: list[str]) -> str:
        rule = self.rule
        words = writing.expanded(self._template, parts) if self._numbered else "".join(map(str, self._template))
        if rule.kind == "words":
            verb = self.scanner.verb or (ending in ("ed", "ing"))
            words = writing.inflected(words, ending, verb) if rule.inflected else words
        return writing.cased(words, rule.find, surface, place) if rule.keep_case else words


def applied(text: str, changes: Iterable[Replacement]) -> str:
    """The text with the changes made."""
    for change in sorted(changes, key=lambda one: one.start, reverse=True):
        text = text[: change.start] + change.text + text[change.end :]
    return text


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")  # half a character, which no store holds, is then one that is found nowhere
