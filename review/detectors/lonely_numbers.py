"""Numbers that all other outputs of the same source agree to write otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from review.detectors._article import english
from review.detectors._evidence import agreed_numbers, from_chinese, odd_numbers
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag
from review.text.numbers import chinese, plain

CONFIDENCE, UNSOURCED = 0.74, 0.73
"""With and without a source to say which is right. Held below the numbers detector, whose arithmetic says more."""


class LonelyNumbers(Detector):
    name = "lonely_numbers"
    title = "Number that other outputs do not have"
    advice = "Where all other translations agree on another number, the source must decide."
    source = "Rendition's benchmark against expert error marks"
    category = "accuracy"
    subcategory = "mistranslation"
    needs = frozenset({"alternatives"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        sourced = from_chinese(article)
        for segment in article.segments:
            others = [text for text in segment.alternatives if text.strip()]
            if len(others) < 2 or not segment.text.strip():
                continue
            agreed = agreed_numbers(others)
            source = segment.source if sourced and segment.source else ""
            original = {value for q in chinese(source) for value in q.readings}
            for odd in odd_numbers(segment.text, others):
                if odd.here.value in original or odd.there.value not in agreed:
                    continue
                yield self.flag(
                    segment,
                    odd.here.start,
                    odd.here.end,
                    f"The {len(others)} other outputs agree on “{odd.there.text}” ({plain(odd.there.value)}); "
                    f"this one says “{odd.here.text}”.",
                    severity="major",
                    confidence=CONFIDENCE if odd.there.value in original else UNSOURCED,
                    suggestions=(odd.there.text,) if odd.there.text != odd.here.text else (),
                )

    examples = (
        Example(("It sold 3.5 million cars.",), ("3.5 million",), alternatives=(("It sold 35,000 cars.",) * 2,)),
        Example(("Sales rose 15 percent.",), ("15 percent",), alternatives=(("Sales rose 50%.", "A rise of 50%."),)),
        Example(("He was born in 1986.",), ("1986",), alternatives=(("He was born in 1968.",) * 2,)),
        Example(("Some 130 people came.",), ("130",), alternatives=(("Some 310 came.", "310 people came."),)),
        Example(("It has 23 branches.",), ("23",), alternatives=(("It has thirty-two branches.", "32 branches."),)),
        Example(("It lasted 48 days.",), ("48",), alternatives=(("It lasted 84 days.",) * 3,)),
        Example(("It cost 70 billion yuan.",), ("70 billion",), alternatives=(("It cost 7 billion yuan.",) * 2,)),
        Example(("It weighs 900 tons.",), ("900",), alternatives=(("It weighs 90 tons.", "Its weight is 90 tons."),)),
        Example(("Line 41 opened.",), ("41",), ("14号线开通。",), alternatives=(("Line 14 opened.",) * 2,)),
        Example(("About 25% agreed.",), ("25%",), alternatives=(("About 52% agreed.", "Some 52 percent agreed."),)),
        Example(
            ("It sold 35,000 cars.",), (), ("售出3.5万辆汽车。",), alternatives=(("It sold 3.5 million cars.",) * 2,)
        ),
        Example(("Some 130 people came.",), (), alternatives=(("Some 310 came.", "311 people came."),)),
        Example(("Some 130 people came.",), (), alternatives=(("Some people came.", "People came."),)),
        Example(("It sold 35,000 cars.",), (), alternatives=(("It sold 35 thousand cars.",) * 2,)),
        Example(("Some 130 people came.",), (), alternatives=(("Some 310 people came.",),)),
    )


DETECTOR = LonelyNumbers()
