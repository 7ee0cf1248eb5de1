"""What several detectors ask of an article: its languages, said or told by its letters, and its headline."""

from __future__ import annotations

import re

from review.model import Article, Segment
from review.text.scripts import main_script, scripts_of
from review.text.sentences import guess_language
from review.text.termbase import primary

_CLOSED = re.compile(r"[.!?…。！？؟۔][\"'”’)\]》」』]*\s*$")


ENOUGH_WORDS = 20
"""From here on a text's small words tell its language."""


def target_scripts(article: Article) -> frozenset[str]:
    """The scripts of the target language; where it is not said, the script most of the text stands in."""
    if article.target_language:
        return scripts_of(article.target_language)
    script = main_script(" ".join(segment.text for segment in article.segments[:50]))
    return frozenset({script}) if script else frozenset({"Latin"})


def source_scripts(article: Article) -> frozenset[str]:
    """The scripts of the source language; where it is not said, that of the source text, if there is any."""
    if article.source_language:
        return scripts_of(article.source_language)
    script = main_script(" ".join(segment.source or "" for segment in article.segments[:50]))
    return frozenset({script}) if script else frozenset()


def target_language(article: Article) -> str:
    """The target language as said (BCP 47), or else as script and small words tell; "" where they tell nothing.

    A few words in Latin script count as English.
    """
    if article.target_language:
        return article.target_language
    text = " ".join(segment.text for segment in article.segments[:50])
    guessed = guess_language(text)
    few = len(text.split()) < ENOUGH_WORDS
    return guessed or ("en" if few and "Latin" in target_scripts(article) else "")


def english(article: Article) -> bool:
    """Whether the target is English, said or told by its words."""
    return primary(target_language(article)) in ("en", "eng")


def closed(text: str) -> bool:
    """Whether a text ends as a sentence does, with a stop (quotes and brackets may follow it)."""
    return _CLOSED.search(text) is not None


def headline(segment: Segment, number: int) -> bool:
    """Whether a segment reads as a headline or a label: no stop at its end, or most words capitalised."""
    text = segment.text.strip()
    if not closed(text):
        return True
    found = re.findall(r"[A-Za-z]{4,}", text)
    return len(found) >= 4 and sum(word[0].isupper() for word in found) >= 0.8 * len(found)
