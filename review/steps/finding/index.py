"""A batch's texts, ready to be looked through: a corpus in the cache folder, and what changed since it was written.

The corpus is as of one event. Segments that later events touched are read again and laid over it, and articles that
were merged, split or added to as a whole; when that is much, a new corpus is folded of both. Losing the folder loses
time only. A database that was restored or exchanged is told by the event's hash, and its corpora are made anew.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

import numpy as np

from review.errors import StoreError
from review.log import log
from review.settings import settings
from review.store import Store, indexing, people
from review.store.indexing import Light
from review.text.corpus import Corpus, Row, Writer, fold

LAID_OVER = 1500
"""Segments that may be laid over a corpus before a new one is folded."""
PASSED = 20_000
"""Events that may have passed since a corpus was written before it is written anew or named as newer."""
WHOLE = 20_000
"""Segments of an article that is read again as a whole; after a merge in a larger one the corpus is made anew."""
KEPT = 16
"""Batches whose index this process keeps open."""
_ABANDONED = 24 * 3600
_TOGETHER = 2000

Progress = Callable[[int, int], None]
"""Called with segments done and in all. What it raises ends the building, and nothing of it stays."""


class Index:
    """One batch's texts as they are now. ``patched`` are rows read again (None: no longer there), ``replaced`` whole
    articles; ``version`` goes up whenever something changed. Hold ``lock`` while looking.
    """

    def __init__(self, folder: Path, batch: int) -> None:
        self.batch = batch
        self.lock = threading.RLock()
        self.corpus: Corpus | None = None
        self.patched: dict[int, Light | None] = {}
        self.replaced: dict[int, list[Light]] = {}
        self.version = 0
        self.kept: OrderedDict[Any, Any] = OrderedDict()
        """What was found last, by rule; emptied when something changes."""
        self._folder, self._pointer = folder, folder / f"{batch}.json"
        self._seq = 0

    def follow(self, store: Store, progress: Progress | None = None) -> Corpus:
        """Bring the index up to date and return its corpus. Raises what ``progress`` raises."""
        with store.read() as connection:
            created, project = indexing.made(connection, self.batch)
            if self.corpus is None:
                self._take(self._opened())
            corpus = self.corpus
            if corpus is not None and not (
                corpus.facts.get("created") == created
                and corpus.facts.get("project") == project
                and indexing.is_event(connection, int(corpus.facts["event"]), str(corpus.facts["hash"]))
            ):
                self.corpus = None
        if self.corpus is None:
            self._build(store, created, project, progress)
        assert self.corpus is not None
        with store.read() as connection:
            laid = self._lay_over(connection, self.corpus, project)
        if not laid:
            self._build(store, created, project, progress)
        with store.read() as connection:
            event = (self._seq, indexing.hash_of(connection, self._seq))
        if self._laid_over() > LAID_OVER or self._seq - int(self.corpus.facts["event"]) > PASSED:
            self._fold(self.corpus, event)
        return self.corpus

    def _laid_over(self) -> int:
        return len(self.patched) + sum(map(len, self.replaced.values()))

    def _take(self, corpus: Corpus | None) -> None:
        self.corpus = corpus
        self.patched, self.replaced = {}, {}
        self._seq = int(corpus.facts["event"]) if corpus else 0
        self._changed()

    def _changed(self) -> None:
        self.version += 1
        self.kept.clear()

    def _named(self) -> str:
        """The folder that is named as the present corpus, "" where there is none."""
        try:
            return Path(str(json.loads(self._pointer.read_text("utf-8"))["folder"])).name
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def _opened(self) -> Corpus | None:
        for _ in range(3):  # another process may put a newer one in its place meanwhile
            name = self._named()
            found = Corpus.open(self._folder / name) if name else None
            if found is not None or not name:
                return found
        return None

    def _build(self, store: Store, created: int, project: int, progress: Progress | None) -> None:
        begun = time.monotonic()
        with store.read() as connection:
            event = indexing.last_event(connection, project)
            articles = indexing.sizes(connection, self.batch)
        total = sum(size for _, size in articles)
        facts = {"created": created, "project": project, "event": event[0], "hash": event[1]}

        def write(folder: Path) -> None:
            with Writer(folder) as writer:
                done = 0
                for rows in _read(store, articles):
                    for light in rows:
                        writer.add(_row(light))
                    done += len(rows)
                    if progress:
                        progress(done, max(total, done))
                writer.finish(facts)

        self._put(write)
        log("info", "texts indexed", batch=self.batch, segments=total, seconds=round(time.monotonic() - begun, 1))

    def _fold(self, corpus: Corpus, event: tuple[int, str]) -> None:
        facts = {**corpus.facts, "event": event[0], "hash": event[1]}
        new, order = self._order(corpus)
        self._put(lambda folder: fold(corpus, [_row(light) for light in new], order, folder, facts))

    def _order(self, corpus: Corpus) -> tuple[list[Light], np.ndarray]:
        """The rows to write beside the corpus's own, and all rows in their new order."""
        new: list[Light] = []
        order = np.arange(corpus.rows, dtype=np.int64)
        drop = np.zeros(corpus.rows, dtype=bool)
        for row, light in self.patched.items():
            if light is None:
                drop[row] = True
            else:
                order[row] = corpus.rows + len(new)
                new.append(light)
        places: list[int] = []
        values: list[int] = []
        for article, rows in self.replaced.items():
            first, last = span(corpus, article)
            drop[first:last] = True
            places += [first] * len(rows)
            values += range(corpus.rows + len(new), corpus.rows + len(new) + len(rows))
            new += rows
        shift = np.concatenate([[0], np.cumsum(~drop)])
        return new, np.insert(order[~drop], shift[np.array(places, np.int64)], np.array(values, np.int64))

    def _put(self, write: Callable[[Path], None]) -> None:
        """Write a corpus beside the present one, name it as the present one, and take the older ones away."""
        name = f"{self.batch}-{uuid4().hex[:12]}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write(self._folder / name)
            before = self._named()
            part = self._folder / f"{name}.json.part"
            part.write_text(json.dumps({"folder": name}), "utf-8")
            os.replace(part, self._pointer)
        except OSError as error:
            raise StoreError(
                f"The texts of batch {self.batch} cannot be indexed in {self._folder} ({error.strerror}); set "
                "REVIEW_CACHE to a folder that can be written and has room."
            ) from error
        # Another process may have made one at the same time, and named its own: either will do.
        self._take(Corpus.open(self._folder / name) or self._opened())
        if self.corpus is None:
            raise StoreError(f"The index in {self._folder} was taken away while it was made; do this again.")
        for path in self._folder.glob(f"{self.batch}-*"):
            kept = path.name in (name, self.corpus.folder.name)
            if not kept and (path.name == before or _age(path) > _ABANDONED):
                shutil.rmtree(path, ignore_errors=True)

    def _lay_over(self, connection: Any, corpus: Corpus, project: int) -> bool:
        """Read again what events touched; False where an article is too large for that."""
        changed = indexing.changed(connection, project, self._seq)
        if not changed.events:
            return True
        here = set(corpus.firsts[1].tolist()) if changed.articles else set()
        articles = {article for article in changed.articles if article in here}
        touched = np.array(sorted(changed.segments), np.int64)
        rows = corpus.places(touched)
        known = {light.id: article for article, lights in self.replaced.items() for light in lights}
        articles.update(known[number] for number in touched[rows < 0].tolist() if number in known)
        owners = corpus.articles[rows[rows >= 0]] if len(touched) else touched
        articles.update({int(article) for article in owners} & self.replaced.keys())
        spans = {article: span(corpus, article) for article in articles}
        if any(last - first > WHOLE for first, last in spans.values()):
            return False
        for group in _grouped((article, 1 + last - first) for article, (first, last) in spans.items()):
            self.replaced.update(indexing.of_articles(connection, group))
        for first, last in spans.values():
            for row in [row for row in self.patched if first <= row < last]:
                del self.patched[row]
        mine = [
            (int(row), int(number))
            for row, number in zip(rows, touched, strict=True)
            if row >= 0 and int(corpus.articles[row]) not in self.replaced
        ]
        lights = indexing.of_segments(connection, [number for _, number in mine])
        self.patched.update((row, lights.get(number)) for row, number in mine)
        self._seq = changed.last
        if articles or mine:
            self._changed()
        return True


@dataclass(frozen=True, slots=True)
class View:
    """An index as it was at one moment, to be read without its lock."""

    corpus: Corpus
    patched: Mapping[int, Light | None]
    replaced: Mapping[int, Sequence[Light]]


def frozen(index: Index) -> View:
    """The index as it is now. Hold its lock, after ``follow``."""
    assert index.corpus is not None
    return View(index.corpus, dict(index.patched), {article: list(rows) for article, rows in index.replaced.items()})


_open: WeakKeyDictionary[Store, OrderedDict[int, Index]] = WeakKeyDictionary()
_lock = threading.Lock()


def of(store: Store, batch: int) -> Index:
    """The index of a batch in this process; ``follow`` brings it up to date."""
    with _lock:
        mine = _open.setdefault(store, OrderedDict())
        found = mine.get(batch)
    if found is None:
        with store.read() as connection:
            name = people.database(connection)
        found = Index(_folder(name), batch)
        with _lock:
            found = mine.setdefault(batch, found)
    with _lock:
        mine.move_to_end(batch)
        while len(mine) > KEPT:
            mine.popitem(last=False)
    return found


def there(store: Store, batch: int) -> bool:
    """Whether a batch has an index already, fresh or not."""
    index = of(store, batch)
    return index.corpus is not None or index._pointer.is_file()


def tidy(store: Store) -> None:
    """Take away what is kept of batches that are shown no more."""
    with store.read() as connection:
        folder = _folder(people.database(connection))
        kept = {int(path.stem) for path in folder.glob("*.json") if path.stem.isdigit()}
        gone = kept - indexing.shown(connection)
    for batch in gone:
        for path in folder.glob(f"{batch}[.-]*"):
            shutil.rmtree(path, ignore_errors=True)
            with suppress(OSError):
                path.unlink()


def _folder(database: str) -> Path:
    return settings().cache_folder / "texts" / database


def span(corpus: Corpus, article: int) -> tuple[int, int]:
    """The rows of an article: first and end; (0, 0) where it is not there."""
    firsts, articles = corpus.firsts
    places = np.flatnonzero(articles == article)
    if not len(places):
        return 0, 0
    place = int(places[0])
    return int(firsts[place]), int(firsts[place + 1]) if place + 1 < len(firsts) else corpus.rows


def _read(store: Store, articles: list[tuple[int, int]]) -> Iterator[list[Light]]:
    """Every living segment of a batch in order, some thousand at a time, in short transactions."""
    sizes = dict(articles)
    for group in _grouped(articles):
        if len(group) > 1 or sizes[group[0]] <= _TOGETHER:
            with store.read() as connection:
                found = indexing.of_articles(connection, group)
            yield [light for article in group for light in found[article]]
            continue
        after = b""
        while True:
            with store.read() as connection:
                page = next(iter(indexing.pages(connection, group[0], after)), None)
            if page is None:
                break
            rows, after = page
            yield rows


def _grouped(articles: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Articles that are read together; a large one alone."""
    group: list[int] = []
    room = _TOGETHER
    for article, size in articles:
        if group and (size > room or len(group) >= 500):
            yield group
            group, room = [], _TOGETHER
        group.append(article)
        room -= size
    if group:
        yield group


def _row(light: Light) -> Row:
    return Row(*light)


def _age(path: Path) -> float:
    with suppress(OSError):
        return time.time() - path.stat().st_mtime
    return 0.0
