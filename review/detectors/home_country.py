"""“My country” for 我国: a Chinese newsroom means China, and an English reader thinks of another country."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import english
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag

PLACES = {
    "国": "country|nation",
    "省": "province",
    "市": "city|municipality",
    "县": "county",
    "區": "district",
    "区": "district|region",
    "國": "country|nation",
    "縣": "county",
}
OURS = re.compile(
    rf"\b(?P<whose>[Mm]y|[Oo]ur)\s(?P<what>{'|'.join(sorted(set('|'.join(PLACES.values()).split('|'))))})(?P<of>[’']s)?\b"
)
MAINLAND = frozenset({"zh", "zh-cn", "zh-hans", "zh-hans-cn", "cmn"})
"""Where the region is not said to be another, 我国 is China."""


class HomeCountry(Detector):
    name = "home_country"
    title = "“Our country”"
    advice = "Chinese news speaks of 我国, 我省, 我市; abroad the place must have its name: China, Shandong, Qingdao."
    source = "Xinhua style for foreign readers; The Associated Press Stylebook, “first person”"
    category = "audience appropriateness"
    subcategory = "culture-specific reference"
    needs = frozenset({"source"})

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article) or not article.source_language.lower().startswith(("zh", "yue", "cmn")):
            return
        mainland = article.source_language.lower() in MAINLAND
        for segment in article.segments:
            source = segment.source or ""
            if "我" not in source:
                continue
            for match in OURS.finditer(segment.text):
                sign = next((s for s, names in PLACES.items() if match["what"] in names and f"我{s}" in source), "")
                if not sign or _quoted(segment.text, match.start()):
                    continue
                named = "China" + ("’s" if match["of"] else "") if sign in "国國" and mainland else ""
                better = f"say {named}" if named else "give its name"
                yield self.flag(
                    segment,
                    *match.span(),
                    f"“{match.group()}” is the newsroom's own 我{sign}; for readers elsewhere {better}.",
                    confidence=0.85 if match["whose"].lower() == "my" else 0.6,
                    suggestions=(named,) if named else (),
                )

    examples = (
        Example(("In 1963, my country sent doctors.",), ("my country",), ("1963年，我国派出医生。",)),
        Example(("It is part of our country's trade.",), ("our country's",), ("这是我国贸易的一部分。",)),
        Example(("My country leads in solar power.",), ("My country",), ("我国太阳能领先。",)),
        Example(("Our nation's ports grew.",), ("Our nation's",), ("我国港口增长。",)),
        Example(("The fund is the largest in our country.",), ("our country",), ("该基金为我国最大。",)),
        Example(("Exports of our province rose.",), ("our province",), ("我省出口增长。",)),
        Example(("Our city opened a park.",), ("Our city",), ("我市新开一座公园。",)),
        Example(("Fruit is grown in our county.",), ("our county",), ("我县种植水果。",)),
        Example(("Our district has two schools.",), ("Our district",), ("我区有两所学校。",)),
        Example(("In our country, rain is scarce.",), ("our country",), ("在我國，雨水很少。",), "zh-TW"),
        Example(("“I love my country,” he said.",), (), ("他说：“我爱我国。”",)),
        Example(("He said my country is far.",), (), ("他说我的国家很远。",)),
        Example(("China sent doctors.",), (), ("我国派出医生。",)),
        Example(("Our country house is old.",), (), ("我们的乡村别墅很旧。",)),
    )


def _quoted(text: str, at: int) -> bool:
    """Whether a quotation is open at ``at``: a speaker may well say “my country”."""
    before = text[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


DETECTOR = HomeCountry()
