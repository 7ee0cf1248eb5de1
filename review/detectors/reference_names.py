"""Names that the reference does not have."""

from __future__ import annotations

from collections.abc import Iterator

from review.detectors._article import english
from review.detectors._evidence import Candidate, candidates, counterpart
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag
from review.text.names import FUNCTION, folded, vocabulary

CONFIDENCE = {"no other output": 0.8, "some output": 0.58, "": 0.66}
"""By who else writes the name; "": there are no other outputs to ask."""

SHARED = 0.4
"""A reference that shares fewer of the translation's words than this tells it too freely to be compared by names."""


class ReferenceNames(Detector):
    name = "reference_names"
    title = "Name that the reference lacks"
    advice = "A person, a place or a body is named as the reference names it, or the reference is told to be wrong."
    source = "Rendition's benchmark against expert error marks"
    category = "accuracy"
    subcategory = "mistranslation"
    needs = frozenset({"references"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        for candidate in candidates(article):
            flag = self._judge(candidate)
            if flag is not None:
                yield flag

    def _judge(self, candidate: Candidate) -> Flag | None:
        segment = candidate.segment
        references = [text for text in segment.references if text.strip()]
        words = vocabulary(references)
        odd = candidate.odd(words)
        if not references or not odd:
            return None
        content = [word for word in folded(segment.text) if word not in FUNCTION]
        if sum(word in words for word in content) < SHARED * len(content):
            return None
        others = [vocabulary([text]) for text in segment.alternatives if text.strip()]
        lacking = sum(bool(set(candidate.odd(other)) & set(odd)) for other in others)
        if others and not lacking:
            return None  # the reference says it in other words, or is wrong
        support = "" if not others else "no other output" if lacking == len(others) else "some output"
        better = counterpart(candidate.name, references, vocabulary([segment.text]))
        start, end = (candidate.name.start, candidate.name.end) if better else candidate.part(odd)
        message = f"“{segment.text[start:end]}” does not stand in the reference" + (
            f", which has “{better}”." if better else "."
        )
        return self.flag(
            segment,
            start,
            end,
            message,
            severity="major" if support == "no other output" else "minor" if better else "neutral",
            confidence=CONFIDENCE[support],
            suggestions=(better,) if better else (),
        )

    examples = (
        Example(("It is run by Kaos.",), ("Kaos",), references=(("It is run by COSMOPlat.",),)),
        Example(("The mayor Li Xiaomin spoke.",), ("Li Xiaomin",), references=(("The mayor Li Xiaoming spoke.",),)),
        Example(("He lives in Qingdoa.",), ("Qingdoa",), references=(("He lives in Qingdao.",),)),
        Example(("He leads the firm Blue Whale.",), ("Blue Whale",), references=(("He leads the firm Lanjing.",),)),
        Example(("A trip to Hebei followed.",), ("Hebei",), references=(("A trip to Hubei followed.",),)),
        Example(("He works for Haier.",), ("Haier",), references=(("He works for Hisense.",),)),
        Example(("The storm hit Yantai hard.",), ("Yantai",), references=(("The storm hit Rizhao hard.",),)),
        Example(
            ("The shares of Tixin fell sharply.",), ("Tixin",), references=(("The shares of Douyin fell sharply.",),)
        ),
        Example(
            ("The storm hit Yantai hard.",),
            ("Yantai",),
            references=(("The storm hit Rizhao hard.",),),
            alternatives=(("The storm hit Rizhao.", "Rizhao was hit."),),
        ),
        Example(("They went to Mount Laoshan.",), ("Mount Laoshan",), references=(("They went to Mount Tai.",),)),
        Example(("He lives in Qingdao.",), (), references=(("He lives in Qingdao.",),)),
        Example(("He met Xiao Ming.",), (), references=(("He met Xiaoming.",),)),
        Example(("The Syrian border was shut.",), (), references=(("Syria shut the border.",),)),
        Example(("In all, Hisense grew.",), (), references=(("Nobody expected this outcome at all.",),)),
        Example(
            ("The storm hit Yantai hard.",),
            (),
            references=(("The storm hit the city hard.",),),
            alternatives=(("The storm hit Yantai.", "Yantai was hit."),),
        ),
        Example(("He lives in Qingdao.",), (), references=(("He lives in Jinan.", "He lives in Qingdao."),)),
    )


DETECTOR = ReferenceNames()
