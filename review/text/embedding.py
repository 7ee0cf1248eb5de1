"""Sentence embeddings: one vector a text, near each other where texts mean the same, whatever their language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

Embed = Callable[[Sequence[str]], "np.ndarray"]
"""n texts in, an array of n rows of length 1 (float32) out."""
