"""“the Group Haier”, “the County Wenchuan”: the Chinese or French order of a name and its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import english
from review.detectors.base import Context, Detector, Example
from review.model import Article, Flag

KINDS = (
    "Group|Company|Corporation|Municipality|Prefecture|Township|Airport|Museum|Stadium|Hospital|Foundation|Institute"
    "|Enterprise|Industries|Province|County|District|Holdings"
)
LOOSE_KINDS = (
    "City|Bank|University|River|Bridge|Street|Road|Town|Village|Hotel|Theater|Theatre|Port|Station|Newspaper"
    "|Brand|Platform"
)
TITLES = frozenset(
    "Chairman President Chief Executive Secretary Director Manager General Vice Deputy Hall Council Committee "
    "Office Bureau Officer "
    "Headquarters Court Government Party Board Member Members Center Centre Law Act Co Ltd Inc Limited "
    "International Holdings "
    "Company Group Corporation Building Park Stage Match Round Life No Number One Two A B C D E F G I II III "
    "IV V Leader Leaders "
    "Durham Cork Kerry Clare Down Galway Mayo Antrim Armagh Twenty Seven Eight Of And The For In Museum School "
    "Hospital Airport "
    "Chair CEO CFO CTO COO Commander Mayor Governor Minister Line Area Town Health Police Attorney Judge "
    "Sheriff Clerk".split()
)
_NAME = r"[A-Z][a-z]+(?:[A-Z][a-z]+)?(?:\s[A-Z][a-z]+)?"
SURE = re.compile(rf"\b[Tt]he\s(?P<kind>{KINDS})\s(?P<name>{_NAME})\b(?!['’]s\s[A-Z])")
EVIDENT = re.compile(rf"\b(?P<the>[Tt]he\s)?(?P<kind>{KINDS}|{LOOSE_KINDS})\s(?P<name>[A-Z][\w-]+)\b")

CAPITAL = re.compile(r"[a-z] [A-Z][\w-]*\s$")


class NameOrder(Detector):
    name = "name_order"
    title = "Name order"
    advice = "English puts the proper name before what the thing is: Haier Group, Wenchuan County, Jinan Airport."
    source = "The Associated Press Stylebook, “company names”"
    category = "locale conventions"
    subcategory = "name format"

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article):
            return
        whole = "\n".join(segment.text for segment in article.segments)
        for segment in article.segments:
            seen: set[int] = set()
            for match in EVIDENT.finditer(segment.text):
                usual = f"{match['name']} {match['kind']}"
                if match["name"] in TITLES or not re.search(rf"\b{re.escape(usual)}\b", whole):
                    continue
                if re.search(
                    rf"\b{re.escape(usual)}\b", segment.text[match.start("kind") - len(match["name"]) - 1 : match.end()]
                ):
                    continue  # "Haier Group Haier ...": the name goes with the kind before it
                if re.match(rf"\s{match['kind']}\b", segment.text[match.end() :]) or CAPITAL.search(
                    segment.text[: match.start()]
                ):
                    continue  # "Shenzhen City Pioneer City"
                seen.add(match.start("kind"))
                message = f"“{match.group()}” is called “{usual}” elsewhere in this article; the name comes first."
                yield self.flag(segment, match.start(), match.end(), message, confidence=0.9, suggestions=(usual,))
            for match in SURE.finditer(segment.text):
                first = match["name"].split()[0]
                if match.start("kind") in seen or any(word in TITLES for word in match["name"].split()):
                    continue
                if re.match(r"(?:\sand|\sof|\s&)?\s[A-Z][a-z]+", segment.text[match.end() :]):
                    continue
                usual = f"{match['name']} {match['kind']}"
                message = f"In English the name comes before the kind: “{usual}” rather than “{match.group()}”."
                sure = 0.75 if len(first) > 3 else 0.6
                yield self.flag(segment, match.start(), match.end(), message, confidence=sure, suggestions=(usual,))

    examples = (
        Example(("Officials went to the Group Hisense.",), ("the Group Hisense",)),
        Example(("The Company Sinopec rose.",), ("The Company Sinopec",)),
        Example(("They came from the County Wenchuan in May.",), ("the County Wenchuan",)),
        Example(("Roads in the Province Hubei were closed.",), ("the Province Hubei",)),
        Example(("The Municipality Jinan has a plan.",), ("The Municipality Jinan",)),
        Example(("He landed at the Airport Hongqiao.",), ("the Airport Hongqiao",)),
        Example(("The Museum Hunan opened.",), ("The Museum Hunan",)),
        Example(("Hotai Bank grew.", "The Bank Hotai opened a branch."), ("The Bank Hotai",)),
        Example(("Wuhan City has a port.", "The guests saw City Wuhan."), ("City Wuhan",)),
        Example(("The District Pudong thrives.",), ("The District Pudong",)),
        Example(("The Institute Confucius opened.",), ("The Institute Confucius",)),
        Example(("Haier Group grew. The Group was founded in 1984.",)),
        Example(("The Group Chairman spoke.",)),
        Example(("The County Durham coast is wild.",)),
        Example(("The Company Secretary and the Group Chief Executive",)),
        Example(("He said the Group Stage was over.",)),
        Example(("At Hisense Group Hisense itself is small.",)),
        Example(("The Bank of China opened.",)),
    )


DETECTOR = NameOrder()
