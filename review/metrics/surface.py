"""The only file that touches sacrebleu's private names, so that a new release is checked in one place.

Proven for sacrebleu 2.6.0 by tests/metrics/test_equality.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from review.model import Score

PROVEN = "2.6.0"
"""The version of sacrebleu that the kernels' tests compare with."""


def version() -> str:
    """sacrebleu's version."""
    from sacrebleu import __version__

    return __version__


def proven() -> bool:
    """True where the installed sacrebleu is the one that the kernels are proven equal to."""
    return version() == PROVEN


def prepare(native: Any, texts: Sequence[Sequence[str]]) -> list[Any]:
    """What ``native`` (a sacrebleu metric) needs to know of each segment's references."""
    return [native._extract_reference_info([native._preprocess_segment(text) for text in each]) for each in texts]


def measure(native: Any, hypothesis: str, info: Any) -> list[Any]:
    """The sufficient statistics of one hypothesis."""
    return native._compute_segment_statistics(native._preprocess_segment(hypothesis), info)


def words(native: Any, text: str, times: int = 1) -> list[str]:
    """The words that TER sees in a text; it preprocesses a hypothesis once and a reference twice."""
    for _ in range(times):
        text = native._preprocess_segment(text)
    return text.split()


def score(native: Any, sums: list[Any]) -> tuple[float, str]:
    """The score of added-up rows, and the counts behind it in sacrebleu's words."""
    found = native._compute_score_from_stats(sums)
    return found.score, found._verbose


def signature(native: Any, counts: Iterable[int]) -> str:
    """The signature for segments with these numbers of references."""
    numbers = {int(count) for count in (np.unique(counts) if isinstance(counts, np.ndarray) else counts)}
    native.num_refs = numbers.pop() if len(numbers) == 1 else -1
    return native.get_signature().format()


def paired_signature(native: Any, counts: Iterable[int], test: str, trials: int, seed: int) -> str:
    """The signature of a paired test: ``test`` is "bs" or "ar"."""
    signature(native, counts)
    found = native.get_signature()
    found.update("seed", str(seed))
    found.update(test, trials)
    return found.format()


class _Rows:
    """A metric as sacrebleu's significance tests see it, with the statistics already measured."""

    def __init__(self, native: Any) -> None:
        self._aggregate_and_compute = native._aggregate_and_compute
        self._compute_score_from_stats = native._compute_score_from_stats
        self.get_signature = native.get_signature

    def _extract_corpus_statistics(self, rows: Sequence[list[Any]], references: None) -> list[list[Any]]:
        return list(rows)


def paired(
    native: Any,
    counts: Iterable[int],
    systems: Sequence[tuple[str, list[list[Any]]]],
    test: str,
    trials: int,
    seed: int,
) -> tuple[str, list[tuple[float, float | None, float | None, float | None]]]:
    """sacrebleu's paired test of each system against the first: ``test`` is "bs" or "ar".

    Returns the signature and, for each system, score, p-value, mean and half of the 95% interval (None
    where the test has none).
    """
    import os

    from sacrebleu.significance import PairedTest

    signature(native, counts)
    before = os.environ.get("SACREBLEU_SEED")
    # The seed of the baseline's interval comes from the environment alone.
    os.environ["SACREBLEU_SEED"] = str(seed)
    try:
        signatures, results = PairedTest(systems, {"": _Rows(native)}, None, test_type=test, n_samples=trials)()
    finally:
        if before is None:
            del os.environ["SACREBLEU_SEED"]
        else:
            os.environ["SACREBLEU_SEED"] = before
    [(label, found)] = signatures.items()
    return found.format(), [
        (float(one.score), _plain(one.p_value), _plain(one.mean), _plain(one.ci)) for one in results[label]
    ]


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)


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
