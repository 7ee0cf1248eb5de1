"""The index of a batch: made once, kept current, made anew where it cannot be trusted; and what rests on it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from review.errors import InputError
from review.model import Article, Choice, Rule, Scope, Segment
from review.settings import settings
from review.steps import finding, jobs, propagating
from review.steps.finding import index as indexes
from review.steps.finding import jobs as finding_jobs
from review.store import Store, batches
from tests.steps.desk import Desk, article

KAOS = Rule("Kaos", "COSMOPlat")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of the test's own."""
    monkeypatch.setenv("REVIEW_CACHE", str(tmp_path / "cache"))
    settings.cache_clear()
    yield tmp_path / "cache"
    settings.cache_clear()


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, [article(name="one"), article(name="two")])


def scope(desk: Desk) -> Scope:
    return Scope(desk.project, desk.batch)


def forget(desk: Desk) -> None:
    """As in another process: what this one has open is open no more."""
    indexes._open.pop(desk.store, None)


def corpora(cache: Path) -> list[str]:
    return sorted(
        path.name for path in cache.rglob("*") if path.is_dir() and path.name[0].isdigit() and "-" in path.name
    )


def test_a_page_has_exact_totals_and_the_next_page_goes_on(desk: Desk) -> None:
    first = finding.find(desk.store, scope(desk), KAOS, limit=3)
    assert (first.segments, first.hits, first.articles) == (4, 6, 2)
    assert [(hit.article_name, hit.number, hit.after) for hit in first.rows] == [
        ("one", 1, "COSMOPlat helps small firms."),
        ("one", 2, "COSMOPlat and COSMOPlat again."),
        ("two", 1, "COSMOPlat helps small firms."),
    ]
    last = finding.find(desk.store, scope(desk), KAOS, after=first.next, limit=3)
    assert [hit.number for hit in last.rows] == [2]
    assert last.next is None


def test_an_article_and_a_project_are_scopes_too(desk: Desk, store: Store) -> None:
    other = Desk(store, [article(name="three")])
    assert finding.find(store, Scope(desk.project, desk.batch, desk.articles[1]), KAOS).articles == 1
    assert finding.find(store, Scope(desk.project), KAOS).articles == 3
    assert finding.find(store, Scope(desk.project, 999), KAOS).segments == 0
    assert other.batch != desk.batch


def test_confirmed_and_locked_text_is_counted_and_left_alone(desk: Desk) -> None:
    ids = desk.ids()
    finding.find(desk.store, scope(desk), KAOS)
    desk.do("status", ids[:1], {"status": "confirmed"})
    desk.do("status", ids[1:2], {"locked": True})
    found = finding.find(desk.store, scope(desk), KAOS)
    assert (found.segments, found.protected, found.skipped) == (4, 1, 1)
    assert [(hit.protected, hit.skipped) for hit in found.rows][:2] == [(True, ""), (False, "it is locked")]
    made = list(finding.targets(desk.store, scope(desk), KAOS, Choice()))
    assert [(one.segment, one.skipped) for one in made][:1] == [(ids[1], "it is locked")]
    both = list(finding.targets(desk.store, scope(desk), KAOS, Choice(including=frozenset(ids[:1]))))
    assert both[0].segment == ids[0]
    assert both[0].text == "COSMOPlat helps small firms."


def test_texts_of_their_own_stand_as_they_are(desk: Desk) -> None:
    ids = desk.ids()
    own = {ids[0]: "Mine.", ids[3]: "No hit, but mine.", ids[2]: " "}
    made = list(finding.targets(desk.store, scope(desk), KAOS, Choice(every=False, own=own)))
    assert [(one.segment, one.text, one.skipped) for one in made] == [
        (ids[0], "Mine.", ""),
        (ids[2], " ", "nothing would be left of it"),
        (ids[3], "No hit, but mine.", ""),
    ]


def test_an_act_and_its_undo_are_seen_at_once(desk: Desk) -> None:
    finding.find(desk.store, scope(desk), KAOS)
    propagating.propagate(
        desk.store, desk.actor, desk.batch, scope(desk), KAOS, key="5a0c8a5e-6f0b-4d6e-9d0f-0a4f3a3f0001"
    )
    assert finding.find(desk.store, scope(desk), KAOS).segments == 0
    propagating.turn(
        desk.store, desk.actor, "5a0c8a5e-6f0b-4d6e-9d0f-0a4f3a3f0001", key="5a0c8a5e-6f0b-4d6e-9d0f-0a4f3a3f0002"
    )
    assert finding.find(desk.store, scope(desk), KAOS).segments == 4


def test_many_changes_are_folded_into_one_new_corpus(desk: Desk, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finding.find(desk.store, scope(desk), KAOS)
    before = corpora(cache)
    monkeypatch.setattr(indexes, "LAID_OVER", 0)
    desk.do("edit", desk.ids()[3:4], {"texts": ["Kaos now."]})
    assert finding.find(desk.store, scope(desk), KAOS).segments == 5
    after = corpora(cache)
    assert len(before) == len(after) == 1
    assert before != after
    forget(desk)
    assert finding.find(desk.store, scope(desk), KAOS).segments == 5
    assert corpora(cache) == after


def test_another_process_reads_the_corpus_and_what_came_since(desk: Desk, cache: Path) -> None:
    finding.find(desk.store, scope(desk), KAOS)
    before = corpora(cache)
    desk.do("edit", desk.ids()[3:4], {"texts": ["Kaos now."]})
    forget(desk)
    assert finding.find(desk.store, scope(desk), KAOS).segments == 5
    assert corpora(cache) == before


@pytest.mark.parametrize("harm", ["cut", "gone", "pointer", "events"])
def test_what_cannot_be_trusted_is_made_anew(desk: Desk, cache: Path, harm: str) -> None:
    desk.do("edit", desk.ids()[3:4], {"texts": ["Kaos now."]})
    finding.find(desk.store, scope(desk), KAOS)
    [before] = corpora(cache)
    [folder] = cache.rglob(before)
    if harm == "cut":
        (folder / "target").write_bytes(b"")
    elif harm == "gone":
        shutil.rmtree(folder)
    elif harm == "pointer":
        folder.with_name(f"{desk.batch}.json").write_text("{")
    else:
        meta = folder / "corpus.json"
        meta.write_text(meta.read_text().replace('"hash": "', '"hash": "0'))
    forget(desk)
    assert finding.find(desk.store, scope(desk), KAOS).segments == 5
    assert corpora(cache) != [before]


def test_threads_that_look_at_once_make_one_index(desk: Desk, cache: Path) -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(finding.find(desk.store, scope(desk), KAOS).segments))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [4, 4, 4, 4]
    assert len(corpora(cache)) == 1


def test_a_cache_that_cannot_be_written_is_said(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("REVIEW_CACHE", str(tmp_path / "file"))
    settings.cache_clear()
    forget(desk)
    with pytest.raises(Exception, match="set REVIEW_CACHE to a folder"):
        finding.find(desk.store, scope(desk), KAOS)


def test_a_bad_rule_is_refused_before_anything_is_read(desk: Desk, cache: Path) -> None:
    for call in (
        lambda: finding.find(desk.store, scope(desk), Rule("(", "x", "pattern")),
        lambda: list(finding.targets(desk.store, scope(desk), Rule(" ", "x"), Choice())),
        lambda: finding.similar(desk.store, scope(desk), Rule("a", r"\1", "pattern"), "a"),
    ):
        with pytest.raises(InputError):
            call()
    assert not cache.exists()


def test_a_large_batch_is_indexed_by_a_job_and_again_when_it_is_missing(
    desk: Desk, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding_jobs, "LARGE", 8)
    desk.store.write(lambda c: finding_jobs.published(c, desk.project, desk.actor, desk.batch))
    assert jobs.work_one(desk.store, "w", threading.Event(), {"index": jobs.handlers()["index"]}) is not None
    assert len(corpora(cache)) == 1
    finding_jobs.catch_up(desk.store)
    assert jobs.work_one(desk.store, "w", threading.Event(), {"index": jobs.handlers()["index"]}) is None
    shutil.rmtree(cache)
    forget(desk)
    finding_jobs.catch_up(desk.store)
    assert jobs.work_one(desk.store, "w", threading.Event(), {"index": jobs.handlers()["index"]}) is not None
    assert len(corpora(cache)) == 1


def test_what_is_kept_of_a_removed_batch_is_taken_away(desk: Desk, store: Store, cache: Path) -> None:
    other = Desk(store, [article(name="three")])
    finding.find(store, Scope(desk.project), KAOS)
    assert len(corpora(cache)) == 2
    store.write(lambda connection: batches.discard(connection, other.batch))
    finding_jobs.catch_up(store)
    assert [name.split("-")[0] for name in corpora(cache)] == [str(desk.batch)]
    assert [path.stem for path in cache.rglob("*.json") if path.stem.isdigit()] == [str(desk.batch)]


def test_a_corpus_that_another_process_replaced_meanwhile_serves_as_well(
    desk: Desk, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding.find(desk.store, scope(desk), KAOS)
    [name] = corpora(cache)
    forget(desk)
    index = indexes.of(desk.store, desk.batch)
    opened = indexes.Corpus.open
    # Its own folder is gone when it looks, and the one that is named is there.
    monkeypatch.setattr(index, "_named", lambda: name)
    monkeypatch.setattr(indexes.Corpus, "open", lambda path: opened(path) if path.name == name else None)
    index._put(lambda folder: None)
    assert index.corpus is not None
    assert index.corpus.folder.name == name


def test_building_tells_how_far_it_is_and_can_be_ended(desk: Desk, cache: Path) -> None:
    told: list[tuple[int, int]] = []
    finding.find(desk.store, scope(desk), KAOS, progress=lambda done, total: told.append((done, total)))
    assert told == [(8, 8)]
    shutil.rmtree(cache)
    forget(desk)

    def stop(done: int, total: int) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        finding.find(desk.store, scope(desk), KAOS, progress=stop)
    assert corpora(cache) == []


LIKE = (
    "The port held a dual-cycle meeting on Monday morning.",
    "The port held a double cycles meeting on Monday morning.",
    "The port held a double circle meeting on Tuesday morning.",
    "Something else was said about the weather in the north.",
)


def test_similar_segments_come_with_the_correction_carried_over(store: Store) -> None:
    desk = Desk(store, [Article("one", tuple(Segment(text) for text in LIKE), "mt", "zh", "en")])
    rule = Rule("double cycle", "dual circulation")
    before = "The port held a double cycle meeting on Monday morning."
    found = finding.similar(store, scope(desk), rule, before)
    assert [hit.number for hit in found] == [1, 3]
    assert found[1].after == "The port held a dual circulation meeting on Tuesday morning."
    assert all(0.75 <= (hit.likeness or 0) <= 1 for hit in found)
    assert finding.similar(store, scope(desk), rule, "Nothing like it at all, and long enough.") == []


def test_the_corrected_segment_and_deleted_ones_are_not_similar(store: Store) -> None:
    desk = Desk(store, [Article("one", tuple(Segment(text) for text in LIKE), "mt", "zh", "en")])
    rule = Rule("double cycle", "dual circulation")
    before = "The port held a double cycle meeting on Monday morning."
    after = "The port held a dual circulation meeting on Monday morning."
    desk.do("edit", desk.ids()[:1], {"texts": [after]})
    desk.do("delete", desk.ids()[2:3], {})
    assert finding.similar(store, scope(desk), rule, before) == []
