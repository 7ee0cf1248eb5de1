"""sacrebleu's side of the figures: measured once for its version and a machine, and kept beside the results."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks import machine

RESULTS = Path(__file__).parent / "results"
_DEPENDS = ("processor", "cores", "system", "python")


@dataclass(frozen=True, slots=True)
class Scored:
    """CPU seconds, each system's score, the signature, and the rows (systems, segments, columns)."""

    seconds: float
    scores: list[float]
    signature: str
    rows: np.ndarray


def natives(references: Sequence[Sequence[str]] | None = None) -> dict[str, Callable[[], Any]]:
    """What makes sacrebleu's own objects, by metric name."""
    from sacrebleu.metrics import BLEU, CHRF, TER

    return {
        "bleu": lambda: BLEU(references=references),
        "chrf": lambda: CHRF(references=references),
        "chrf++": lambda: CHRF(word_order=2, references=references),
        "ter": lambda: TER(references=references),
    }


def scored(name: str, systems: Mapping[str, Sequence[str]], reference: Sequence[str]) -> Scored:
    """Score every system by its ``corpus_score``, the references cached once for all as its command line does."""

    def measure() -> dict[str, Any]:
        rows: list[Any] = []
        started = time.process_time()
        native = natives([reference])[name]()
        extract = native._extract_corpus_statistics

        def keeping(texts: Sequence[str], references: None) -> Any:
            rows.append(extract(texts, references))
            return rows[-1]

        native._extract_corpus_statistics = keeping
        scores = [native.corpus_score(texts, None).score for texts in systems.values()]
        seconds = time.process_time() - started
        return {"seconds": seconds, "scores": scores, "signature": str(native.get_signature()), "rows": rows}

    found = _kept(f"{name} {_digest(reference, *systems.values())}", measure)
    return Scored(float(found["seconds"]), found["scores"].tolist(), str(found["signature"]), found["rows"])


def tested(
    name: str, rows: np.ndarray, test: str, trials: int, seed: int
) -> tuple[float, list[tuple[float | None, ...]]]:
    """Its paired test of each system's rows against the first's: CPU seconds; score, p-value, mean and interval."""

    def measure() -> dict[str, Any]:
        from sacrebleu.significance import PairedTest

        native = natives()[name]()
        native.num_refs = 1
        native._extract_corpus_statistics = lambda given, references: given
        systems = [(str(number), each.tolist()) for number, each in enumerate(rows)]
        started = time.process_time()
        with patch.dict(os.environ, SACREBLEU_SEED=str(seed)):
            _, results = PairedTest(systems, {"": native}, None, test_type=test, n_samples=trials)()
        seconds = time.process_time() - started
        [found] = [each for label, each in results.items() if label != "System"]
        numbers = [[one.score, one.p_value, one.mean, one.ci] for one in found]
        return {"seconds": seconds, "numbers": np.array(numbers, dtype=np.float64)}

    key = hashlib.sha256(np.ascontiguousarray(rows).tobytes()).hexdigest()
    found = _kept(f"{name} {test} {trials} {seed} {key}", measure)
    return float(found["seconds"]), [
        tuple(None if np.isnan(value) else float(value) for value in row) for row in found["numbers"]
    ]


def _kept(key: str, measure: Callable[[], dict[str, Any]]) -> dict[str, np.ndarray]:
    from sacrebleu import __version__

    facts = machine.facts()
    whole = " ".join([key, __version__, np.__version__, *(facts[name] for name in _DEPENDS)])
    path = RESULTS / "sacrebleu" / f"{hashlib.sha256(whole.encode()).hexdigest()[:24]}.npz"
    if not path.exists():
        found = measure()
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part.npz")
        np.savez(unfinished, **{name: np.asarray(value) for name, value in found.items()})
        unfinished.replace(path)
    with np.load(path) as kept:
        return dict(kept)


def _digest(*texts: Sequence[str]) -> str:
    found = hashlib.sha256()
    for lines in texts:
        found.update("\n".join(lines).encode())
        found.update(b"\0")
    return found.hexdigest()
