"""The scores page: a batch before and after its review."""

from review.pages.scores.page import scores

__all__ = ["scores"]
