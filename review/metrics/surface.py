"""The only file that touches sacrebleu's private names, so that a new release is checked in one place.

Proven for sacrebleu 2.6.0 by tests/metrics/test_equality.py.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from review.errors import InputError
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


_SIGNING = threading.RLock()
"""sacrebleu makes a signature of what its object holds at the moment, and threads share such objects."""


def signature(native: Any, counts: Iterable[int]) -> str:
    """The signature for segments with these numbers of references."""
    numbers = {int(count) for count in (np.unique(counts) if isinstance(counts, np.ndarray) else counts)}
    with _SIGNING:
        native.num_refs = numbers.pop() if len(numbers) == 1 else -1
        return native.get_signature().format()


def paired_signature(native: Any, counts: Iterable[int], test: str, trials: int, seed: int) -> str:
    """The signature of a paired test: ``test`` is "bs" or "ar"."""
    with _SIGNING:
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


def interval(native: Any, counts: Iterable[int], rows: np.ndarray, trials: int, seed: int) -> tuple[str, float, float]:
    """sacrebleu's bootstrap of one system: the signature, the resamples' mean, and half of their 95% interval.

    Resamples are drawn one after another instead of all at once: the same draws, in the memory of one.
    """
    from sacrebleu.metrics.base import Score as NativeScore

    generator = np.random.default_rng(seed)
    statistics = rows.astype(np.float32)
    scores = [
        native._compute_score_from_stats(statistics[generator.choice(len(rows), size=len(rows), replace=True)].sum(0))
        for _ in range(trials)
    ]
    found = NativeScore("", 0.0)
    found.estimate_ci(scores)
    with _SIGNING:
        native.n_bootstrap, native.seed = trials, str(seed)
        try:
            return signature(native, counts), float(found._mean), float(found._ci)
        finally:
            native.n_bootstrap = native.seed = None


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)


def formatted(score: Score, width: int, *, score_only: bool = False, as_json: bool = False) -> str:
    """Write a score as sacrebleu's command line does: one line of text, the number alone, or a JSON object."""
    from sacrebleu.metrics.base import Score as NativeScore

    native = NativeScore(score.metric, score.value)
    native._verbose = score.verbose
    if score.mean is not None and score.interval is not None:
        native._mean, native._ci = score.mean, score.interval
    return native.format(width, score_only, score.signature, as_json)


def results_table(
    columns: dict[str, list[Any]], signatures: dict[str, str], kind: str, width: int, test: str = "", trials: int = 0
) -> str:
    """sacrebleu's own table of several systems, as it goes into a pipe (without colours). ``kind`` is text or latex.

    A cell is a text, or for a paired ``test`` ("bs" or "ar") a tuple: score, p-value, mean, half of the interval.
    """
    import io
    from argparse import Namespace
    from contextlib import redirect_stdout

    from sacrebleu import utils
    from sacrebleu.significance import Result

    cells = {
        name: [Result(*cell) if isinstance(cell, tuple) else cell for cell in column]
        for name, column in columns.items()
    }
    asked = Namespace(
        format=kind, width=width, paired_bs=test == "bs", paired_ar=test == "ar", paired_bs_n=trials, paired_ar_n=trials
    )
    colours, utils.Color.ENABLE_COLORS = utils.Color.ENABLE_COLORS, False
    try:
        with redirect_stdout(io.StringIO()) as out:
            utils.print_results_table(cells, signatures, asked)
    finally:
        utils.Color.ENABLE_COLORS = colours
    return out.getvalue()


def tokenizers() -> tuple[str, ...]:
    """The names of sacrebleu's tokenizers for BLEU."""
    from sacrebleu.metrics.bleu import BLEU

    return tuple(BLEU.TOKENIZERS)


def model_name(tokenizer: str) -> str | None:
    """What sacrebleu calls the model file of a sentence-piece tokenizer; None for tokenizers without one."""
    import posixpath

    from sacrebleu.tokenizers.tokenizer_spm import SPM_MODELS

    return posixpath.basename(SPM_MODELS[tokenizer]["url"]) if tokenizer in SPM_MODELS else None


def own_models() -> Path:
    """The folder in which sacrebleu itself keeps models."""
    from sacrebleu.utils import SACREBLEU_DIR

    return Path(SACREBLEU_DIR) / "models"


def bleu(tokenize: str, model: Path | None = None, **options: Any) -> Any:
    """sacrebleu's BLEU. A sentence-piece tokenizer takes its ``model`` from this path.

    sacrebleu would look for it in its own folder alone, and fetch what is not there.
    """
    from sacrebleu.metrics import BLEU

    if model is None:
        return BLEU(tokenize=tokenize, **options)
    from sacrebleu.tokenizers.tokenizer_spm import SPM_MODELS, TokenizerSPM

    native = BLEU(tokenize="none", **options)
    native.tokenizer = _pieces(TokenizerSPM, SPM_MODELS[tokenize]["signature"], model)
    native.tokenizer_signature = native.tokenizer.signature()
    return native


def _pieces(kind: Any, name: str, model: Path) -> Any:
    from sentencepiece import SentencePieceProcessor

    made = kind.__new__(kind)
    made.name, made.sp = name, SentencePieceProcessor()
    try:
        made.sp.Load(str(model))
    except (OSError, RuntimeError):
        raise InputError(f"{model} is no sentence-piece model; put the tokenizer's own model file there.") from None
    return made
