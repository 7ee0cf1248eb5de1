"""How common a word is, by wordfreq where it is installed (Speer, "wordfreq", 2022; data under CC BY-SA 4.0)."""

from __future__ import annotations

from functools import lru_cache

from review.text.termbase import primary


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether wordfreq is installed."""
    try:
        import wordfreq  # noqa: F401
    except ImportError:
        return False
    return True


@lru_cache(maxsize=64)
def covers(language: str) -> bool:
    """Whether there is a word list of the language (BCP 47). False without wordfreq."""
    if not available():
        return False
    from wordfreq import available_languages

    return primary(language) in available_languages("small")


@lru_cache(maxsize=50_000)
def zipf(word: str, language: str) -> float:
    """The word's Zipf frequency: the logarithm to base 10 of how often it stands in a billion words; 0 if never seen.

    Raises LookupError where ``covers(language)`` is false.
    """
    if not covers(language):
        raise LookupError(f"There is no word list for {language!r}.")
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word, primary(language)))
