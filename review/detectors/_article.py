"""What several detectors ask of an article: its languages, said or told by its letters, and its headline."""

from __future__ import annotations

import re

from review.model import Article, Segment
from review.text.scripts import main_script, scripts_of

_CLOSED = re.compile(r"[.!?…。！？؟۔][\"'”’)\]》」』]*\s*$")


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


def english(article: Article) -> bool:
    """Whether the target is English, or is not said and looks like Latin script."""
    if article.target_language:
        return article.target_language.lower().split("-")[0] in ("en", "eng")
    return "Latin" in target_scripts(article)


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
