"""Words that need another after them and have none: “the of”, “a is”, a sentence that ends in “and the.”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import english
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag

BEFORE_NOUNS = "the|an|its|their|our|your"
NEVER_NOUNS = "is|are|was|were|has|have|had|would|of|and|or|at|from|which|because|than|been|be"
INNER = re.compile(rf"\b(?P<word>[Tt]he|[Aa]n|a|[Ii]ts|[Tt]heir|[Oo]ur|[Yy]our) (?P<next>{NEVER_NOUNS})\b(?![-’'/])")
CUT_OFF = re.compile(
    rf"\b(?P<word>{BEFORE_NOUNS}|a|and|or|of the|than|because|which)(?P<stop>[.!?;,])(?=\s|$|[”\"])", re.I
)
QUOTES = ("“", '"', "‘", "'")
JOINED = (*QUOTES, "-", "/", "&")
COMMA_FINE = frozenset({"or", "and", "which", "because", "a"})


class Dangling(Detector):
    name = "dangling"
    title = "Missing word"
    advice = "An article or a conjunction with nothing after it shows that a word of the source was lost."
    source = "MQM Core typology, accuracy/omission"
    category = "accuracy"
    subcategory = "omission"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        for segment in article.segments:
            text = segment.text
            for match in INNER.finditer(text):
                if text[match.start() - 1 : match.start()] in QUOTES:
                    continue  # a word that is talked about
                message = f"Between “{match['word']}” and “{match['next']}” a word is missing."
                yield self.flag(segment, match.start(), match.end(), message, severity="major", confidence=0.85)
            for match in CUT_OFF.finditer(text):
                word = match["word"]
                if match["stop"] in ",;" and (match["stop"] == ";" or word.lower() in COMMA_FINE):
                    continue
                if word in ("A", "THE", "OR", "AND") or text[: match.start()].endswith(
                    ("“", '"', "‘", "'", "-", "/", "&")
                ):
                    continue
                if match["stop"] == "." and word.lower() == "a" and text[match.end() : match.end() + 1] in tuple("mk."):
                    continue  # "a.m.", "a.k.a."
                message = f"The text stops after “{word}”, where a word must follow."
                yield self.flag(segment, match.start(), match.end(), message, severity="major", confidence=0.8)

    examples = (
        Example(("The theme of the is green growth.",), ("the is",)),
        Example(("It is the of the city.",), ("the of",)),
        Example(("They built the and the bridge.",), ("the and",)),
        Example(("An of the firm said so.",), ("An of",)),
        Example(("He praised their of the work.",), ("their of",)),
        Example(("The was opened in May.",), ("The was",)),
        Example(("They came from the.",), ("the.",)),
        Example(("Prices rose because.",), ("because.",)),
        Example(("He came and the, she left.",), ("the,",)),
        Example(("The port, the fair and.",), ("and.",)),
        Example(("We support a of cities.",), ("a of",)),
        Example(("Vitamin A is good. Plan A was better.",)),
        Example(("It opens at 8 a.m. and closes at 5.",)),
        Example(("The word “the” is short.",)),
        Example(("Is it yes or no, or, as he says, both?",)),
        Example(("The of-clause is long.",)),
        Example(("The have-nots and the would-be thieves",)),
        Example(("He is better than he was, which, all agree, is good.",)),
    )


DETECTOR = Dangling()
