"""Numbers that are not the reference's, and references whose own number is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from review.detectors._article import english
from review.detectors._evidence import OddNumber, from_chinese, odd_numbers, tens_apart
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag, Segment
from review.text.numbers import chinese, plain, readable

SOURCE = {"agrees": 0.2, "disagrees": 0.74, "": 0.7}
"""Confidence by what the source says of the translation's number; "": there is none, or it has neither number.

Held below the numbers detector, whose arithmetic from the source says more about the same words."""


class ReferenceNumbers(Detector):
    name = "reference_numbers"
    title = "Number differs from the reference"
    advice = "A number has the value that the reference gives it, unless the source shows the reference to be wrong."
    source = "Rendition's benchmark against expert error marks"
    category = "accuracy"
    subcategory = "mistranslation"
    needs = frozenset({"references"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        sourced = from_chinese(article)
        for segment in article.segments:
            references = [text for text in segment.references if text.strip()]
            if references and segment.text.strip():
                source = segment.source if sourced and segment.source else ""
                for odd in odd_numbers(segment.text, references):
                    yield from self._judge(segment, source, odd)

    def _judge(self, segment: Segment, source: str, odd: OddNumber) -> Iterator[Flag]:
        here, there = odd.here, odd.there
        quantities = chinese(source) if source else []
        ours = next((q for q in quantities if q.readings & here.readings), None)
        theirs = any(there.value in q.readings for q in quantities)
        times = tens_apart(here.value, there.value)
        if ours and not theirs:
            by = f", {times} times as {'little' if there.value < here.value else 'much'}," if times else ""
            message = (
                f"The reference looks wrong: it says “{there.text}”{by} where the source has {ours.text} "
                f"({readable(ours.value)}), as the translation does."
            )
            yield self.flag(
                segment,
                ours.start,
                ours.end,
                message,
                severity="neutral",
                confidence=SOURCE["agrees"],
                evidence=ours.working,
                side="source",
            )
            return
        if ours:
            return  # both stand in the source
        by = f", {times} times as {'much' if there.value < here.value else 'little'}" if times else ""
        message = f"The reference has “{there.text}” ({plain(there.value)}); the translation says “{here.text}”{by}."
        yield self.flag(
            segment,
            here.start,
            here.end,
            message,
            severity="major",
            confidence=SOURCE["disagrees" if theirs else ""],
            suggestions=(there.text,) if there.text != here.text else (),
        )

    examples = (
        Example(("It sold 3.5 million cars.",), ("3.5 million",), references=(("It sold 35,000 cars.",),)),
        Example(("Output was 12 million yuan.",), ("12 million",), references=(("Output was 1.2 billion yuan.",),)),
        Example(("Sales rose 15 percent.",), ("15 percent",), references=(("Sales rose 50%.",),)),
        Example(("He was born in 1986.",), ("1986",), references=(("He was born in 1968.",),)),
        Example(("Some 130 people came.",), ("130",), references=(("Some 310 people came.",),)),
        Example(("It has 23 branches.",), ("23",), references=(("It has thirty-two branches.",),)),
        Example(
            ("It sold 3.5 million cars.",),
            ("3.5 million",),
            ("售出3.5万辆汽车。",),
            references=(("It sold 35,000 cars.",),),
        ),
        Example(
            ("It sold 35,000 cars.",), ("3.5万",), ("售出3.5万辆汽车。",), references=(("It sold 3.5 million cars.",),)
        ),
        Example(("Prices fell by 9%.",), ("9%",), ("价格下降9%。",), references=(("Prices fell by 90%.",),)),
        Example(("It lasted 48 days.",), ("48",), references=(("It lasted 84 days.", "It went on for 84 days."),)),
        Example(("It sold 35,000 cars.",), (), references=(("It sold 35 thousand cars.",),)),
        Example(("Some 40 people came.",), (), references=(("Some people came.",),)),
        Example(("It lasted two weeks.",), (), references=(("It lasted 14 days.",),)),
        Example(("It sold 35,000 cars.",), (), references=(("It sold 3.5 million cars.", "It sold 35,000 cars."),)),
        Example(("In 2021 it had 32 branches.",), (), references=(("It had thirty-two branches in 2021.",),)),
    )


DETECTOR = ReferenceNumbers()
