"""The only file that touches sacrebleu's private names, so that a new release is checked in one place.

Proven for sacrebleu 2.6.0 by tests/metrics/test_equality.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from review.model import Score


def prepare(native: Any, references: Sequence[Sequence[str | None]]) -> list[Any]:
    """What ``native`` (a sacrebleu metric) needs to know of the references, one item a segment."""
    return native._cache_references(references)


def measure(native: Any, hypothesis: str, info: Any) -> list[Any]:
    """The sufficient statistics of one hypothesis."""
    return native._compute_segment_statistics(native._preprocess_segment(hypothesis), info)


def word_count(native: Any, text: str) -> int:
    """How many words TER sees in a text."""
    return len(native._preprocess_segment(text).split())


def combine(native: Any, rows: Sequence[list[Any]]) -> tuple[float, str]:
    """The score of the summed rows, and the counts behind it in sacrebleu's words."""
    score = native._aggregate_and_compute(list(rows))
    return score.score, score._verbose


def signature(native: Any, counts: Iterable[int]) -> str:
    """The signature for segments with these numbers of references."""
    numbers = set(counts)
    native.num_refs = numbers.pop() if len(numbers) == 1 else -1
    return native.get_signature().format()


def formatted(score: Score, width: int, *, score_only: bool = False, as_json: bool = False) -> str:
    """Write a score as sacrebleu's command line does: one line of text, the number alone, or a JSON object."""
    from sacrebleu.metrics.base import Score as NativeScore

    native = NativeScore(score.metric, score.value)
    native._verbose = score.verbose
    return native.format(width, score_only, score.signature, as_json)


def tokenizers() -> tuple[str, ...]:
    """The names of sacrebleu's tokenizers for BLEU."""
    from sacrebleu.metrics.bleu import BLEU

    return tuple(BLEU.TOKENIZERS)


def model_path(tokenizer: str) -> str | None:
    """Where sacrebleu keeps the model of a sentence-piece tokenizer; None for tokenizers without one."""
    import os

    from sacrebleu.tokenizers.tokenizer_spm import SPM_MODELS
    from sacrebleu.utils import SACREBLEU_DIR

    if tokenizer not in SPM_MODELS:
        return None
    return os.path.join(SACREBLEU_DIR, "models", os.path.basename(SPM_MODELS[tokenizer]["url"]))
