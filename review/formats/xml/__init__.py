"""XML files read and written again by the byte: one hardened parser, nodes that know where they stand, and splices.

    document = open_document(source)                        any encoding; kept as UTF-8 with what undoes it
    for event, node in scan(document, frozenset({"tu"})):   "start", "end", or "whole" with all that is in it
    splices = Splices(document); splices.content(node, escaped("new")); splices.write(out)

The parser is expat, because it says at which byte each tag stands, which lxml does not. It is given no entities, no
network and no DTD; depth and the size of one whole element are capped.
"""

from review.formats.xml.collecting import uncollected
from review.formats.xml.document import Document, open_document, original_document
from review.formats.xml.nodes import XML, Node
from review.formats.xml.scanning import scan
from review.formats.xml.splicing import Splices
from review.formats.xml.words import escaped, quoted, visible

__all__ = [
    "XML",
    "Document",
    "Node",
    "Splices",
    "escaped",
    "open_document",
    "original_document",
    "quoted",
    "scan",
    "uncollected",
    "visible",
]
