"""Where scores are measured: in threads of this process, or on the cluster that is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from review.settings import settings
from review.workers import Mapper


@contextmanager
def place(address: str | None = None, texts: int | None = None) -> Iterator[Mapper]:
    """A mapper over the cluster at ``address`` (None: as the settings say), over threads where that is empty.

    With ``texts``, how many there are to measure, too few to repay the journey stay here.
    Raises InputError, MissingError or ClusterError where the cluster cannot be used.
    """
    from review.workers.here import Threads

    address = settings().scheduler if address is None else address
    if not address:
        yield Threads()
        return
    from review.workers.dask import GRAIN, Cluster

    if texts is not None and texts < GRAIN.smallest:
        yield Threads()
        return
    with Cluster(address) as cluster:
        yield cluster
