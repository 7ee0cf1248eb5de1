"""Learning terms: corrections become proposed term entries, shown with what they would flag, before anyone accepts."""

from review.steps.learning.conflicts import Conflict, conflicts, settle
from review.steps.learning.deciding import accept, decline, may_decide, reopen
from review.steps.learning.impacts import Example, Impact, impact
from review.steps.learning.proposing import JOBS, get, propose, refresh

__all__ = [
    "JOBS",
    "Conflict",
    "Example",
    "Impact",
    "accept",
    "conflicts",
    "decline",
    "get",
    "impact",
    "may_decide",
    "propose",
    "refresh",
    "reopen",
    "settle",
]
