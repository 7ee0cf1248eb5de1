"""TER: edits and shifts of words that turn the output into the reference, per reference word (Snover et al., 2006)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from typing import Any

import numpy as np

from review.metrics import kernels, surface
from review.metrics.base import Matrix, Metric, Prepared


@dataclass(frozen=True, slots=True)
class _Packed:
    """The words of all references, numbered: a reference is ``words[starts[r]:starts[r + 1]]``.

    ``firsts`` are the numbers of each segment's first references, and of none at the end; ``lengths`` is a segment's
    mean length in words.
    """

    numbers: dict[str, int]
    words: np.ndarray
    starts: np.ndarray
    firsts: np.ndarray
    lengths: np.ndarray


class Ter(Metric):
    name = "ter"
    label = "TER"
    title = "Word edits and shifts needed to reach the reference"
    advice = "Lower is better. Against the output's own post-edit it is HTER, the editor's work."
    higher_is_better = False
    milliseconds = 10.0
    kernel = "ter"
    dtype = np.float64

    def create(self, level: str) -> Any:
        from sacrebleu.metrics import TER

        return TER(
            normalized=self.options.ter_normalized,
            no_punct=self.options.ter_no_punct,
            asian_support=self.options.ter_asian_support,
            case_sensitive=self.options.ter_case_sensitive,
        )

    @property
    def columns(self) -> tuple[str, ...]:
        return ("edits", "ref_len")

    @property
    def key(self) -> str:
        options = self.options
        kind = "".join(
            f"{flag:d}"
            for flag in (
                options.ter_case_sensitive,
                options.ter_normalized,
                options.ter_no_punct,
                options.ter_asian_support,
            )
        )
        return f"ter {kind} {surface.version()}"

    @property
    def proven(self) -> bool:
        return surface.proven()

    def _measure_fast(self, hypotheses: Sequence[str], prepared: Prepared) -> Matrix:
        key = f"numbered {self.key}"
        if key not in prepared.made:
            prepared.made[key] = self._pack(prepared)
        packed: _Packed = prepared.made[key]
        outputs = list(map(self._words(), hypotheses))
        starts = _starts(outputs)
        numbers = map(packed.numbers.get, chain.from_iterable(outputs), repeat(-1))
        words = np.fromiter(numbers, np.int32, int(starts[-1]))
        edits = kernels.load(self.kernel).edits(
            words, starts, packed.words, packed.starts, packed.firsts, len(packed.numbers)
        )
        return np.stack([edits.astype(np.float64), packed.lengths], axis=1)

    def _pack(self, prepared: Prepared) -> _Packed:
        split = self._words(2)
        texts = [split(text) for texts in prepared.texts for text in texts]
        numbers: dict[str, int] = {}
        starts = _starts(texts)
        each = (numbers.setdefault(word, len(numbers)) for word in chain.from_iterable(texts))
        words = np.fromiter(each, np.int32, int(starts[-1]))
        firsts = np.concatenate([[0], np.cumsum(prepared.counts)])
        lengths = np.diff(starts[firsts]) / prepared.counts
        return _Packed(numbers, words, starts, firsts, lengths)

    def _words(self, times: int = 1) -> Callable[[str], list[str]]:
        """What cuts a text into words as sacrebleu does; it preprocesses references twice (``times``).

        Without normalization and removal of punctuation that is lower-casing and cutting at white space, and the
        second time changes nothing: no white space appears or goes away in lower case.
        """
        options = self.options
        if options.ter_normalized or options.ter_no_punct:
            return partial(surface.words, self._native("system"), times=times)
        return str.split if options.ter_case_sensitive else _lower_words

    def add(self, rows: Matrix) -> list[Any]:
        """Edits are whole; mean reference lengths may not be, so they are added one after another as sacrebleu does."""
        edits, lengths = rows[:, 0], rows[:, 1]
        whole = bool((lengths == np.floor(lengths)).all())
        total = lengths.sum() if whole else np.add.accumulate(lengths)[-1]
        return [int(edits.sum()), float(total)]

    def values(self, sums: Matrix, level: str = "system") -> np.ndarray:
        """See Metric.values."""
        rows = sums if sums.dtype == np.float32 else sums.astype(np.float64)
        edits, lengths = rows[:, 0], rows[:, 1]
        some = lengths > 0
        scores = (edits > 0).astype(rows.dtype) * rows.dtype.type(100)
        scores[some] = rows.dtype.type(100) * (edits[some] / lengths[some])
        # The score of an empty reference is Python's 100.0 or 0.0, and numpy makes doubles of all beside it.
        return scores if some.all() else scores.astype(np.float64)

    def resampled(self, sums: Matrix) -> np.ndarray:
        return self.values(sums)

    def unchanged(self, text: str) -> list[float]:
        """The row of a text against itself, mostly at the cost of counting its words.

        What normalization makes of a text may change when it is normalized again, as a reference is.
        """
        once, twice = self._words()(text), self._words(2)(text)
        if once == twice:
            return [0.0, float(len(twice))]
        return list(self._measure_native([text], Prepared([(text,)]))[0].tolist())


def _lower_words(text: str) -> list[str]:
    return text.lower().split()


def _starts(texts: Sequence[Sequence[str]]) -> np.ndarray:
    """Where each text's words start in all of them, and where they end: int64, one more than the texts."""
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=starts[1:])
    return starts


METRIC = Ter
