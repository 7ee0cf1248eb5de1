"""Terms: a rendering that the termbase calls wrong, where its source term stands or must have stood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from review.detectors._advice import evidence_of, foreign, message, suggestions_for, usual_rendering
from review.detectors.base import Context, Detector, Example
from review.model import Article, Condition, Flag, Segment
from review.text import matching
from review.text.termbase import Hit, TermIndex, longest, primary

SOURCED = {"alone": 0.96, "context": 0.92, "source": 0.92, "doubtful": 0.7}
"""Confidence where the concept's source term stands in the source."""
SOURCELESS = {"alone": 0.93, "context": 0.91}
"""Confidence without a source, for a telling rendering and for one whose condition holds."""
HINT, FAMILIAR, BESIDE_RIGHT, ABSENT = 0.5, 0.9, 0.55, 0.5
"""Without a source: a rendering that depends, in any article and in one that holds the termbase's subjects."""
AT_HOME = 3
"""Concepts, other than everyday words, that show an article to be on the termbase's subjects."""
_ANYTHING = Condition()


@dataclass(frozen=True, slots=True)
class Finding:
    """A wrong rendering that counts: where, how sure, and what was known about its source."""

    hit: Hit
    confidence: float
    source_term: str
    sourced: bool


class Around:
    """The article round a segment: its text, and what the termbase finds in it."""

    def __init__(self, segments: Sequence[Segment], hits: Iterable[Hit], terms: TermIndex) -> None:
        self.text = " \n".join(segment.text for segment in segments)
        self.terms = terms
        self.at_home = len({hit.key for hit in hits if _telling(hit)}) >= AT_HOME
        self._asked: dict[tuple[str, ...], bool] = {}

    def mentions(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words stands in the article."""
        if words not in self._asked:
            self._asked[words] = self.terms.mentions(self.text, words)
        return self._asked[words]


def _telling(hit: Hit) -> bool:
    """Whether a term shows what an article is about: a name or a phrase, not one everyday word."""
    if hit.wrong:
        return hit.term.condition is None or hit.term.condition.telling in ("alone", "context")
    return hit.term.status == "preferred" and (hit.term.part_of_speech == "name" or " " in hit.term.text)


class Terminology(Detector):
    name = "terminology"
    title = "Term"
    advice = "Use the established rendering of a term; the termbase says which and who uses it."
    source = "The project's termbases; each entry names who uses the rendering it prefers."
    category = "terminology"
    subcategory = "wrong term"
    version = 1
    needs = frozenset({"terms"})
    examples = (
        Example(("The double cycle is the pattern of development.",), ("double cycle",), ("双循环是发展格局。",)),
        Example(("The dual circulation is the pattern of development.",), (), ("双循环是发展格局。",)),
        Example(("A bicycle race runs in a double cycle.",), (), ("自行车赛骑两圈。",)),
        Example(("Under the economy’s new “double cycles”, firms adapt.",), ("double cycles",)),
        Example(("The Under-Secretary of State resigned.",)),
    )

    def detect(self, article: Article, context: Context) -> Iterator[Flag]:
        terms = context.terms
        if terms is None or not len(terms):
            return
        if article.source_language and primary(article.source_language) == primary(article.target_language):
            return
        segments = [segment for segment in article.segments if not segment.deleted and segment.text.strip()]
        found = [terms.find(segment.text, article.target_language) for segment in segments]
        around = Around(segments, chain.from_iterable(found), terms)
        for segment, hits in zip(segments, found, strict=True):
            yield from self._segment(segment, hits, article, around)

    def _segment(self, segment: Segment, hits: list[Hit], article: Article, around: Around) -> Iterator[Flag]:
        target = {primary(hit.term.language) for hit in hits} - {"und"} or {primary(article.target_language)}
        source: list[Hit] | None = None
        if segment.source and segment.source.strip():
            found = around.terms.find(segment.source, article.source_language)
            source = longest(hit for hit in found if primary(hit.term.language) not in target)
        titled = matching.titled(segment.text) if hits else False
        findings = _findings(hits, source, segment, around)
        for finding in findings:
            yield self._flag(segment, finding, titled)
        if source:
            flagged = {finding.hit.key for finding in findings}
            rendered = {hit.key for hit in hits}
            yield from self._absent(segment, source, flagged | rendered, primary(article.target_language))

    def _flag(self, segment: Segment, finding: Finding, titled: bool) -> Flag:
        hit = finding.hit
        surface = segment.text[hit.start : hit.end]
        suggestions = suggestions_for(hit, segment.text, titled)
        return self.flag(
            segment,
            hit.start,
            hit.end,
            message(
                hit,
                finding.source_term,
                surface,
                suggestions,
                sourced=finding.sourced,
                beside=finding.confidence <= BESIDE_RIGHT,
            ),
            severity=severity_of(hit),
            confidence=finding.confidence,
            suggestions=suggestions,
            evidence=evidence_of(hit.concept),
            category=hit.concept.category,
            subcategory=self.subcategory if hit.concept.category == self.category else "",
        )

    def _absent(
        self, segment: Segment, source: list[Hit], known: set[tuple[str, str]], language: str
    ) -> Iterator[Flag]:
        """A notice on the source term of a strict concept of which the translation has no rendering."""
        for hit in source:
            concept = hit.concept
            if not concept.strict or hit.key in known:
                continue
            known = known | {hit.key}
            usual = usual_rendering(concept, language)
            if not usual:
                continue
            surface = (segment.source or "")[hit.start : hit.end]
            yield self.flag(
                segment,
                hit.start,
                hit.end,
                f"{surface} is usually rendered “{usual}”, which was not found in the translation.",
                severity="neutral",
                confidence=ABSENT,
                suggestions=(usual,),
                evidence=evidence_of(concept),
                side="source",
            )


def severity_of(hit: Hit) -> str:
    """Major where the reader is told something else: a wrong name, a wrong meaning, a forbidden rendering."""
    misleads = hit.term.status == "forbidden" or hit.term.part_of_speech == "name"
    return "major" if misleads or hit.concept.category == "accuracy" else "minor"


DETECTOR = Terminology()


def _findings(hits: list[Hit], source: list[Hit] | None, segment: Segment, around: Around) -> list[Finding]:
    """The wrong renderings that count, one a place: the longest, and of equals the surest."""
    standing = Counter(hit.key for hit in source or ())
    right = Counter(hit.key for hit in longest(hits) if not hit.wrong)
    judged: dict[int, Finding] = {}
    for index, hit in enumerate(hits):
        if hit.wrong:
            finding = _judge(hit, source, standing, right, segment, around)
            if finding is not None:
                judged[index] = finding
    shields = [hit for hit in hits if not hit.wrong and (source is None or standing[hit.key] > 0 or not foreign(hit))]
    found: list[Finding] = []
    order = sorted(judged.values(), key=lambda f: (f.hit.start - f.hit.end, -f.confidence, f.hit.start))
    for finding in order:
        start, end = finding.hit.start, finding.hit.end
        if any(start < other.hit.end and other.hit.start < end for other in found):
            continue
        if any(_covers(shield, finding.hit) for shield in shields):
            continue
        found.append(finding)
    return sorted(found, key=lambda finding: finding.hit.start)


def _covers(shield: Hit, wrong: Hit) -> bool:
    """Whether a right rendering of another concept, or a longer one of the same, explains the words."""
    if not (shield.start <= wrong.start and wrong.end <= shield.end):
        return False
    longer = shield.end - shield.start > wrong.end - wrong.start
    return longer or shield.key != wrong.key


def _judge(
    hit: Hit,
    source: list[Hit] | None,
    standing: Counter[tuple[str, str]],
    right: Counter[tuple[str, str]],
    segment: Segment,
    around: Around,
) -> Finding | None:
    condition = hit.term.condition or _ANYTHING
    if condition.not_near and around.terms.mentions(segment.text, condition.not_near):
        return None
    if source is None or not foreign(hit):
        return _without_source(hit, condition, segment.text, around)
    text = segment.source or ""
    if any(word in text for word in condition.not_source):
        return None
    if condition.source and not any(word in text for word in condition.source):
        return None
    stands = [other for other in source if other.key == hit.key]
    if not stands:
        return None
    confidence = SOURCED[condition.telling]
    if right[hit.key] >= standing[hit.key] and condition.telling != "alone":
        confidence = min(confidence, BESIDE_RIGHT)
    return Finding(hit, confidence, text[stands[0].start : stands[0].end], True)


def _without_source(hit: Hit, condition: Condition, text: str, around: Around) -> Finding | None:
    if condition.telling in ("source", "doubtful"):
        return None
    term = foreign(hit)
    if condition.telling == "alone":
        confidence = SOURCELESS["alone"]
    elif condition.near or condition.article:
        if condition.near and not around.terms.mentions(text, condition.near):
            return None
        if condition.article and not around.mentions(condition.article):
            return None
        confidence = SOURCELESS["context"]
    elif " " in text[hit.start : hit.end]:
        confidence = FAMILIAR if around.at_home else HINT
    else:
        return None
    return Finding(hit, confidence, term, False)
