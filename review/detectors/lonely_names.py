"""Names that no other output of the same source has."""

from __future__ import annotations

from collections.abc import Iterator

from review.detectors._article import english
from review.detectors._evidence import candidates, counterpart
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag
from review.text.names import vocabulary

CONFIDENCE = {1: 0.79, 2: 0.89}
"""By the number of words that differ (2: two or more), where there are two alternatives or more. Two words were marked
95 times in 100 on machine output; good human text has such names too, so it is held below what counts as sure."""

ALONE = 0.7
"""Where there is one alternative only."""

REFERENCE = 0.5
"""Where a reference has the name, though no other output does."""


class LonelyNames(Detector):
    name = "lonely_names"
    title = "Name that other outputs lack"
    advice = "A name that no other translation of the sentence has is often misread or made up: look it up."
    source = "Rendition's benchmark against expert error marks"
    category = "accuracy"
    subcategory = "mistranslation"
    needs = frozenset({"alternatives"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        for candidate in candidates(article):
            segment = candidate.segment
            others = [text for text in segment.alternatives if text.strip()]
            if not others:
                continue
            words = vocabulary(others)
            odd = candidate.odd(words)
            if not odd:
                continue
            start, end = candidate.part(odd)
            better = counterpart(candidate.name, others, vocabulary([segment.text]))
            sure = CONFIDENCE[min(2, len(odd))] if len(others) > 1 else ALONE
            if segment.references and not candidate.odd(vocabulary(segment.references)):
                sure = REFERENCE
            if better:
                start, end = candidate.name.start, candidate.name.end
            many = f"none of the {len(others)} other outputs" if len(others) > 1 else "the other output does not"
            verb = " has" if len(others) > 1 else " have"
            message = f"“{segment.text[start:end]}” is a name that {many}{verb}" + (
                f"; there it is “{better}”." if better else "."
            )
            yield self.flag(
                segment,
                start,
                end,
                message,
                severity="major",
                confidence=sure,
                suggestions=(better,) if better else (),
            )

    examples = (
        Example(
            ("Kaos serves many firms.", "It is a platform by Kaos."),
            ("Kaos", "Kaos"),
            alternatives=(
                ("COSMOPlat serves many firms.", "COSMOPlat works for firms."),
                ("It is a platform of COSMOPlat.", "COSMOPlat’s platform."),
            ),
        ),
        Example(("The mayor, Li Xiaomin, spoke.",), ("Li Xiaomin",), alternatives=(("Mayor Li Xiaoming spoke.",) * 2,)),
        Example(("He lives in Qingdoa.",), ("Qingdoa",), alternatives=(("He lives in Qingdao.", "Home is Qingdao."),)),
        Example(("The head of Blue Whale spoke.",), ("Blue Whale",), alternatives=(("Lanjing’s head spoke.",) * 2,)),
        Example(("A trip to Hebei followed.",), ("Hebei",), alternatives=(("A trip to Hubei followed.",) * 2,)),
        Example(("He works for Haier.",), ("Haier",), alternatives=(("He works for Hisense.",) * 3,)),
        Example(
            ("The judge Hermann Weyl left the town.",),
            ("Hermann Weyl",),
            alternatives=(("The judge Armand Veil left.",) * 2,),
        ),
        Example(("It is near Mount Lao.",), ("Mount Lao",), alternatives=(("It is near Mount Laoshan.",) * 2,)),
        Example(("They met in Yantai.",), ("Yantai",), alternatives=(("They met in Rizhao.",),)),
        Example(("The shares of Tixin fell.",), ("Tixin",), alternatives=(("Shares of Douyin fell.", "Douyin fell."),)),
        Example(("He lives in Qingdao.",), (), alternatives=(("He lives in Qingdao.", "Home is Jinan."),)),
        Example(("In the Syrian capital",), (), alternatives=(("In the capital of Syria", "In Damascus"),)),
        Example(("Nobody came.",), (), alternatives=(("No one came.", "They stayed away."),)),
        Example(("On Monday he came.",), (), alternatives=(("He came yesterday.", "He came."),)),
        Example(("He met Xiao Ming.",), (), alternatives=(("He met Xiaoming.", "He met him."),)),
    )


DETECTOR = LonelyNames()
