"""English grammar and spelling by Harper, a checker that works without a network, kept to what was measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors._article import english, target_language
from review.detectors.base import Context, Detector, Example
from review.detectors.grammar.engine import Finding, dialect, findings, installed
from review.detectors.grammar.rules import KINDS, ONLY, OTHERWISE, SILENT_KINDS, SURE
from review.detectors.grammar.spelling import misspelt
from review.model import Article, Flag, Segment
from review.settings import Settings
from review.text.scripts import main_script

SPELLING = ("SpellCheck",)
LONGEST = 5000
"""Code points beyond which a segment is no sentence that a grammar was written for."""

_VOWEL_UN = re.compile(r"\s(?:un(?!i[cfqtv])|[A-Z]{2,}\b)")


class Grammar(Detector):
    name = "grammar"
    title = "Grammar and spelling"
    advice = (
        "A wrong article, a form that does not exist or a misspelt word is put right before anything else is weighed."
    )
    source = "Harper 2, Automattic 2025, https://writewithharper.com"
    category = "linguistic conventions"
    subcategory = "grammar"

    def available(self, settings: Settings) -> tuple[bool, str]:
        if not settings.grammar:
            return False, "Grammar and spelling are switched off; set REVIEW_GRAMMAR=1 to check them."
        if not installed():
            return False, "Grammar and spelling are not checked: install the package harper-py."
        return True, ""

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        if not english(article) or not self.available(context.settings or Settings())[0]:
            return
        region = dialect(target_language(article))
        wires = sum("--" in segment.text for segment in article.segments)
        habit = wires > max(3, len(article.segments) // 10)
        for segment in article.segments:
            if len(segment.text) > LONGEST or main_script(segment.text) != "Latin":
                continue
            for finding in findings(segment.text, region or 0):
                flag = self._flag(segment, finding, region)
                if flag is not None and not (habit and finding.rule == "Dashes"):
                    yield flag

    def _flag(self, segment: Segment, finding: Finding, region: int | None) -> Flag | None:
        rule, kind, start, end, said, fixes = finding
        text = segment.text
        surface = text[start:end]
        if kind in SILENT_KINDS or ONLY.get(rule, kind) != kind or not surface.strip():
            return None
        if rule in SPELLING:
            fixes = misspelt(segment, start, end, fixes, region)
            if not fixes:
                return None
        if rule == "AnA" and (surface == "A" or surface == "AN" or _VOWEL_UN.match(text, end)):
            return None  # “Appendix A of”; “an unidentified”, taken for “uni-”; “a RMB”, a matter of voice
        subcategory, sure = KINDS.get(kind, OTHERWISE)
        if rule == "Dashes":
            fixes = ("—",)
        message = " ".join(said.split()).replace("`", "“", 1).replace("`", "”", 1)
        if rule in SPELLING:
            message = f"The dictionary does not have “{surface}”."
        elif rule == "Dashes":
            message = "Two hyphens stand for a dash."
        return self.flag(
            segment,
            start,
            end,
            message if message.endswith((".", "?")) else message.rstrip("!") + ".",
            severity="neutral" if rule == "Dashes" else "minor",
            confidence=SURE.get(rule, sure),
            suggestions=tuple(fix for fix in fixes if fix != surface)[:3],
            category=self.category,
            subcategory=subcategory,
        )

    examples = (
        Example(("The port is an hub for grain.",), ("an",)),
        Example(("He gave a interview on Monday.",), ("a",)),
        Example(("The firm could of sold more.",), ("could of",)),
        Example(("The aircrafts landed at noon.",), ("aircrafts",)),
        Example(("It comprises of three parts.",), ("comprises of",)),
        Example(("They payed for the goods.",), ("payed",)),
        Example(("One of the ship sank.",), ("ship",)),
        Example(("The company recieved the order.",), ("recieved",)),
        Example(("A new goverment was formed.",), ("goverment",)),
        Example(("The new equipments arrived.",), ("equipments",)),
        Example(("He is the most tallest man.",), ("most tallest",)),
        Example(("He has went home.",), ("went",)),
        Example(("They discussed about the plan.",), ("discussed about",)),
        Example(("He arrived to Jinan.",), ("to",)),
        Example(("It is a well known port -- perhaps the best.",), ("--",)),
        Example(("Ursula von der Leyen met Sun Lijun in Rizhao.",)),
        Example(("They ate jiaozi and listened to the erhu.",)),
        Example(("The labour programme was organised in Lianyungang.",)),
        Example(("See Appendix A of the plan; an unidentified ship sank.",)),
        Example(("The tool is called glibrix.",), (), ("这个工具叫glibrix。",)),
        Example(("The tool is called glibrix.",), references=(("They named it glibrix.",),)),
        Example(("She paid RMB 300 to an RMB fund.",)),
        Example(("Die Firma erhielt ein Auftrag.",), target_language="de"),
        Example(("No port in this country, big or small, is short of cranes.",)),
    )


DETECTOR = Grammar()
