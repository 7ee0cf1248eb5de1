"""The Import page: files are chosen, looked at one by one, and stored by one button."""

from review.pages.importing.page import LANGUAGES, importing

__all__ = ["LANGUAGES", "importing"]
