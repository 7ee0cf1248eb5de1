"""How a list is mapped: here in threads, or on a Dask cluster. A mapper knows nothing of what it maps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Grain:
    """How much one call should be given, because what a call costs beside its work differs.

    smallest, largest: the texts of a call. seconds: about what a call may take.
    """

    smallest: int
    largest: int
    seconds: float


class Mapper(Protocol):
    """Calls ``function`` with each item; yields (position, result) as results come, in any order.

    ``width`` is how many calls run at once. An exception of ``function`` is raised to who iterates.
    """

    @property
    def width(self) -> int: ...

    @property
    def grain(self) -> Grain: ...

    def __call__(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[tuple[int, Any]]: ...


__all__ = ["Grain", "Mapper"]
