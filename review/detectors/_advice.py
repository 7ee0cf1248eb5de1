"""What a terminology flag says: the replacement, the reason, and who writes so."""

from __future__ import annotations

from functools import lru_cache

from review.model import Concept, Term
from review.text import matching, rendering
from review.text.termbase import Hit, primary


def foreign(hit: Hit) -> str:
    """The concept's first term in the other language, or ""."""
    return next((term.text for term in hit.concept.terms if term.language != hit.term.language), "")


def suggestions_for(hit: Hit, text: str, titled: bool) -> tuple[str, ...]:
    """What to write instead, preferred first, with the ending and the case of the words replaced."""
    surface = text[hit.start : hit.end]
    verb = _verb(hit.term)
    if hit.term.instead:
        options = [(hit.term.instead, hit.term)]
    else:
        good = [
            (term.text, term)
            for status in ("preferred", "admitted")
            for term in hit.concept.terms
            if term.status == status and term.language == hit.term.language and term.matching != "pattern"
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


def _verb(term: Term) -> bool:
    return term.matching != "pattern" and _parsed(term.text).verb


def usual_rendering(concept: Concept, language: str) -> str:
    """The concept's first preferred term in ``language`` (a primary subtag; "" is English), or ""."""
    for term in concept.terms:
        if term.matching == "pattern":
            continue
        if term.status == "preferred" and primary(term.language) == (language or "en"):
            return _parsed(term.text).write({})
    return ""


def message(hit: Hit, term: str, surface: str, suggestions: tuple[str, ...], *, sourced: bool, beside: bool) -> str:
    """One sentence that says why; without a source, also what cannot be known."""
    better = f"“{suggestions[0]}”" if suggestions else "another wording"
    reason = hit.term.note.rstrip(".") or (hit.concept.definition.rstrip(".") if not sourced else "")
    why = f" ({reason})" if reason else ""
    if not term:
        return f"“{surface}”{why} is not the established term, which is {better}."
    if not sourced:
        guess = f"“{surface}” reads like a literal rendering of {term}{why}, whose established rendering is {better}"
        return f"{guess}; without the source this cannot be confirmed."
    if beside:
        return f"“{surface}” may be a second rendering of {term}{why}, elsewhere in the sentence put as it should be."
    return f"“{surface}” renders {term}{why}; the established rendering is {better}."


def evidence_of(concept: Concept) -> str:
    """Who uses the preferred rendering, with the address where one is known."""
    known: list[Term] = [term for term in concept.terms if term.evidence.user]
    if not known:
        return ""
    evidence = known[0].evidence
    return f"{evidence.user} ({evidence.url})" if evidence.url else evidence.user
