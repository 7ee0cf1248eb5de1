"""One file per kind of awkwardness. ``detectors()`` lists them; see base.py for what a file must offer."""

from __future__ import annotations

import sys

from review.detectors.base import Context, Detector, Example
from review.detectors.judging import Estimate, Judge, Tally, Verdict
from review.registry import find

__all__ = ["Context", "Detector", "Estimate", "Example", "Judge", "Tally", "Verdict", "detectors", "judges"]


def detectors() -> dict[str, Detector]:
    """Every detector by name, in alphabetical order."""
    return find(sys.modules[__name__], "DETECTOR")


def judges() -> dict[str, Judge]:
    """Every plug-in judge by name, in alphabetical order, available or not."""
    return find(sys.modules[__name__], "JUDGE")
