"""Word documents (ISO/IEC 29500-1): an article in, and out with tracked changes on the document's own runs and styles.

package     the archive: caps on all that it claims, parts, copying
stories     the parts with text, their paragraphs, the comments
cells       a paragraph as characters and things      looks     what a run looks like
spelling    sentences with inline codes, locators     reading   the article
placing     what the review says of each paragraph    editing   which cells go and what comes in
emitting    a paragraph's XML again, tracked or clean  rewriting the document
building    a document from scratch
"""

from __future__ import annotations

from review.formats.base import Format
from review.formats.docx.building import build
from review.formats.docx.reading import read, sniff
from review.formats.docx.rewriting import rewrite

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMAT = Format(
    "docx",
    "Word document with tracked changes",
    (".docx", ".docm"),
    MIME,
    sniff,
    read,
    rewrite,
    build,
    holds=frozenset(("machine", "comments", "history", "inserted", "merges", "splits", "deleted")),
    group="changes",
    about="to be gone through in Word or LibreOffice, change by change",
    running=True,
    called="Word document",
)
