"""Reviewing: what a reviewer does is recorded, and what an article looks like now is shown."""

from review.steps.reviewing.judgements import record_judgements
from review.steps.reviewing.recording import attach, check_place, record, record_corrections
from review.steps.reviewing.viewing import flags, view

__all__ = ["attach", "check_place", "flags", "record", "record_corrections", "record_judgements", "view"]
