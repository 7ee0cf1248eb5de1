"""What a proposal would do: what it would flag in all articles, and what of that a person wrote or approved."""

from __future__ import annotations

from dataclasses import dataclass, replace

from review.model import Proposal, Scope
from review.steps import finding
from review.steps import terms as termbases
from review.steps.finding import Hit
from review.steps.terms import Share, Wording
from review.store import Store, lessons

EXAMPLES = 5
"""Examples of each kind that are shown."""

PAGE = 200
PAGES = 20
"""Pages of hits that are looked through for examples and for corrected text: 4,000 segments."""


@dataclass(frozen=True, slots=True)
class Example:
    """A place that would be flagged: ``[start, end)`` of the segment's text (code points).

    ``status`` is the segment's; ``number`` its place in the article, from 1.
    """

    segment: int
    article: int
    article_name: str
    number: int
    text: str
    source: str
    start: int
    end: int
    status: str


@dataclass(frozen=True, slots=True)
class Impact:
    """What an entry would flag now: ``hits`` in ``segments`` of ``articles``, the first in ``examples``.

    Wrongly, as far as people have said: ``approved`` segments are confirmed or approved with the words in them, and
    ``corrected`` ones, not counted among those, were corrected by somebody who left the words; ``wrong`` shows the
    first of both. ``approved_of`` are the confirmed and approved segments in which the entry has an occasion.
    ``objection`` says why it would be refused, "" where it would not.
    """

    segments: int
    hits: int
    articles: int
    examples: tuple[Example, ...]
    approved: int
    approved_of: int
    corrected: int
    wrong: tuple[Example, ...]
    objection: str = ""


def edited(
    proposal: Proposal,
    *,
    source: str | None = None,
    deprecated: str | None = None,
    preferred: str | None = None,
    matching: str | None = None,
) -> Proposal:
    """The proposal as a person changed it; None leaves a field as it is. Words that differ in letter case alone match
    by it.
    """
    given = {"source": source, "deprecated": deprecated, "preferred": preferred, "matching": matching}
    values = {name: " ".join(value.split()) for name, value in given.items() if value is not None}
    made = replace(proposal, **values)  # type: ignore[arg-type]
    return replace(made, matching="case") if made.deprecated.lower() == made.preferred.lower() else made


def wording(proposal: Proposal) -> Wording:
    """The proposal as the rule that ``steps.terms`` checks."""
    return Wording(proposal.source, proposal.deprecated, proposal.preferred, proposal.matching)


def impact(store: Store, project: int, proposal: Proposal) -> Impact:
    """What the proposal (as it is, or ``edited``) would flag in the project's visible batches."""
    rule = wording(proposal).rule()
    found = finding.find(store, Scope(project), rule, limit=PAGE)
    first, total = found, found.protected
    right: list[Hit] = []
    wrong: list[Hit] = []
    corrected = 0
    for _ in range(PAGES):
        left = _corrected(store, [hit.segment for hit in found.rows if not hit.protected])
        corrected += len(left)
        for hit in found.rows:
            (wrong if hit.protected or hit.segment in left else right).append(hit)
        if found.next is None:
            break
        found = finding.find(store, Scope(project), rule, after=found.next, limit=PAGE)
    of = 0
    if total:
        with store.read() as connection:
            of = lessons.occasions(connection, project, proposal.source, (proposal.deprecated, proposal.preferred))
    share = Share(total, max(of, total), tuple(hit for hit in wrong if hit.protected)[:EXAMPLES])
    wrong.sort(key=lambda hit: not hit.protected)
    return Impact(
        segments=first.segments,
        hits=first.hits,
        articles=first.articles,
        examples=tuple(_example(hit) for hit in right[:EXAMPLES]),
        approved=total,
        approved_of=share.of,
        corrected=corrected,
        wrong=tuple(_example(hit) for hit in wrong[:EXAMPLES]),
        objection=termbases.object_to(store, project, wording(proposal), share),
    )


def _corrected(store: Store, segments: list[int]) -> set[int]:
    """Of these segments, those whose text somebody changed."""
    from review.store import pieces

    with store.read() as connection:
        found = pieces.of_segments(connection, segments, bare=True)
    return {key for key, piece in found.items() if piece.state.text != piece.hypothesis}


def _example(hit: Hit) -> Example:
    change = hit.changes[0]
    return Example(
        hit.segment, hit.article, hit.article_name, hit.number, hit.text, hit.source or "", change.start, change.end,
        hit.status,
    )  # fmt: skip
