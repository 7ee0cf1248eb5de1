"""A reviewer at a desk."""

from __future__ import annotations

import pytest

from review.store import Store
from tests.steps.desk import Desk


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)
