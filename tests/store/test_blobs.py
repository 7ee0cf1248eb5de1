"""Bytes come back as they were, however large, and are kept once."""

from __future__ import annotations

import io

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


@pytest.mark.parametrize("size", [0, 1, blobs.PART, blobs.PART * 2 + 1])
def test_a_file_is_kept_and_read_part_by_part(store: Store, size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    kept = blobs.keep_file(store, io.BytesIO(data))
    assert kept == blobs.keep(store, data)
    with blobs.reader(store, kept) as file:
        assert file.read() == data
        assert file.seek(-min(size, 1), io.SEEK_END) == max(size - 1, 0)
        assert file.read() == data[-1:]
        file.seek(size // 2)
        assert file.read(3) == data[size // 2 : size // 2 + 3]


def test_a_reader_of_bytes_that_were_never_kept_is_refused(store: Store) -> None:
    with pytest.raises(MissingError):
        blobs.reader(store, "00" * 32)
