"""What a correction teaches: which words stood for which, and what in the source they stood for. Pure functions."""

from review.text.learning.lexical import Lesson, lesson
from review.text.learning.runs import Run, runs
from review.text.learning.sources import SIGNIFICANT, Sample, SourceTerm, log_likelihood, source_term

__all__ = [
    "SIGNIFICANT",
    "Lesson",
    "Run",
    "Sample",
    "SourceTerm",
    "lesson",
    "lessons",
    "log_likelihood",
    "runs",
    "source_term",
]


def lessons(before: str, after: str, language: str = "en") -> list[Lesson]:
    """The lexical replacements of one correction, each pair of words once, in the order of ``before``."""
    found: dict[tuple[str, str], Lesson] = {}
    for run in runs(before, after, language):
        made = lesson(run, language)
        if made is not None:
            found.setdefault((made.wrong_key, made.right_key), made)
    return list(found.values())
