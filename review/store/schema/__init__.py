"""Every table. Base rows never change; what changes is derived from events or can be made again.

Texts are referred to by SHA-256 (32 bytes) and kept once, in ``text``. Times are UTC microseconds. JSON columns
are text. Ids are integers below 2**53, so that a browser can hold them.
"""

from __future__ import annotations

from review.store.schema.acts import event, event_target
from review.store.schema.base import metadata
from review.store.schema.brought import article, batch, blob, blob_part, segment, text
from review.store.schema.effort import beginning, correction_act, correction_place, effort
from review.store.schema.learned import learned, lesson, proposal
from review.store.schema.made import answer, flag, job, judgement, risk, run, survey
from review.store.schema.memory import memory, unit
from review.store.schema.rates import decision_count, flag_count, overtaken, standing
from review.store.schema.sums import assignment, attachment, comment, error_span, rating, state, verdict
from review.store.schema.terms import concept, concept_change, concept_off, shared_termbase, term, termbase
from review.store.schema.who import actor, counter, membership, project, setting
from review.store.schema.wide import staged, staged_part

__all__ = [
    "actor",
    "answer",
    "article",
    "assignment",
    "attachment",
    "batch",
    "beginning",
    "blob",
    "blob_part",
    "comment",
    "concept",
    "concept_change",
    "concept_off",
    "correction_act",
    "correction_place",
    "counter",
    "decision_count",
    "effort",
    "error_span",
    "event",
    "event_target",
    "flag",
    "flag_count",
    "job",
    "judgement",
    "learned",
    "lesson",
    "membership",
    "memory",
    "metadata",
    "overtaken",
    "project",
    "proposal",
    "rating",
    "risk",
    "run",
    "segment",
    "setting",
    "shared_termbase",
    "staged",
    "staged_part",
    "standing",
    "state",
    "survey",
    "term",
    "termbase",
    "text",
    "unit",
    "verdict",
]
