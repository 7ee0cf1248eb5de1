"""Words that no corpus of the language has: slips of the pen, half-translated words, inventions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from review.detectors._article import source_scripts, target_language
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag
from review.settings import Settings
from review.text import frequency
from review.text.lexemes import latin, lexemes
from review.text.pinyin import reading_of
from review.text.scripts import scripts_of
from review.text.termbase import TermIndex

_SHORTEST = 4
NAME, WORD = 0.8, 0.35
"""Confidence, from what experts marked: names that stand once, in no corpus, and are not plain pinyin; other words."""

_CASED = frozenset({"Latin", "Cyrillic", "Greek"})
"""Scripts in which a capital letter tells a name, of which no list has all."""


class UnknownWords(Detector):
    name = "unknown_words"
    title = "Unknown word"
    advice = "Check words that no large corpus of the language has; a reader will not know them either."
    source = "Word lists of wordfreq (Speer 2022), from eight kinds of corpora; optional."
    category = "linguistic conventions"
    subcategory = "spelling"
    version = 1
    examples = (
        Example(("The mayor prospectived the new harbour.",), ("prospectived",)),
        Example(("They signed the agreemment on Monday.",), ("agreemment",)),
        Example(("Farmers harvest the zhibaogu in autumn.",), ("zhibaogu",)),
        Example(("The workshopization of schools goes on.",), ("workshopization",)),
        Example(("The city wants a greenhuge park.",), ("greenhuge",)),
        Example(("It was a beutifulest morning in spring.",), ("beutifulest",)),
        Example(("Officials intervewed the drivers.",), ("intervewed",)),
        Example(("The reporter visited the villagge school.",), ("villagge",)),
        Example(("The guests met Xuzhiqian at the fair.",), ("Xuzhiqian",), ("嘉宾在展会上会见了徐子谦。",)),
        Example(("He bought shares of Kaolaide in May.",), ("Kaolaide",), ("他五月份买了科兰德的股票。",)),
        Example(("Rizhao lies on the Yellow Sea.",)),
        Example(("The astronaut waved.",), (), ("航天员挥手。",)),
        Example(("She ordered the xianbingo again.",), (), references=(("She had the xianbingo once more.",),)),
        Example(("The app is called Wobblifyx.",), (), ("这款应用叫Wobblifyx。",)),
        Example(("The guests met Xuzhiqian.", "Later Xuzhiqian spoke.")),
        Example(("El alcalde abrió el puerto.",), target_language="es"),
    )

    def available(self, settings: Settings | None = None) -> tuple[bool, str]:
        able = frequency.available()
        return able, "" if able else "Silent: wordfreq is not installed (pip install -r requirements-optional.txt)."

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        language = target_language(article)
        if not frequency.covers(language) or not scripts_of(language) & _CASED:
            return
        chinese = _spelt_out if "Han" in source_scripts(article) else None
        known = _written(context.terms)
        everywhere: dict[str, int] = {}
        for segment in article.segments:
            for word in lexemes(segment.text, language):
                everywhere[word.text.lower()] = everywhere.get(word.text.lower(), 0) + 1
        for segment in article.segments:
            given = latin(segment.source or "")
            others = " ".join((*segment.references, *segment.alternatives)).lower()
            for word in lexemes(segment.text, language):
                text = word.text
                if len(text) < _SHORTEST or not text.isalpha() or everywhere[text.lower()] > 1:
                    continue
                if (
                    text in given
                    or text.lower() in known
                    or text.lower() in others
                    or frequency.zipf(text, language) > 0
                ):
                    continue
                name = not text.islower()
                if name and (chinese is None or not segment.source or chinese(text, segment.source)):
                    continue
                what = "name" if name else "word"
                yield self.flag(
                    segment,
                    word.start,
                    word.end,
                    f"No corpus of the language has the {what} “{text}”; check how it is written.",
                    severity="neutral",
                    confidence=NAME if name else WORD,
                    category="locale conventions" if name else "",
                    subcategory="name format" if name else "",
                )


def _spelt_out(name: str, source: str) -> bool:
    """Whether the name is Chinese characters of the source in pinyin, letter by letter."""
    return reading_of(name, source, near=1.0) is not None


@lru_cache(maxsize=8)
def _written(terms: TermIndex | None) -> frozenset[str]:
    """The words, in lower case, that the termbases want to be written."""
    return frozenset(
        word.text.lower()
        for concept in (terms.concepts if terms else ())
        for term in concept.terms
        if term.status in ("preferred", "admitted")
        for word in lexemes(term.text, term.language)
    )


DETECTOR = UnknownWords()
