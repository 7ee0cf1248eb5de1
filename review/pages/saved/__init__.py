"""The page of what corrections saved."""

from review.pages.saved.page import saved

__all__ = ["saved"]
