"""What a scraped page leaves in its article: slots, site names, credits, share bars, notices, code, prompts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.detectors.base import Context, Detector
from review.detectors.leftovers import boilerplate, prompts, sites, slots
from review.detectors.leftovers.examples import EXAMPLES
from review.detectors.leftovers.rule import Rule
from review.model import Article, Flag
from review.text.tokens import sentences, words

ANYWHERE = (*slots.ANYWHERE, *prompts.ANYWHERE, *boilerplate.ANYWHERE, slots.PICTOGRAPHS)
LINE = (*slots.LINE, *boilerplate.LINE, *prompts.LINE)
START = (*boilerplate.LABELS, *prompts.START)
SUSPICIOUS = re.compile(
    r"[\[\]{}<>%#_(（【|$!\u2190-\u2BFF\U0001F300-\U0001FAFF▁⁇@=;]|\.(?:jpe?g|png|gif|webp|mp4)\b|\bads?\b|javascript",
    re.I,
)
"""Without one of these nothing of ANYWHERE can match, save the buttons at a line's end."""

Found = tuple[int, int, str, float, str]


class Leftovers(Detector):
    name = "leftovers"
    title = "Page leftover"
    advice = (
        "Advertisement slots, site names, credits, share bars, notices and code belong to the page an article was "
        "copied from, not to the article; delete them."
    )
    source = "Christian Kohlschütter et al., Boilerplate Detection using Shallow Text Features, WSDM 2010"
    category = "design and markup"
    subcategory = "leftover"
    version = 1

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        headline = ""
        for number, segment in enumerate(article.segments):
            text = segment.text
            if not text.strip():
                continue
            first = number == 0 or not headline
            found = _found(text, first, headline)
            if not headline and len(words(text)) >= 3:
                headline = text
            for start, end, what, confidence, severity in _apart(found):
                surface = " ".join(text[start:end].split())
                shown = surface if len(surface) <= 60 else surface[:57].rstrip() + "..."
                yield self.flag(
                    segment,
                    start,
                    end,
                    f"“{shown}” is {what}; delete it.",
                    severity=severity,
                    confidence=confidence,
                    suggestions=("",),
                )

    examples = EXAMPLES


def _found(text: str, first: bool, headline: str) -> list[Found]:
    found: list[Found] = []
    whole = (len(text) - len(text.lstrip()), len(text.rstrip()))
    units = [whole]
    if len(text) > 30:
        units += [span for span in sentences(text) if span != whole]
    for start, end in units:
        unit = text[start:end]
        if len(unit) > 400:
            continue
        for rule in LINE:
            if rule.pattern.fullmatch(unit):
                found.append((start, end, rule.what, rule.confidence, rule.severity))
                break
        for rule in START:
            match = rule.pattern.match(unit)
            if match is None:
                continue
            stop = start + match.end()
            if rule in boilerplate.LABELS and headline and _same(unit[match.end() :], headline):
                found.append((start, end, "the headline once more, under the page's label", 0.9, rule.severity))
            found.append((start, stop, rule.what, rule.confidence, rule.severity))
    rules: tuple[Rule, ...] = ANYWHERE if SUSPICIOUS.search(text) else (boilerplate.ANYWHERE[-1],)
    for rule in rules:
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            found.append((start, end, rule.what, rule.confidence, rule.severity))
    found += [(start, end, what, sure, "minor") for start, end, what, sure in sites.suffixes(text, first)]
    return [item for item in found if text[item[0] : item[1]].strip()]


def _same(text: str, headline: str) -> bool:
    mine = {token.lower[:5] for token in words(text)}
    theirs = {token.lower[:5] for token in words(headline)}
    return len(mine) >= 3 and len(mine & theirs) >= 0.6 * len(mine)


def _apart(found: list[Found]) -> list[Found]:
    """The longest of overlapping finds, in order."""
    kept: list[Found] = []
    taken = bytearray(max((item[1] for item in found), default=0))
    for item in sorted(found, key=lambda f: (-(f[1] - f[0]), -f[3], f[0])):
        start, end = item[:2]
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(item)
    return sorted(kept)


DETECTOR = Leftovers()
