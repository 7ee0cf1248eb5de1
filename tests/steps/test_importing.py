"""Importing: looked at first, all or nothing, sides attached with all work kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from review.errors import FormatError, InputError, RefusedError
from review.model import Job
from review.steps import importing, jobs, reviewing
from review.steps.importing import Input
from review.steps.importing.inputs import tell_apart
from review.steps.importing.jobs import payload
from review.store import Store, articles, batches, people
from review.store import jobs as queue
from review.store.process import owner

NEWS = "A Headline\n\nOne thing happened. Then another did.\n\nThe end came.\n"


def who(store: Store) -> tuple[int, int]:
    return store.write(people.ensure_local)


def take(store: Store, *inputs: Input, **options: Any) -> int:
    return importing.import_batch(store, *who(store), inputs, options)


def given(text: str | bytes, name: str = "news.txt", system: str = "") -> Input:
    return Input.of(text.encode() if isinstance(text, str) else text, name, system)


def rows(store: Store, batch: int) -> list[tuple[str, str, int]]:
    with store.read() as connection:
        found = articles.rows(connection, who(store)[0], batch)
        return [(row.name, row.system, row.segments) for row in found]


def shown(store: Store) -> int:
    with store.read() as connection:
        return len(batches.rows(connection, who(store)[0]))


def first(store: Store, batch: int) -> Any:
    with store.read() as connection:
        return articles.load(connection, articles.ids(connection, batch)[0])


def test_an_article_becomes_a_batch_that_keeps_its_original(store: Store) -> None:
    batch = take(store, given(NEWS))
    with store.read() as connection:
        assert batches.original(connection, batch) == NEWS.encode()
        assert batches.get(connection, batch).name == "news"
    assert [(s.paragraph, s.text) for s in first(store, batch).segments] == [
        (0, "A Headline"),
        (1, "One thing happened."),
        (1, "Then another did."),
        (2, "The end came."),
    ]


def test_a_pasted_article_is_called_by_how_it_begins(store: Store) -> None:
    batch = take(store, given(NEWS, "pasted text"))
    assert rows(store, batch) == [("A Headline", "", 4)]
    with store.read() as connection:
        assert batches.get(connection, batch).name == "A Headline"
    assert rows(store, take(store, given("a\nb\n", "pasted text"), format="lines")) == [("pasted text", "", 2)]


def test_lines_of_several_systems_are_one_batch(store: Store) -> None:
    batch = take(
        store,
        given("a\nb\n", "out/one.en"),
        given("c\nd\n", "out/two.en"),
        format="lines",
        source="甲\n乙\n".encode(),
        references=[b"x\ny\n"],
        batch="both",
    )
    assert rows(store, batch) == [("both", "one", 2), ("both", "two", 2)]
    assert first(store, batch).segments[1].source == "乙"
    assert first(store, batch).source_language == "zh"


def test_several_articles_are_articles_and_with_one_source_they_are_systems(store: Store) -> None:
    assert rows(store, take(store, given(NEWS, "mon.txt"), given(NEWS, "tue.txt"))) == [("mon", "", 4), ("tue", "", 4)]
    batch = take(
        store, given(NEWS, "one.txt"), given(NEWS, "two.txt"), source="标题\n\n发生了。又发生了。\n\n完了。".encode()
    )
    assert [row[:2] for row in rows(store, batch)] == [("source", "one"), ("source", "two")]


def test_systems_can_be_named(store: Store) -> None:
    batch = take(store, given(NEWS, "a.txt", "Alpha"), given(NEWS, "b.txt", "Beta"))
    assert [row[1] for row in rows(store, batch)] == ["Alpha", "Beta"]


def test_systems_are_told_apart_by_the_shortest_end_of_their_paths() -> None:
    assert tell_apart(["a/out.en", "b/out.en", "b/ref.en"]) == ["a/out", "b/out", "ref"]
    assert tell_apart(["x/y/a.txt"]) == ["a"]
    assert tell_apart(["a.txt", "a.txt"]) == ["a", "a (2)"]
    assert tell_apart(["-", "b.v1.txt"]) == ["-", "b.v1"]


def test_post_edits_that_a_file_brings_are_edits_in_the_log(store: Store) -> None:
    lines = [{"hypothesis": "Kaos works.", "post_edit": "COSMOPlat works."}, {"hypothesis": "Fine."}]
    batch = take(store, given("\n".join(map(json.dumps, lines)), "a.jsonl"))
    one, two = first(store, batch).segments
    assert (one.hypothesis, one.text) == ("Kaos works.", "COSMOPlat works.")
    assert [change.kind for change in one.correction.changes] == ["edit"]
    assert two.correction is None


@pytest.mark.parametrize(
    ("data", "options", "part"),
    [
        (b"fine\n" * 2000 + b"bad \xff\n", {"format": "lines"}, "line 2001"),
        (b'{"hypothesis": "a"}\n{"x": 1}\n', {}, "line 2"),
        (b"mt,x\na,1\nb\n", {}, "line 3"),
        (b"a\nb\n", {"format": "lines", "source": b"1\n"}, "it has 2 lines, but source has 1"),
        (b"", {}, "is empty"),
    ],
    ids=["encoding", "json", "csv", "counts", "empty"],
)
def test_a_bad_file_leaves_nothing_behind(store: Store, data: bytes, options: dict[str, Any], part: str) -> None:
    with pytest.raises(FormatError, match=part):
        take(store, given(data, "a"), **options)
    assert shown(store) == 0


def test_a_bad_second_file_takes_the_first_back(store: Store) -> None:
    with pytest.raises(FormatError, match=r"two\.en"):
        take(store, given("a\nb\n", "one.en"), given(b"a\n\xff\n", "two.en"), format="lines")
    assert shown(store) == 0


def test_an_import_that_is_stopped_leaves_nothing_behind(store: Store) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done >= 800:
            assert total == 5000
            raise Stopped

    with pytest.raises(Stopped):
        importing.import_batch(store, *who(store), [given("line\n" * 5000)], {"format": "lines"}, stop)
    assert shown(store) == 0


def test_warnings_reach_the_caller(store: Store) -> None:
    warnings: list[str] = []
    documents = b"line\tdoc\n1\tA\n"
    options = {"format": "lines", "documents": documents}
    importing.import_batch(store, *who(store), [given("a\nb\n")], options, None, warnings)
    assert warnings == ["1 of 2 lines are in no document of documents and were left out."]


def test_separate_files_beside_a_table_are_refused(store: Store) -> None:
    with pytest.raises(InputError, match="holds its source and references in columns"):
        take(store, given("mt\na\n", "a.csv"), source=b"x\n")
    with pytest.raises(InputError, match="nothing to import"):
        take(store)


def test_a_preview_shows_what_an_import_would_do_and_stores_nothing(store: Store) -> None:
    data = "doc,原文,mt\n" + "".join(f"d{n},甲,text {n}\n" for n in range(30))
    found = importing.preview(data.encode(), "a.csv")
    assert (found.name, found.format, found.encoding) == ("a", "csv", "utf-8")
    assert (found.articles, found.segments, len(found.shown)) == (30, 30, 20)
    assert found.columns == ("doc", "原文", "mt")
    assert found.mapping == {"article": ["doc"], "source": ["原文"], "hypothesis": ["mt"]}
    assert found.shown[0].segment.source == "甲"
    assert found.source_language == "zh"
    assert shown(store) == 0


def test_a_preview_of_a_bad_file_is_refused_as_its_import(store: Store) -> None:
    with pytest.raises(FormatError, match="line 3: the row has 1 cells"):
        importing.preview(b"mt,x\na,1\nb\n", "a.csv")


def test_a_source_is_attached_with_all_work_kept(store: Store) -> None:
    batch = take(store, given(NEWS))
    _, actor = who(store)
    article = first(store, batch)
    number = int(article.id)
    event = {
        "id": "00000000-0000-4000-8000-000000000001",
        "kind": "edit",
        "targets": [{"segment": int(article.segments[1].id), "base_version": 0}],
        "payload": {"texts": ["Something happened."], "origin": "typed"},
    }
    assert reviewing.record(store, actor, batch, [event])["stored"]
    fitted = importing.attach_source(store, actor, number, "标题\n\n发生了一件事。然后又一件。\n\n结束了。\n".encode())
    assert (fitted.segments, fitted.without) == (4, 0)
    assert fitted.message == "4 of 4 segments have their part."
    article = first(store, batch)
    assert [s.source for s in article.segments] == ["标题", "发生了一件事。", "然后又一件。", "结束了。"]
    assert article.segments[1].text == "Something happened."
    importing.attach_reference(store, actor, number, b"Headline\n\nFirst. Second.\n\nEnd.\n")
    assert [s.references for s in first(store, batch).segments] == [
        ("Headline",),
        ("First.",),
        ("Second.",),
        ("End.",),
    ]


def test_a_source_for_lines_goes_line_by_line(store: Store) -> None:
    batch = take(store, given("a\nb\n"), format="lines")
    _, actor = who(store)
    number = int(first(store, batch).id)
    importing.attach_source(store, actor, number, "甲。甲。\n乙\n".encode())
    assert [s.source for s in first(store, batch).segments] == ["甲。甲。", "乙"]
    with pytest.raises(FormatError, match="it has 1 lines, and the article 2 segments"):
        importing.attach_source(store, actor, number, b"x\n", "s.txt", {"format": "lines"})


def test_an_import_runs_as_a_job(store: Store) -> None:
    project, _ = who(store)
    made = payload(store, [given("a\nb\n", "one.en")], {"format": "lines", "source": "甲\n乙\n".encode(), "batch": "B"})
    assert json.loads(json.dumps(made)) == made
    said: list[tuple[int, int]] = []
    job = running(store, made)
    result = importing.JOBS["import"](store, job, lambda done, total: said.append((done, total)))
    assert rows(store, result["batch"]) == [("one", "one", 2)]
    assert said == [(2, 2)]
    with store.read() as connection:
        assert [row.kind for row in queue.rows(connection, project)] == ["flag", "import"]
    assert "import" in jobs.handlers()


def running(store: Store, made: Mapping[str, Any]) -> Job:
    """An import job as a worker claimed it."""
    project, actor = who(store)
    store.write(lambda c: queue.enqueue(c, "import", project, actor, made))
    job = store.write(lambda c: queue.claim(c, owner(), ["import"]))
    assert job is not None
    return job


def test_an_import_job_begun_again_after_its_batch_was_shown_imports_nothing(store: Store) -> None:
    """The worker was lost between showing the batch and ending the job."""
    project, _ = who(store)
    job = running(store, payload(store, [given("a\nb\n", "one.en")], {"format": "lines"}))
    result = importing.JOBS["import"](store, job, lambda done, total: None)
    with store.read() as connection:
        again = queue.get(connection, job.id)
    assert again.state == "running"
    assert importing.JOBS["import"](store, again, lambda done, total: None) == result
    assert shown(store) == 1
    with store.read() as connection:
        assert [row.kind for row in queue.rows(connection, project)] == ["flag", "import"]


def test_two_workers_at_one_import_job_leave_one_batch(store: Store) -> None:
    """A worker that was believed lost, and was only slow, finds the outcome there already."""
    job = running(store, payload(store, [given("a\nb\n", "one.en")], {"format": "lines"}))
    importing.JOBS["import"](store, job, lambda done, total: None)
    with pytest.raises(RefusedError, match="another worker"):
        importing.JOBS["import"](store, job, lambda done, total: None)
    assert shown(store) == 1


def test_the_samples_are_one_batch(store: Store) -> None:
    folder = Path(__file__).parents[2] / "corpora" / "articles"
    batch = importing.import_samples(store, *who(store), folder)
    assert batch is not None
    assert {name for name, _, _ in rows(store, batch)} >= {"weifang-tractors", "zaozhuang-lithium"}


def test_a_folder_without_samples_imports_nothing(store: Store, tmp_path: Path) -> None:
    assert importing.import_samples(store, *who(store), tmp_path) is None
