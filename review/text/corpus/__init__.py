"""Many texts on disk, to be looked through at once: targets and sources in UTF-8, and what is known of each row.

A corpus is a folder of plain arrays (``layout``), written once (``writing``) and never changed; ``folding`` makes a new
one of an old one and what changed. ``reading`` opens it, looks through it block by block and keeps no more in memory.
"""

from review.text.corpus.folding import fold
from review.text.corpus.layout import Row
from review.text.corpus.reading import Corpus, Hits
from review.text.corpus.writing import Writer

__all__ = ["Corpus", "Hits", "Row", "Writer", "fold"]
