"""Datelines that run into the sentence: "November 28 This morning, ..." wants "November 28: This morning, ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import english
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan\\.?|Feb\\.?|Mar\\.?|Apr\\.?|Jun\\.?|Jul\\.?|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?"
)
DATE = rf"(?:(?:{MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{MONTHS}))(?:,?\s\d{{4}})?"
OPENERS = (
    "This|Today|Yesterday|Tomorrow|On|In|At|Recently|The|A|An|Since|After|Before|According|As|It|He|She|They|We|I"
    "|Late|Early|Last|Next|Following|During|From|With|Reporters?|Our|Affected|Because|When|While|To|For|There|Under"
    "|Local|Chinese|China"
)
RUN_IN = re.compile(rf"(?P<date>\b{DATE})(?P<gap>\s+)(?P<opener>(?:{OPENERS})\b(?:\s[a-z]+)?)(?!\s\d{{4}})")
AGENCY = re.compile(
    r"\b(?:News|Daily|Agency|Times|Post|Network|Net|Online|Xinhua|Reuters|Client|Herald|Observer|Weekly|Journal|"
    r"Report|Newspaper|Website|com|Bulletin|AFP|CCTV|Sina|Sohu|Evening|Broadcast)\b"
)


class Dateline(Detector):
    name = "dateline"
    title = "Run-in dateline"
    advice = (
        "Chinese news opens with agency, place and date, and goes straight on: “青岛日报11月28日讯 今天上午”. "
        "In English a mark must part the dateline from the sentence: “Qingdao, Nov. 28 (Xinhua) -- This morning”."
    )
    source = "The Associated Press Stylebook, “datelines”"
    category = "linguistic conventions"
    subcategory = "punctuation"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        for segment in article.segments:
            for match in RUN_IN.finditer(segment.text):
                before = segment.text[: match.start()]
                if len(before) > 90 or re.search(r"[.!?]\s", before):
                    continue
                named = not before.strip() or AGENCY.search(before) is not None or before.rstrip().endswith(",")
                if not named:
                    continue
                yield self.flag(
                    segment,
                    match.start(),
                    match.end(),
                    f"The dateline “{match['date']}” runs into the sentence that begins with “{match['opener']}”; "
                    "put a colon or a dash between them.",
                    confidence=0.9 if before.strip() else 0.85,
                    suggestions=(f"{match['date']}: {match['opener']}", f"{match['date']} — {match['opener']}"),
                )

    examples = (
        Example(("Jinan Daily, March 5 This afternoon, the city held a meeting.",), ("March 5 This afternoon",)),
        Example(
            ("Xinhua News Agency, Beijing, June 12 On the occasion of the fair, guests spoke.",), ("June 12 On the",)
        ),
        Example(("China News Service, 3 May The export fair opened in Guangzhou.",), ("3 May The export",)),
        Example(("August 9 Yesterday, the bureau released figures.",), ("August 9 Yesterday",)),
        Example(
            ("Dazhong Daily October 21, 2021 Today, the port handled its first ship.",), ("October 21, 2021 Today",)
        ),
        Example(("Sohu News, July 1st Recently, prices rose.",), ("July 1st Recently",)),
        Example(("People's Daily Online, Sept. 3 In recent years, villages have changed.",), ("Sept. 3 In recent",)),
        Example(
            ("Yantai Evening News, April 18 According to the plan, work starts soon.",), ("April 18 According to",)
        ),
        Example(
            ("Science Times, Shanghai, December 30 Reporters learned this at the site.",),
            ("December 30 Reporters learned",),
        ),
        Example(("China Economic Net, Hefei, February 2 A new line went into service.",), ("February 2 A new",)),
        Example(("Qingdao, Nov. 28 (Xinhua) -- This morning, officials met.",)),
        Example(("On March 5 the city held a meeting.",)),
        Example(("The fair ran from June 12 to June 14. The guests left on June 15.",)),
        Example(("March 5: This afternoon, the city held a meeting.",)),
        Example(("He was born on May 4 In the year of the flood, they say.",)),
        Example(("The May 4 Movement changed the country.",)),
    )


DETECTOR = Dateline()
