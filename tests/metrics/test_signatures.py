"""Signatures are those of the scores that they stand beside, whoever else asks for one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from review.metrics import surface


class Native:
    """Stands for sacrebleu's object: its signature says what it holds; ``meanwhile`` runs while one is made."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self.num_refs, self.meanwhile = 0, meanwhile

    def get_signature(self) -> Any:
        self.meanwhile()
        return self

    def format(self) -> str:
        return f"nrefs:{self.num_refs}"


def test_two_threads_that_share_a_metric_do_not_mix_their_signatures() -> None:
    others: list[threading.Thread] = []
    found: list[str] = []

    def meanwhile() -> None:
        if not others:
            others.append(threading.Thread(target=lambda: found.append(surface.signature(native, [2, 2]))))
            others[0].start()
            # It comes to its end here, or waits for the first.
            others[0].join(0.2)

    native = Native(meanwhile)
    assert surface.signature(native, [1, 1]) == "nrefs:1"
    others[0].join()
    assert found == ["nrefs:2"]
