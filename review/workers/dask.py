"""Mapping on a Dask cluster: parts go out as bytes, numbers come back.

The scheduler unpickles what it is handed, so it is handed bytes and ``pickle.loads`` alone: it needs nothing of
this package, and holds no text as objects. What fails on a worker comes back as a value, because Dask would write
the arguments of a failed task, which are text, into the worker's log.
"""

from __future__ import annotations

import logging
import pickle
import socket
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlsplit

from review.errors import ClusterError, InputError, MissingError, ReviewError
from review.workers import Grain
from review.workers.identity import difference, identity

GRAIN = Grain(smallest=30_000, largest=60_000, seconds=60.0)
"""A call costs some milliseconds and its text a journey; 60,000 texts are about 10 MB."""

KNOCK_SECONDS = 4.0
CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 3.0
"""How long each answer at the start may take: a place where no scheduler is shows itself at the first."""

_LOOK_SECONDS = 2.0
_ALONE_SECONDS = 60.0
"""How long a cluster may be without any worker before the work is given up."""


class Cluster:
    """A mapper over the workers of a scheduler; leave it with ``close``, or use it in ``with``.

    Raises InputError for an address of another form, MissingError where Dask is not installed, ClusterError where
    the cluster cannot be reached, has no workers, or runs other versions; each within 10 seconds.
    """

    def __init__(self, address: str, grain: Grain = GRAIN) -> None:
        self.address, self.grain, self._threads = _checked(address), grain, 0
        self._client = _connect(self.address)
        try:
            self._check()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def width(self) -> int:
        """The workers' threads."""
        return self._threads

    def close(self) -> None:
        """Leave the cluster; what was asked of it and is not done is dropped there."""
        with suppress(Exception):
            self._client.close(timeout=2)

    def __call__(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Few more items than threads are on the way at a time. A worker that dies has its items done by another."""
        ended: SimpleQueue[Any] = SimpleQueue()
        waiting: dict[str, tuple[int, Any]] = {}
        coming = enumerate(items)
        try:
            while True:
                for position, item in islice(coming, self._ahead() - len(waiting)):
                    call = pickle.dumps(_Call(function, item), protocol=5)
                    with self._answering():
                        future = self._client.submit(pickle.loads, call, pure=False)
                    waiting[future.key] = position, future
                    future.add_done_callback(ended.put)
                if not waiting:
                    return
                future = self._next(ended)
                position, _ = waiting.pop(future.key)
                yield position, self._result(future)
        finally:
            if waiting:
                with suppress(Exception):
                    self._client.cancel([future for _, future in waiting.values()], force=True)

    def _ahead(self) -> int:
        return self._threads + max(2, self._threads // 4)

    def _next(self, ended: SimpleQueue[Any]) -> Any:
        """The next future that is done; looks after the cluster while there is none."""
        alone = 0.0
        while True:
            try:
                return ended.get(timeout=_LOOK_SECONDS)
            except Empty:
                if self._look():
                    alone = 0.0
                    continue
                alone = alone or time.monotonic()
                if time.monotonic() - alone > _ALONE_SECONDS:
                    raise ClusterError(
                        f"The scheduler at {self.address} has lost all its workers; start them again, then this."
                    ) from None

    def _look(self) -> int:
        """Count the workers' threads anew (workers come and go)."""
        with self._answering():
            found = self._client.nthreads(callback_timeout=30)
        threads = sum(found.values())
        self._threads = threads or self._threads
        return threads

    def _result(self, future: Any) -> Any:
        from distributed import KilledWorker

        try:
            with self._answering():
                done = future.result()
        except KilledWorker:
            raise ClusterError(
                "Several workers died over the same part of the text; give them more memory, and see their logs."
            ) from None
        except ModuleNotFoundError as error:
            raise _without(f"A worker of {self.address}", error.name) from None
        if isinstance(done, _Failed):
            if isinstance(done.error, ModuleNotFoundError):
                raise _without(f"A worker of {self.address}", done.error.name)
            raise done.error
        return done

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Say in one sentence that the scheduler is lost."""
        from concurrent.futures import CancelledError

        try:
            yield
        except (OSError, CancelledError, TimeoutError) as error:
            raise self._lost() from error
        except RuntimeError as error:
            if self._client.status == "running":
                raise
            raise self._lost() from error

    def _lost(self) -> ClusterError:
        return ClusterError(f"The scheduler at {self.address} no longer answers; start it again, then this.")

    def _check(self) -> None:
        """Count the threads; see that scheduler and workers run what runs here."""
        mine, theirs = version("distributed"), ""
        try:
            theirs = self._client.run_on_scheduler(version, "distributed", callback_timeout=ANSWER_SECONDS)
            if theirs == mine:
                self._threads = sum(self._client.nthreads(callback_timeout=ANSWER_SECONDS).values())
                found = self._client.run(identity, on_error="return", callback_timeout=ANSWER_SECONDS)
        except (OSError, TimeoutError):
            raise self._lost() from None
        if theirs != mine:
            raise ClusterError(
                f"The scheduler at {self.address} runs distributed {theirs} and this program {mine}; "
                "install the same version on both."
            )
        if not found:
            raise ClusterError(
                f"The scheduler at {self.address} has no workers; start some by: dask worker {self.address}"
            )
        for worker, answer in found.items():
            if isinstance(answer, Exception):
                raise _without(f"The worker at {worker}", "review" if "review" in str(answer) else None)
            if other := difference(identity(), answer):
                raise ClusterError(
                    f"The worker at {worker} runs other versions ({other}); start workers from the same checkout."
                )


class _Call:
    """Pickles as the call itself: whoever unpickles it makes the call and has its result."""

    def __init__(self, function: Callable[[Any], Any], item: Any) -> None:
        self.function, self.item = function, item

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return _made, (identity(), self.function, self.item)


class _Failed:
    def __init__(self, error: Exception) -> None:
        self.error = error


def _made(asker: tuple[tuple[str, str], ...], function: Callable[[Any], Any], item: Any) -> Any:
    """On a worker: the result, or what went wrong. A worker that came late is checked here."""
    if other := difference(asker, identity()):
        return _Failed(ClusterError(f"A worker that came later runs other versions ({other}); stop it."))
    try:
        return function(item)
    except ReviewError as error:
        return _Failed(error)
    except Exception as error:  # noqa: BLE001  told to who asked, without what it was about
        kind = type(error)
        known = kind.__module__ == "builtins"
        return _Failed(error if known else RuntimeError(f"{kind.__name__} on a worker"))


def _without(who: str, package: str | None) -> ClusterError:
    if package and package.split(".")[0] == "review":
        return ClusterError(
            f"{who} does not find this program's package review; start workers from its checkout, or name that in "
            "PYTHONPATH."
        )
    if package:
        return ClusterError(f"{who} lacks the package {package}; install requirements.txt and -optional.txt there.")
    return ClusterError(f"{who} cannot say what it runs; see its log.")


def _checked(address: str) -> str:
    try:
        parts = urlsplit(address)
        fine = parts.scheme in ("tcp", "tls") and parts.hostname and parts.port and not (parts.path or parts.query)
    except ValueError:
        fine = False
    if not fine:
        raise InputError(f"{address!r} is no scheduler's address; write it as tcp://host:port.")
    return address


def _connect(address: str) -> Any:
    """A client. Dask's own waits long for a listener that says nothing, so the door is tried first."""
    try:
        import dask

        with dask.config.set(_QUIET):
            from distributed import Client
    except ImportError:
        raise MissingError(
            f"Scoring at {address} needs the packages dask and distributed; install them by: "
            "pip install -r requirements-optional.txt"
        ) from None
    for name in ("distributed", "distributed.client", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TiB"})
    try:
        _knock(address)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="review")
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"No Dask scheduler answers at {address} ({_why(error)}); check the address, and that it runs."
        ) from None


def _knock(address: str) -> None:
    """Raise OSError or ValueError unless something listens there and begins as Dask does.

    Who listens speaks first: a count of frames, eight bytes with the lowest first. Behind TLS nothing can be heard.
    """
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port), timeout=KNOCK_SECONDS) as door:
        if place.scheme == "tls":
            return
        heard = door.recv(8)
        if len(heard) < 8 or int.from_bytes(heard, "little") > 1000:
            raise ValueError("something else listens there")


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return (error.strerror if isinstance(error, OSError) else str(error)) or "it cannot be reached"


_QUIET = {"logging": {"distributed": "critical", "distributed.client": "critical", "tornado": "critical"}}
