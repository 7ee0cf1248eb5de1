"""How a list is mapped: here in threads, or on a Dask cluster. A mapper knows nothing of what it maps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol


class Mapper(Protocol):
    """Calls ``function`` with each item; yields (position, result) as results come, in any order.

    ``width`` is how many calls run at once. An exception of ``function`` is raised to who iterates.
    """

    @property
    def width(self) -> int: ...

    def __call__(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[tuple[int, Any]]: ...


__all__ = ["Mapper"]
