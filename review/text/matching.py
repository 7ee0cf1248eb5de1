"""Finding many phrases in a text at once: words with their endings and spelling variants, Chinese by character.

A token is one word of letters and digits, one of & + % and the comma, or one Chinese, Japanese or Korean character, so
that a phrase needs no spaces round it where the script has none. Tokens of one phrase are parted by
nothing but spaces, hyphens, or a possessive.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from review.text import inflection
from review.text.rendering import NAME

CJK = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{CJK}]|[^\W_{CJK}]+|[&+%,，、]")
_GAP = re.compile(r"(?:['’](?:s(?=\W))?)?[\s\-\u2010-\u2013\u200b]*\Z")
_IS_CJK = re.compile(rf"[{CJK}]")
_REMEMBERED = 100_000
_CLOSING = "\"'”’)]» \t\u00a0"

_TITLES = """
a an the of and chairman chairwoman chair president ceo cfo coo cto director manager general vice deputy secretary
company companies corporation ltd limited co inc holding holdings board party committee member members leader leaders
leadership office department headquarters stage stages round phase one two three four five six seven eight ten twenty
chief executive officer audit finance legal head senior strategy results revenue annual report policy rules first second
i ii iii iv was is are has have had will would said says also then at in on for with by to from as
"""
TITLES = frozenset(_TITLES.split())
"""Capitalised words that {name} does not take: "the Group Chairman" is no name."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word at ``[start, end)`` (code points) of a text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """What to find, one wording. ``owner`` is the caller's; ``allowed`` are the endings each word may carry."""

    words: tuple[str, ...]
    owner: int
    allowed: tuple[str, ...]
    head: int
    bound: tuple[tuple[str, str], ...] = ()
    case: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found at ``[start, end)``; ``ending`` is its head's; ``name`` what {name} took."""

    start: int
    end: int
    phrase: Phrase
    ending: str = ""
    name: str = ""


@dataclass(slots=True)
class _Node:
    edges: dict[str, _Node] = field(default_factory=dict)
    ends: list[Phrase] = field(default_factory=list)


def has_cjk(text: str) -> bool:
    """Whether a Chinese, Japanese or Korean character stands in the text."""
    return _IS_CJK.search(text) is not None


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    return [Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def words_of(text: str) -> list[str]:
    """The words of a phrase as it is written in a termbase; {name} is one of them."""
    found: list[str] = []
    for index, piece in enumerate(text.split(NAME)):
        if index:
            found.append(NAME)
        found += _TOKEN.findall(piece)
    return found


def opens_sentence(text: str, start: int) -> bool:
    """Whether a sentence begins at ``start``: nothing stands before it, or a full stop, colon or line end."""
    before = text[:start].rstrip("\"'“‘([«* \t\u00a0")
    if not before or before[-1] in "\r\n":
        return True
    return before[-1] in ".!?。！？…" or before.rstrip(_CLOSING)[-1:] in ".!?。！？"


def titled(text: str) -> bool:
    """Whether a text is a headline with capitals: no full stop, and most of its longer words begin with one."""
    if text.rstrip(_CLOSING)[-1:] in (".", "!", "?", "…", "。", "！", "？"):
        return False
    words = [token.text for token in tokenize(text) if len(token.text) > 3 and token.text[0].isalpha()]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


class Matcher:
    """All phrases in one trie over their words; a text is walked once, whatever their number."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._root = _Node()
        self._words: set[str] = set()
        self._known: dict[str, tuple[tuple[str, str], ...]] = {}
        for phrase in phrases:
            node = self._root
            for word in phrase.words:
                key = word if word == NAME else _key(word)
                self._words.add(key)
                node = node.edges.setdefault(key, _Node())
            if phrase.words:
                node.ends.append(phrase)
        longer = (word for word in self._words if len(word) > 5 and word.isascii())
        self._lefts = frozenset(word[:cut] for word in longer for cut in range(3, len(word) - 2))

    def find(self, text: str) -> list[Match]:
        """Every place of every phrase, overlapping ones too, by start and then length."""
        tokens = tokenize(text)
        readings = [self._readings(token.text) for token in tokens]
        found: list[Match] = []
        edges = self._root.edges
        for start, options in enumerate(readings):
            if any(key in edges for key, _ in options) or NAME in edges or self._joined(tokens, start, text)[0]:
                self._walk(self._root, tokens, readings, text, start, start, [], "", found)
        unique = {(m.start, m.end, id(m.phrase)): m for m in reversed(found)}
        return sorted(unique.values(), key=lambda m: (m.start, m.end))

    def _readings(self, word: str) -> tuple[tuple[str, str], ...]:
        """The (key, ending) pairs of a word that occur in phrases; kept, for most words come again."""
        known = self._known.get(word)
        if known is None:
            plain = "," if word == "、" else unicodedata.normalize("NFKC", word)
            forms = ((plain, ""),) if _IS_CJK.match(plain) else inflection.forms(plain)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[word] = tuple(form for form in forms if form[0] in self._words)
        return known

    def _joined(self, tokens: list[Token], at: int, text: str) -> tuple[str, str]:
        """The key and ending of two words written apart or hyphened that a phrase writes as one, else ("", "")."""
        if at + 1 < len(tokens):
            first, second = tokens[at], tokens[at + 1]
            near = second.start - first.end == 1 and text[first.end] in "-\u2010\u2011 "
            if near and first.text.lower() in self._lefts:
                for key, ending in inflection.forms(first.text + second.text):
                    if key in self._words:
                        return key, ending
        return "", ""

    def _walk(
        self,
        node: _Node,
        tokens: list[Token],
        readings: list[tuple[tuple[str, str], ...]],
        text: str,
        first: int,
        at: int,
        path: list[tuple[Token, str]],
        name: str,
        found: list[Match],
    ) -> None:
        for phrase in node.ends:
            ending = _accept(phrase, path)
            if ending is not None:
                found.append(Match(tokens[first].start, tokens[at - 1].end, phrase, ending, name))
        if at >= len(tokens) or not node.edges:
            return
        if at > first and not _GAP.match(text[tokens[at - 1].end : tokens[at].start]):
            return
        token = tokens[at]
        for key, ending in readings[at]:
            following = node.edges.get(key)
            if following is not None:
                self._walk(following, tokens, readings, text, first, at + 1, [*path, (token, ending)], name, found)
        joined, ending = self._joined(tokens, at, text)
        following = node.edges.get(joined) if joined else None
        if following is not None:
            both = Token(text[token.start : tokens[at + 1].end], token.start, tokens[at + 1].end)
            self._walk(following, tokens, readings, text, first, at + 2, [*path, (both, ending)], name, found)
        following = node.edges.get(NAME)
        if following is not None:
            for count in range(1, 4):
                run = tokens[at : at + count]
                if len(run) < count or not _is_name(run, text):
                    break
                taken = text[run[0].start : run[-1].end]
                whole = Token(taken, run[0].start, run[-1].end)
                self._walk(following, tokens, readings, text, first, at + count, [*path, (whole, "")], taken, found)


def _key(word: str) -> str:
    return "," if word == "、" else inflection.fold(unicodedata.normalize("NFKC", word))


def _accept(phrase: Phrase, path: list[tuple[Token, str]]) -> str | None:
    """The head's ending where every word carries one that it may, and the case is right; else None."""
    for (token, ending), word, allowed in zip(path, phrase.words, phrase.allowed, strict=True):
        if ending and ending not in allowed.split():
            return None
        if phrase.case and word != NAME and token.text[: len(word)] != word:
            return None
    return path[phrase.head][1] if path else None


def _is_name(run: list[Token], text: str) -> bool:
    for index, token in enumerate(run):
        if not token.text[0].isupper() or token.text.lower() in TITLES:
            return False
        if index and not _GAP.match(text[run[index - 1].end : token.start]):
            return False
    return True
