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
    "HTML: the page with its text corrected, or side by side with the changes marked",
    (".html", ".htm", ".xhtml", ".shtml"),
    "text/html",
    sniff,
    read,
    rewrite,
    build,
    holds=frozenset({"source", "machine", "comments", "deleted", "inserted", "merges", "splits", "codes", "systems"}),
    group="changes",
    about="to read in a browser or to print: source, machine translation and corrected text side by side",
)
