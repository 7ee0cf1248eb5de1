"""Exporting: the file as it came with what was corrected, or any other format."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from review.errors import InputError, MissingError
from review.steps import exporting, importing
from review.steps.importing import Input
from review.store import Store, articles, batches, people
from tests.steps.desk import Desk

NEWS = b"\xef\xbb\xbfA Headline\r\n\r\n[ad_1]\r\n\r\nKaos works. Then it does not.\r\n\r\nThe end came."


def desk_of(store: Store, *files: tuple[str, bytes], **options: Any) -> Desk:
    """Import files, and sit down at the first article."""
    project, actor = store.write(people.ensure_local)
    inputs = [Input.of(data, name) for name, data in files]
    desk = object.__new__(Desk)
    Desk.__init__(desk, store)
    desk.batch = importing.import_batch(store, project, actor, inputs, options)
    with store.read() as connection:
        desk.articles = articles.ids(connection, desk.batch)
    desk.article = desk.articles[0]
    return desk


def out(store: Store, batch: int, format: str = "original", **more: Any) -> bytes:
    return exporting.download(store, batch, format, **more).data


def act(desk: Desk, kind: str, places: list[int], payload: dict[str, Any]) -> None:
    """Post one event about segments by their places in the article."""
    found = desk.segments()
    targets = [{"segment": found[place]["id"], "base_version": found[place]["version"]} for place in places]
    event = {"id": f"00000000-0000-4000-8000-{desk.random.getrandbits(40):012x}", "kind": kind}
    answer = desk.post({**event, "targets": targets, "payload": payload})
    assert answer["stored"], answer


def test_an_untouched_batch_comes_out_byte_for_byte(store: Store) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    made = exporting.download(store, desk.batch, "original")
    assert made == (NEWS, "news.txt", "text/plain")


def test_a_reviewed_article_comes_out_with_its_changes_and_nothing_else_changed(store: Store) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    act(desk, "edit", [2], {"texts": ["COSMOPlat works."]})
    act(desk, "delete", [1], {})
    act(desk, "insert", [3], {"new": 2**41, "text": "New.", "before": False, "new_paragraph": False})
    expected = NEWS.replace(b"[ad_1]\r\n\r\n", b"").replace(b"Kaos works", b"COSMOPlat works")
    assert out(store, desk.batch) == expected.replace(b"not.", b"not. New.")


def test_merged_and_split_sentences_come_out_where_they_stood(store: Store) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    act(desk, "merge", [2, 3], {"new": 2**41})
    assert out(store, desk.batch) == NEWS
    act(desk, "split", [2], {"new": [2**41 + 1, 2**41 + 2], "at": 4, "source_at": None})
    assert out(store, desk.batch) == NEWS
    act(desk, "edit", [3], {"texts": ["worked once. Then it did not."]})
    assert out(store, desk.batch) == NEWS.replace(b"works. Then it does not.", b"worked once. Then it did not.")


def test_an_undone_change_leaves_no_trace(store: Store) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    act(desk, "edit", [2], {"texts": ["COSMOPlat works."]})
    act(desk, "edit", [2], {"texts": ["Kaos works."], "origin": "original"})
    assert out(store, desk.batch) == NEWS


def test_several_originals_come_out_as_an_archive(store: Store) -> None:
    files = (("a/out.en", b"one\ntwo\n"), ("b/out.en", b"un\r\ndeux"))
    desk = desk_of(store, *files, format="lines", batch="set")
    act(desk, "edit", [1], {"texts": ["zwei"]})
    made = exporting.download(store, desk.batch, "original")
    assert (made.filename, made.mime) == ("set.zip", "application/zip")
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {"1-out.en": b"one\nzwei\n", "2-out.en": b"un\r\ndeux"}
    assert out(store, desk.batch, system="b/out") == b"un\r\ndeux"
    assert exporting.names(store, desk.batch, "original", system="b/out") == ["out.en"]


def test_a_part_of_a_file_is_written_from_scratch(store: Store) -> None:
    desk = desk_of(store, ("t.csv", b"doc,mt\na,one\nb,two\n"))
    data = out(store, desk.batch, article=desk.article).decode("utf-8-sig")
    assert data.splitlines()[1] == "a,1,,,one,one,new"
    assert out(store, desk.batch) == b"doc,mt\na,one\nb,two\n"


@pytest.mark.parametrize(
    ("format", "suffix", "mime"),
    [
        ("text", " clean.txt", "text/plain"),
        ("html", " side by side.html", "text/html"),
        ("docx", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("report", " changes.csv", "text/csv"),
        ("report-html", " changes.html", "text/html"),
        ("csv", ".csv", "text/csv"),
        ("tsv", ".tsv", "text/tab-separated-values"),
        ("jsonl", ".jsonl", "application/x-ndjson"),
        ("lines", " lines.txt", "text/plain"),
    ],
)
def test_every_format_can_be_made_of_any_batch(store: Store, format: str, suffix: str, mime: str) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    act(desk, "edit", [2], {"texts": ["COSMOPlat works."]})
    made = exporting.download(store, desk.batch, format)
    assert (made.filename, made.mime) == (f"news{suffix}", mime)
    data = made.data
    if format == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = archive.read("word/document.xml")
    assert b"COSMOPlat" in data


def test_the_report_says_who_and_on_which_advice(store: Store) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    act(desk, "edit", [2], {"texts": ["COSMOPlat works."]})
    with store.read() as connection:
        name = people.actor(connection, desk.actor).name
    row = out(store, desk.batch, "report").decode("utf-8-sig").splitlines()[1]
    assert row.startswith(f"news,3,,edit,,Kaos works.,Kaos works.,COSMOPlat works.,COSMOPlat works.,{name},20")


def test_choices_begin_with_the_original(store: Store) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    found = exporting.choices(store, desk.batch)
    assert found[0][:4] == ("original", "As it came, corrected (Article, plain text)", ".txt", "As it came")
    assert {"text", "docx", "html", "report", "csv", "jsonl"} <= {choice.name for choice in found}
    assert "article" not in {choice.name for choice in found}


def test_what_is_not_there_is_said(store: Store) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    with pytest.raises(MissingError, match="no format 'odt'"):
        out(store, desk.batch, "odt")
    with pytest.raises(MissingError, match="no such article or system"):
        out(store, desk.batch, system="nobody")
    with pytest.raises(MissingError, match="no batch 99"):
        out(store, 99)
    with pytest.raises(InputError, match="The original of batch was not kept"):
        out(store, 1)


def test_warnings_reach_the_caller(store: Store) -> None:
    desk = desk_of(store, ("a.txt", b"one\ntwo\n"), format="lines")
    act(desk, "delete", [0], {})
    warnings: list[str] = []
    assert exporting.download(store, desk.batch, "original", warnings=warnings).data == b"\ntwo\n"
    assert len(warnings) == 1


def test_json_lines_go_out_and_come_in_again_with_the_review(store: Store) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    act(desk, "edit", [2], {"texts": ["COSMOPlat works."]})
    act(desk, "delete", [1], {})
    data = out(store, desk.batch, "jsonl")
    assert [json.loads(line).get("post_edit") for line in data.splitlines()] == [
        None,
        "",
        "COSMOPlat works.",
        None,
        None,
    ]
    again = desk_of(store, ("again.jsonl", data))
    with store.read() as connection:
        assert batches.get(connection, again.batch).changed == 2


@pytest.mark.parametrize("format", ["csv", "tsv", "jsonl"])
def test_statuses_and_deletions_go_out_and_come_in_again(store: Store, format: str) -> None:
    desk = desk_of(store, ("news.txt", NEWS))
    act(desk, "delete", [1], {})
    act(desk, "edit", [2], {"texts": ["- COSMOPlat works."]})
    act(desk, "status", [2, 3], {"status": "approved"})
    again = desk_of(store, (f"again.{format}", out(store, desk.batch, format)))
    found = [(segment["text"], segment["status"], segment["deleted"]) for segment in again.segments()]
    assert found[1][2], "deleted"
    assert found[:1] + found[2:] == [
        ("A Headline", "new", False),
        ("- COSMOPlat works.", "approved", False),
        ("Then it does not.", "approved", False),
        ("The end came.", "new", False),
    ]
