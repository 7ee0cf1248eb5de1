"""Wide acts: one event over many articles, made ready out of sight in parts (``store.parts``), and taken at once."""

from review.store.wide.staging import Ready, abandon, drop, keep, make, staged, sweep, targets_of
from review.store.wide.taking import take
from review.store.wide.turning import Turning, check, last_turn, turnable

__all__ = [
    "Ready",
    "Turning",
    "abandon",
    "check",
    "drop",
    "keep",
    "last_turn",
    "make",
    "staged",
    "sweep",
    "take",
    "targets_of",
    "turnable",
]
