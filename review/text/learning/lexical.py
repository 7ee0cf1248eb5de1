"""Whether a replaced run is a matter of words: no punctuation, number, ending, function word or turn of phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from review.text import inflection
from review.text.learning.runs import Run
from review.text.lexemes import Lexeme

_LOOSE = frozenset(
    """also still just only very more most much many some any all each every both few other another same such own now
already again too even ever never always often first second last next new one two three four five six seven eight nine
ten hundred thousand million billion within without among across along around since until while because although though
however therefore thus hence yet per via upon toward towards like unlike including regarding according etc there then
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
october november december today yesterday tomorrow said says say saying stated told added
get gets got make makes made take takes took go goes went come comes came give gives gave let lets put use used
thing things way ways time times year years day days people person""".split()
)
"""English words that carry too little to be a term by themselves, beside the function words."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """``wrong`` is to be written ``right``; the keys say which lessons are the same, endings and case aside.

    ``matching``: "inflected", "case" (they differ in letter case alone), "name" (capitalised within a sentence),
    "opening" (capitalised where a sentence begins, which tells nothing).
    """

    wrong: str
    right: str
    wrong_key: str
    right_key: str
    matching: str


def lesson(run: Run, language: str = "en") -> Lesson | None:
    """What a run teaches; None where it is not lexical.

    Function words at the edges are left out on both sides. What is left must have a content word on both sides, no
    bare number, and must differ in more than endings (stems, irregular verbs); letter case alone counts within a
    sentence.
    """
    wrong, right = _core(run.wrong), _core(run.right)
    if not wrong or not right or not _content(wrong) or not _content(right):
        return None
    if any(one.text[0].isdigit() and not any(c.isalpha() for c in one.text) for one in (*wrong, *right)):
        return None
    before, after = _written(wrong), _written(right)
    if before.lower() == after.lower():
        # A name's capitals are a lesson; one word more or less with a capital, or a whole headline's, is taste.
        if run.opens or before == after or not _mixed(after):
            return None
        return Lesson(before, after, f"={before}", f"={after}", "case")
    if _same_words(wrong, right):
        return None
    return Lesson(before, after, _key(wrong), _key(right), _matching(run.opens, wrong, right))


def _matching(opens: bool, wrong: Sequence[Lexeme], right: Sequence[Lexeme]) -> str:
    if not (_capital(wrong) and _capital(right)):
        return "inflected"
    sure = not opens or min(_capitals(wrong), _capitals(right)) > 1
    return "name" if sure else "opening"


def _core(words: Sequence[Lexeme]) -> tuple[Lexeme, ...]:
    start, end = 0, len(words)
    while start < end and words[start].function:
        start += 1
    while start < end and words[end - 1].function:
        end -= 1
    return tuple(words[start:end])


def _content(words: Sequence[Lexeme]) -> bool:
    return any(not one.function and one.text.lower() not in _LOOSE and len(one.text) > 1 for one in words)


def _same_words(wrong: Sequence[Lexeme], right: Sequence[Lexeme]) -> bool:
    """Whether the content words are the same but for endings: tense, number, a possessive, a hyphen."""
    one = [word for word in wrong if not word.function]
    other = [word for word in right if not word.function]
    if "".join(word.stem for word in one).replace("-", "") == "".join(word.stem for word in other).replace("-", ""):
        return True
    return len(one) == len(other) and all(
        left.stem == right.stem or _bases(left.text) & _bases(right.text)
        for left, right in zip(one, other, strict=True)
    )


def _bases(word: str) -> set[str]:
    return {base for base, _ in inflection.forms(word)}


def _key(words: Sequence[Lexeme]) -> str:
    return " ".join(word.stem for word in words)


def _written(words: Sequence[Lexeme]) -> str:
    return " ".join(word.text.replace("’s", "'s").removesuffix("'s") for word in words)


def _capital(words: Sequence[Lexeme]) -> bool:
    return all(word.text[:1].isupper() for word in words if not word.function)


def _capitals(words: Sequence[Lexeme]) -> int:
    return sum(letter.isupper() for word in words for letter in word.text)


def _mixed(text: str) -> bool:
    return any(letter.isupper() for word in text.split(" ") for letter in word[1:]) and not text.isupper()
