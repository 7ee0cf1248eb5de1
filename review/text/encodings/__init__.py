"""Which encoding a file is in: told by its byte order mark, by its user, or by being valid UTF-8. Never guessed.

A wrong guess reads a file as other text without anyone noticing, so a file that is none of the three is
refused with a sentence that names what it looks like and how to say so; a page asks, and shows how each would read.
"""

from review.text.encodings.guessing import Candidate, candidates, looks_like
from review.text.encodings.marks import BOMS, binary, byte_offsets, known, mark, mark_of, wide

__all__ = [
    "BOMS",
    "Candidate",
    "binary",
    "byte_offsets",
    "candidates",
    "known",
    "looks_like",
    "mark",
    "mark_of",
    "wide",
]
