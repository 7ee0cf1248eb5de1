"""Terms: a rendering that the termbase calls wrong, where its source term stands or must have stood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from review.detectors.base import Context, Detector, Example
from review.model import Article, Concept, Condition, Flag, Segment, Term
from review.text import matching, rendering
from review.text.termbase import Hit, TermIndex, longest, primary

SOURCED = {"alone": 0.96, "context": 0.92, "source": 0.92, "doubtful": 0.7}
"""Confidence where the concept's source term stands in the source."""
SOURCELESS = {"alone": 0.93, "context": 0.91}
"""Confidence without a source, for a telling rendering and for one whose condition holds."""
HINT, BESIDE_RIGHT, ABSENT = 0.5, 0.55, 0.5
_ANYTHING = Condition()


@dataclass(frozen=True, slots=True)
class Finding:
    """A wrong rendering that counts: where, how sure, and what was known about its source."""

    hit: Hit
    confidence: float
    source_term: str
    sourced: bool


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
        around = " \n".join(segment.text for segment in article.segments if not segment.deleted)
        for segment in article.segments:
            if segment.deleted or not segment.text.strip():
                continue
            yield from self._segment(segment, article, around, terms)

    def _segment(self, segment: Segment, article: Article, around: str, terms: TermIndex) -> Iterator[Flag]:
        text = segment.text
        hits = terms.find(text, article.target_language)
        if article.source_language and primary(article.source_language) == primary(article.target_language):
            return
        target = {primary(hit.term.language) for hit in hits} - {"und"} or {primary(article.target_language)}
        source: list[Hit] | None = None
        if segment.source and segment.source.strip():
            found = terms.find(segment.source, article.source_language)
            source = longest(hit for hit in found if primary(hit.term.language) not in target)
        titled = matching.titled(text) if hits else False
        findings = _findings(hits, source, segment, around, terms)
        for finding in findings:
            yield self._flag(segment, finding, titled)
        if source:
            flagged = {finding.hit.key for finding in findings}
            rendered = {hit.key for hit in hits}
            yield from self._absent(segment, source, flagged | rendered, primary(article.target_language))

    def _flag(self, segment: Segment, finding: Finding, titled: bool) -> Flag:
        hit = finding.hit
        surface = segment.text[hit.start : hit.end]
        suggestions = _suggestions(hit, segment.text, titled)
        return self.flag(
            segment,
            hit.start,
            hit.end,
            _message(finding, surface, suggestions),
            severity="major" if hit.term.status == "forbidden" else "minor",
            confidence=finding.confidence,
            suggestions=suggestions,
            evidence=_evidence(hit.concept),
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
            usual = _usual(concept, language)
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
                evidence=_evidence(concept),
                side="source",
            )


DETECTOR = Terminology()


def _findings(
    hits: list[Hit], source: list[Hit] | None, segment: Segment, around: str, terms: TermIndex
) -> list[Finding]:
    """The wrong renderings that count, one a place: the longest, and of equals the surest."""
    standing = Counter(hit.key for hit in source or ())
    right = Counter(hit.key for hit in longest(hits) if not hit.wrong)
    judged: dict[int, Finding] = {}
    for index, hit in enumerate(hits):
        if hit.wrong:
            finding = _judge(hit, source, standing, right, segment, around, terms)
            if finding is not None:
                judged[index] = finding
    shields = [hit for hit in hits if not hit.wrong and (source is None or standing[hit.key] > 0 or not _foreign(hit))]
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
    around: str,
    terms: TermIndex,
) -> Finding | None:
    condition = hit.term.condition or _ANYTHING
    if condition.not_near and terms.mentions(segment.text, condition.not_near):
        return None
    if source is None or not _foreign(hit):
        return _without_source(hit, condition, segment.text, around, terms)
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


def _without_source(hit: Hit, condition: Condition, text: str, around: str, terms: TermIndex) -> Finding | None:
    if condition.telling in ("source", "doubtful"):
        return None
    term = _foreign(hit)
    if condition.telling == "alone":
        confidence = SOURCELESS["alone"]
    elif condition.near or condition.article:
        if condition.near and not terms.mentions(text, condition.near):
            return None
        if condition.article and not terms.mentions(around, condition.article):
            return None
        confidence = SOURCELESS["context"]
    elif " " in text[hit.start : hit.end]:
        confidence = HINT
    else:
        return None
    return Finding(hit, confidence, term, False)


def _foreign(hit: Hit) -> str:
    """The concept's first term in the other language, or ""."""
    return next((term.text for term in hit.concept.terms if term.language != hit.term.language), "")


def _suggestions(hit: Hit, text: str, titled: bool) -> tuple[str, ...]:
    """What to write instead, preferred first, with the ending and the case of the words replaced."""
    surface = text[hit.start : hit.end]
    verb = _parsed(hit.term.text).verb
    if hit.term.instead:
        options = [(hit.term.instead, hit.term)]
    else:
        good = [
            (term.text, term)
            for status in ("preferred", "admitted")
            for term in hit.concept.terms
            if term.status == status and term.language == hit.term.language
        ]
        options = [pair for pair in good if _parsed(pair[0]).verb == verb] or good
    found = []
    for option, term in options:
        parsed = _parsed(option)
        fixed = term.part_of_speech in ("mass", "name") and not parsed.verb
        ending = "" if fixed or parsed.verb != verb else hit.ending
        opens = matching.opens_sentence(text, hit.start)
        found.append(rendering.replace(parsed, dict(hit.bound), ending, surface, opens=opens, titled=titled))
    unlike: dict[str, str] = {}
    for suggestion in found:
        unlike.setdefault(suggestion.replace("-", " ").lower(), suggestion)
    return tuple(suggestion for suggestion in unlike.values() if suggestion and suggestion != surface)


@lru_cache(maxsize=8192)
def _parsed(text: str) -> rendering.Rendering:
    return rendering.parse(text)


def _usual(concept: Concept, language: str) -> str:
    for term in concept.terms:
        if term.status == "preferred" and primary(term.language) == (language or "en"):
            return _parsed(term.text).write({})
    return ""


def _message(finding: Finding, surface: str, suggestions: tuple[str, ...]) -> str:
    """One sentence that says why; without a source, also what cannot be known."""
    term, sourced = finding.source_term, finding.sourced
    better = f"“{suggestions[0]}”" if suggestions else "another wording"
    reason = finding.hit.term.note.rstrip(".") or (finding.hit.concept.definition.rstrip(".") if not sourced else "")
    why = f" ({reason})" if reason else ""
    if not term:
        return f"“{surface}”{why} is not the established term, which is {better}."
    if not sourced:
        guess = f"“{surface}” reads like a literal rendering of {term}{why}, in established English {better}"
        return f"{guess}; without the source this cannot be confirmed."
    if finding.confidence <= BESIDE_RIGHT:
        return f"“{surface}” may be a second rendering of {term}{why}, elsewhere in the sentence put as it should be."
    return f"“{surface}” renders {term}{why}; the established English is {better}."


def _evidence(concept: Concept) -> str:
    """Who uses the preferred rendering, with the address where one is known."""
    known: list[Term] = [term for term in concept.terms if term.evidence.user]
    if not known:
        return ""
    evidence = known[0].evidence
    return f"{evidence.user} ({evidence.url})" if evidence.url else evidence.user
