"""A segment's review in a file: its text in ``post_edit``, its status beside it, and how both are read back.

A deleted segment has the status ``deleted``. Statuses of other programs say nothing and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from review.model import Correction, Segment
from review.model.status import STATUSES

DELETED = "deleted"

OURS = (*STATUSES, DELETED)
"""What a status can be here."""


def written(segment: Segment) -> str:
    """The status of a segment as files hold it."""
    if segment.deleted:
        return DELETED
    status = segment.correction.status if segment.correction else "new"
    return "draft" if status == "new" and segment.text != segment.hypothesis else status


def together(segments: Iterable[Segment]) -> str:
    """The status of segments that share one place: what they agree on, leaving out deleted ones; else draft."""
    found = {written(segment) for segment in segments}
    living = found - {DELETED} or found
    return living.pop() if len(living) == 1 else "draft"


def correction(hypothesis: str, edited: str | None, status: str) -> Correction | None:
    """What a post-edit (None where there is none) and a status say was done.

    An empty post-edit without a status means that the segment was deleted.
    """
    if status == DELETED:
        return Correction(hypothesis, "draft", deleted=True)
    if status in STATUSES and status != "new":
        return Correction(hypothesis if edited is None else edited, status)
    if edited is None or edited == hypothesis:
        return None
    return Correction(edited, "draft") if edited else Correction(hypothesis, "draft", deleted=True)


def kept(was: str, now: str) -> str:
    """The status to write where ``was`` stands: a deletion must be told, a word of another program stays."""
    return now if was in OURS or DELETED in (was, now) else was
