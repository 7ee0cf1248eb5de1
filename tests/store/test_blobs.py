"""Bytes come back as they were, however large, and are kept once."""

from __future__ import annotations

import pytest

from review.errors import MissingError
from review.store import Store, blobs


@pytest.mark.parametrize("size", [0, 1, blobs.PART, blobs.PART * 2 + 1])
def test_bytes_of_any_size_come_back(store: Store, size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    kept = blobs.keep(store, data)
    assert store.write(lambda c: blobs.put(c, data)) == kept
    assert blobs.keep(store, data) == kept
    with store.read() as connection:
        assert blobs.get(connection, kept) == data
        parts = connection.exec_driver_sql("SELECT count(*) FROM blob_part").scalar_one()
    assert parts == -(-size // blobs.PART)


def test_bytes_put_at_once_come_back_too(store: Store) -> None:
    data = b"x" * (blobs.PART + 1)
    kept = store.write(lambda c: blobs.put(c, data))
    with store.read() as connection:
        assert blobs.get(connection, kept) == data


def test_bytes_that_were_never_kept_are_missing(store: Store) -> None:
    with store.read() as connection, pytest.raises(MissingError):
        blobs.get(connection, "00" * 32)
