"""Propagating: a correction, made into a rule, followed everywhere in one act that one undo takes back.

The act is made ready in parts where nobody sees it, and taken in one transaction: all of it is there, or nothing.
Up to a part's size it is done at once, beyond that by a job.
"""

from review.steps.propagating.acting import ALL, Outcome, Skipped, propagate, turn
from review.steps.propagating.jobs import JOBS
from review.steps.propagating.rules import choice_of, rule_of

__all__ = ["ALL", "JOBS", "Outcome", "Skipped", "choice_of", "propagate", "rule_of", "turn"]
