"""What speaks against a rule before it flags anything: it goes in a circle, or it flags text that was approved.

Both are objections in one sentence. A lead or an owner may add the rule all the same and say why.

A rule is held against the confirmed and approved segments of the project in which it could have an occasion: those
whose source has its source term; where it has none, those whose text has the wrong words or the right ones. If it
would flag more than REVIEW_LEARNED_SHARE of them (0.05: one in twenty), people plainly write it otherwise. There is no
least number: one approved sentence with the words is an example that somebody should look at before a rule says that
it is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from review.errors import AccessError, RefusedError
from review.model import Concept, Rule, Scope
from review.settings import settings
from review.text import rendering
from review.text.termbase import WRONG, primary

if TYPE_CHECKING:
    from review.steps.finding import Hit
    from review.store import Connection, Store

DECIDERS = ("owner", "lead")
EXAMPLES = 3
PAGES, PAGE = 20, 200
EXCERPT = 40
"""Characters on either side of the words in an example."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A rule about words: where ``source`` stands ("" for anywhere), ``wrong`` is to be written ``right``.

    ``matching`` is "inflected", "name" (no endings) or "case" (letter case counts).
    """

    source: str
    wrong: str
    right: str
    matching: str = "inflected"

    def rule(self) -> Rule:
        """The rule by which it is found."""
        return Rule(
            find=self.wrong,
            replace=self.right,
            inflected=self.matching == "inflected",
            case=self.matching == "case",
            source=self.source,
        )


@dataclass(frozen=True, slots=True)
class Share:
    """Of ``of`` confirmed or approved segments with an occasion for the rule, it would flag ``flagged``."""

    flagged: int
    of: int
    examples: tuple[Hit, ...] = ()

    @property
    def share(self) -> float:
        return self.flagged / self.of if self.of else 0.0


def check(store: Store, project: int, actor: int, wording: Wording, override: str = "") -> str:
    """Raise RefusedError with the objection, if there is one. ``override`` is a reason to add the rule all the same.

    Returns the objection that was overridden, "" where there was none. Raises AccessError where somebody who is no
    lead overrides.
    """
    from review.store import people

    objection = object_to(store, project, wording)
    if not objection:
        return ""
    if not override.strip():
        raise RefusedError(objection)
    with store.read() as connection:
        if people.role(connection, project, actor) not in DECIDERS:
            raise AccessError(f"{objection} Only a lead or an owner may add it all the same.")
    return objection


def object_to(store: Store, project: int, wording: Wording, share: Share | None = None) -> str:
    """What speaks against a rule, in one sentence; "" for nothing. ``share`` is what ``approved`` says, if known."""
    with store.read() as connection:
        found = circle(connection, project, wording)
    if found:
        told = " to ".join(f"“{text}”" for text in found)
        return f"The rule goes in a circle with terms that are there already ({told}): change or remove one of them."
    share = share or approved(store, project, wording)
    if share.share <= settings().learned_share:
        return ""
    where = f" whose source has {wording.source}" if wording.source else f" with “{wording.wrong}” or “{wording.right}”"
    examples = "; ".join(_example(hit) for hit in share.examples)
    remedy = "a narrower source term" if wording.source else "a source term"
    segments = "segment" if share.of == 1 else "segments"
    return (
        f"“{wording.wrong}” for “{wording.right}” would flag {share.flagged:,} of {share.of:,} confirmed or approved "
        f"{segments}{where} ({share.share:.0%}; {settings().learned_share:.0%} are allowed): {examples}. "
        f"Give it {remedy}, or let a lead add it with a reason."
    )


def approved(store: Store, project: int, wording: Wording) -> Share:
    """How much confirmed and approved text the rule would flag, with up to EXAMPLES of it."""
    from review.steps import finding
    from review.store import lessons

    scope, rule = Scope(project), wording.rule()
    found = finding.find(store, scope, rule, limit=PAGE)
    flagged, examples = found.protected, [hit for hit in found.rows if hit.protected]
    for _ in range(PAGES):
        if len(examples) >= min(EXAMPLES, flagged) or found.next is None:
            break
        found = finding.find(store, scope, rule, after=found.next, limit=PAGE)
        examples += [hit for hit in found.rows if hit.protected]
    if not flagged:
        return Share(0, 0)
    with store.read() as connection:
        of = lessons.occasions(connection, project, wording.source, (wording.wrong, wording.right))
    return Share(flagged, max(of, flagged), tuple(examples[:EXAMPLES]))


def circle(connection: Connection, project: int, wording: Wording) -> list[str]:
    """The wordings that a rule would lead through and back to where it began, itself among them; [] for no circle.

    Terms of every termbase of the project that is on count, but not where two of them are bound to source terms that
    have nothing to do with each other: such rules never meet.
    """
    from review.steps.terms.bases import ranked

    steps: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for step in _steps(ranked(connection, project)):
        steps.setdefault(_fold(step[0]), []).append(step)
    case_only = _fold(wording.wrong) == _fold(wording.right)

    def same(one: str, other: str) -> bool:
        return one == other if case_only else _fold(one) == _fold(other)

    waiting: list[tuple[str, tuple[str, ...], list[str]]] = [
        (wording.right, (wording.source,) if wording.source else (), [wording.wrong, wording.right])
    ]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while waiting:
        at, sources, path = waiting.pop(0)
        if (at, sources) in seen:
            continue
        seen.add((at, sources))
        for wrong, right, theirs in steps.get(_fold(at), ()):
            if not same(wrong, at):
                continue
            shared = _shared(sources, theirs)
            if shared is None:
                continue
            if same(right, wording.wrong):
                return [*path, wording.wrong]
            waiting.append((right, shared, [*path, right]))
    return []


def _steps(known: Iterable[Sequence[Concept]]) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """What the termbases lead from and to, and for which source terms (none: for any)."""
    for concepts in known:
        for concept in concepts:
            right = [term for term in concept.terms if term.status == "preferred" and term.accepted]
            for term in concept.terms:
                if term.status not in WRONG or not term.accepted or term.matching == "pattern":
                    continue
                language = primary(term.language)
                sources = tuple(sorted(one.text for one in right if primary(one.language) != language))
                ours = [one.text for one in right if primary(one.language) == language][:1]
                for instead in [term.instead] if term.instead else ours:
                    for wrong in wordings(term.text):
                        yield from ((wrong, written, sources) for written in wordings(instead))


@lru_cache(maxsize=100_000)
def wordings(text: str) -> tuple[str, ...]:
    """What a term of the termbase's notation stands for, without those that take any name."""
    if "{" not in text:
        return (text.removeprefix("to ") or text,)
    return tuple(dict.fromkeys(words for words, _ in rendering.parse(text).wordings() if rendering.NAME not in words))


def _shared(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...] | None:
    """The source terms for which both count; () for any, None for none."""
    if not ours or not theirs:
        return ours or theirs
    both = tuple(one for one in ours if any(one in other or other in one for other in theirs))
    return both or None


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _example(hit: Hit) -> str:
    change = hit.changes[0]
    start, end = max(0, change.start - EXCERPT), change.end + EXCERPT
    before, after = "…" if start else "", "…" if end < len(hit.text) else ""
    return f"“{before}{hit.text[start:end].strip()}{after}” ({hit.article_name}, {hit.number})"
