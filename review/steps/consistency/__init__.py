"""Consistency: how a source term is rendered all over a batch, which terms are rendered unevenly, and one for all."""

from review.steps.consistency.looking import Rendered, Rendering, Spot, look
from review.steps.consistency.uneven import Candidate, Candidates, candidates
from review.steps.consistency.unifying import likely, unifying

__all__ = ["Candidate", "Candidates", "Rendered", "Rendering", "Spot", "candidates", "likely", "look", "unifying"]
