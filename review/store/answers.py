"""Answers that cost time or money, kept by a key of the asker's making: a mapping that outlives the process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, func, insert, select

from review.store.clock import now
from review.store.schema import answer

if TYPE_CHECKING:
    from review.store.door import Store

CHUNK = 500
"""How many rows are changed with the lock held once."""

_A = answer.c


class Answers(MutableMapping[str, str]):
    """Keys begin with the judge's name and a colon. What was set is on disk when the call returns.

    ``update`` stores many at once, which is much quicker than one by one. Raises StoreError where the
    database cannot be read or written.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, key: str) -> str:
        with self._store.read() as connection:
            found = connection.scalar(select(_A.value).where(_A.key == key))
        if found is None:
            raise KeyError(key)
        return str(found)

    def __setitem__(self, key: str, value: str) -> None:
        self.update({key: value})

    def __delitem__(self, key: str) -> None:
        here = delete(answer).where(_A.key == key)
        if not self._store.write(lambda connection: connection.execute(here).rowcount, background=True):
            raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        with self._store.read() as connection:
            yield from connection.scalars(select(_A.key).order_by(_A.key))

    def __len__(self) -> int:
        with self._store.read() as connection:
            return int(connection.scalar(select(func.count()).select_from(answer)) or 0)

    def update(self, other: Mapping[str, str] | Iterable[tuple[str, str]] = (), /, **more: str) -> None:  # type: ignore[override]
        """Keep these answers, in place of older ones under the same keys."""
        given = dict(other, **more)
        keys = list(given)
        for start in range(0, len(keys), CHUNK):
            part = {key: given[key] for key in keys[start : start + CHUNK]}
            self._store.write(partial(_put, part), background=True)


def _put(answers: Mapping[str, str], connection: Connection) -> None:
    at = now()
    rows: list[dict[str, Any]] = [
        {"key": key, "judge": key.partition(":")[0], "value": value, "at": at} for key, value in answers.items()
    ]
    connection.execute(delete(answer).where(_A.key.in_(list(answers))))
    connection.execute(insert(answer), rows)
