"""The Replace page: a rule, all that it would change, one act, and the way back."""

from review.pages.replacing.page import replacing

__all__ = ["replacing"]
