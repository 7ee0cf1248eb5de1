"""Files into a batch: staged while it comes in, shown when it is whole, gone where anything failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from review.formats import bundle
from review.log import log
from review.model import Article, Reading, ReadingHeader, Segment
from review.steps.importing.inputs import Input, Plan, plan
from review.store import Connection, Store, batches, blobs

Progress = Callable[[int, int], None]
"""Called with segments done and segments in all. What it raises ends the import, and nothing of it stays."""


def import_batch(
    store: Store,
    project: int,
    actor: int,
    inputs: Sequence[Input],
    options: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
    warnings: list[str] | None = None,
    published: Callable[[Connection, int], None] | None = None,
) -> int:
    """Read files into a new batch and return its id.

    ``options`` are those of ``formats.read``, and ``format``, ``batch`` (its name) and ``plain``. Other people go on
    working meanwhile, and see the batch only when it is complete. ``warnings`` gets one sentence for each thing
    that the user should know. ``published`` is called with the batch in the transaction that shows it. Raises
    InputError and FormatError where a file cannot be used as it is; then, as on any error, no batch is left.
    """
    planned = plan(inputs, options or {})
    readings = planned.read()
    if warnings is not None:
        warnings += [warning for reading in readings for warning in reading.warnings]
    header = readings[0].header if len(readings) == 1 else bundle.header([reading.header for reading in readings])
    batch = _begin(store, project, actor, planned, header)
    try:
        total = int(header.extra.get("count", 0))
        edited: list[tuple[int, Article]] = []
        judged: list[tuple[int, Article]] = []
        stream = _noting(_stream(readings), edited, judged)
        ids = batches.add_articles(store, batch, stream, progress and (lambda done: progress(done, total)))
        if judged:
            from review.steps import reviewing

            reviewing.record_judgements(store, actor, batch, ((ids[place], article) for place, article in judged))
        if edited:
            from review.steps import reviewing

            reviewing.record_corrections(store, actor, batch, ((ids[place], article) for place, article in edited))

        def publish(connection: Connection) -> None:
            batches.publish(connection, batch)
            if published:
                published(connection, batch)

        store.write(publish)
    except BaseException:
        store.write(lambda c: batches.discard(c, batch))
        raise
    log("info", "batch imported", batch=batch, articles=len(ids))
    return batch


def _begin(store: Store, project: int, actor: int, planned: Plan, header: ReadingHeader) -> int:
    """Keep the original and make the batch that needs it; nothing of it is shown."""
    while True:
        original = _keep_original(store, planned)

        def create(connection: Connection, original: str = original) -> int | None:
            there = blobs.there(connection, original)
            return batches.create(connection, project, actor, planned.name, header, original) if there else None

        # An export of just these bytes may have been removed since they were found to be kept.
        if (batch := store.write(create)) is not None:
            return batch


def _keep_original(store: Store, planned: Plan) -> str:
    """The SHA-256 under which the file, or the archive of several, is kept from now on."""
    sources = [source for source, _, _ in planned.files]
    with sources[0].open() if len(sources) == 1 else bundle.pack(sources) as file:
        return blobs.keep_file(store, file)


def _stream(readings: Sequence[Reading]) -> Iterator[Article]:
    if len(readings) == 1:
        return readings[0].articles
    return chain.from_iterable(bundle.marked(reading.articles, number) for number, reading in enumerate(readings, 1))


_UNTOUCHED = Segment("")


def _noting(
    stream: Iterable[Article], edited: list[tuple[int, Article]], judged: list[tuple[int, Article]]
) -> Iterator[Article]:
    """Pass articles on; keep of those that bring post-edits or raters' words along just these, each with its place."""
    for place, article in enumerate(stream):
        if article.spans or article.ratings:
            judged.append((place, replace(article, segments=())))
        if any(segment.correction is not None for segment in article.segments):
            bare = tuple(
                _UNTOUCHED if s.correction is None else Segment("", correction=s.correction) for s in article.segments
            )
            edited.append((place, replace(article, segments=bare, spans=(), ratings=())))
        yield article


def import_samples(store: Store, project: int, actor: int, folder: Path) -> int | None:
    """Import the sample articles of a folder as one batch; None where there are none."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        return None
    return import_batch(store, project, actor, [Input.of(path) for path in files], {"batch": "Sample articles"})
