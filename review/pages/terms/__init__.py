"""The Terms page: concepts beside their editor, proposals, termbases."""

from review.pages.terms.page import terms

__all__ = ["terms"]
