"""chrF++: chrF with single words and word pairs added (Popović, 2017)."""

from __future__ import annotations

from review.metrics.chrf import Chrf


class ChrfWords(Chrf):
    name = "chrf++"
    aliases = ("chrf2++",)
    label = "chrF2++"
    title = "Character and word sequences shared with the reference"
    advice = "Closer to human judgement than chrF where the target language writes spaces."
    milliseconds = 0.35
    word_order = 2


METRIC = ChrfWords
