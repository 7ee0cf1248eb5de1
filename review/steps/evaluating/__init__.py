"""Evaluating: how good flags and risks are, against the errors that people marked in a file or in a batch."""

from review.steps.evaluating.jobs import JOBS

__all__ = ["JOBS"]
