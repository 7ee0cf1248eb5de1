"""Models learned from planted errors, once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from review.model import Article
from review.steps.evaluating import learning
from tests.detectors import planted

KINDS = ("source", "reference", "alternatives", "both")
TRAINING = planted.rated()
NEW = planted.rated(documents=2, seed=99)


@pytest.fixture(scope="session")
def models() -> dict[str, dict[str, Any]]:
    """Models for each kind of evidence, learned from the planted articles."""
    return {kind: planted.learned(TRAINING, kind) for kind in KINDS}


@pytest.fixture
def loaded(models: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same models, read from a file as the shipped ones are."""
    with planted.weights(tmp_path / "weights.json", models, monkeypatch):
        yield


def only(kind: str, article: Article) -> Article:
    rated = replace(NEW[0], article=article, spans=(), raters={})
    return learning.visible(rated, kind).article
