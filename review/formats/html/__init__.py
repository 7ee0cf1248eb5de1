"""An HTML page: the article in it is read without what stands around it, and written back into the page as it was.

Built from scratch it is another page: source and translation side by side with the changes marked (``_table``).
"""

from __future__ import annotations

from review.formats.base import Format
from review.formats.html._reading import read, sniff
from review.formats.html._table import build
from review.formats.html._writing import rewrite

FORMAT = Format(
    "html",
    "HTML page, corrected, or side by side with the changes marked",
    (".html", ".htm", ".xhtml", ".shtml"),
    "text/html",
    sniff,
    read,
    rewrite,
    build,
    holds=frozenset({"source", "machine", "comments", "history", "deleted", "inserted", "systems"}),
    kept=frozenset({"inserted", "codes"}),
    running=True,
    called="HTML page",
    group="changes",
    about="the page as it was with its text corrected; else source and translation side by side, the changes marked",
)
