"""XLIFF 1.2 from scratch: what it says is read again, and a schema would have no quarrel with it."""

from __future__ import annotations

from dataclasses import replace

from review.model import Article, Code, Comment, Correction, ReadingHeader, Segment
from tests.formats.helpers import AT, HOSTILE, corrected, deleted, read, written

HEADER = ReadingHeader("xliff", "Harbour")


def built(*segments: Segment, **more: str) -> tuple[bytes, list[str]]:
    languages = {"source_language": "zh", "target_language": "en", **more}
    return written(HEADER, [Article("harbour", tuple(segments), **languages)], None, "xliff")  # type: ignore[arg-type]


def again(*segments: Segment) -> list[Segment]:
    _, (article,) = read(built(*segments)[0], "xliff")
    return list(article.segments)


def test_an_article_is_a_file_with_its_languages() -> None:
    articles = [Article(name, (Segment(name, source="源"),), "", "zh", "en-GB") for name in ("one", "two")]
    data, warnings = written(HEADER, articles, None, "xliff")
    _, found = read(data, "xliff")
    assert [(item.name, item.source_language, item.target_language) for item in found] == [
        ("one", "zh", "en-GB"),
        ("two", "zh", "en-GB"),
    ]
    assert warnings == []


def test_source_alternatives_references_and_notes_are_read_again() -> None:
    made = Segment("One", source="一", alternatives=("A", "B"), references=("R",), notes=("Short.",))
    (found,) = again(made)
    assert (found.source, found.hypothesis) == ("一", "One")
    assert (found.alternatives, found.references, found.notes) == (("A", "B"), ("R",), ("Short.",))


def test_the_machines_text_stands_beside_the_corrected_one() -> None:
    (found,) = again(corrected(Segment("One", source="一"), "First"))
    assert found.hypothesis == "First"
    assert found.alternatives == ("One",)


def test_statuses_are_read_again() -> None:
    made = [
        replace(Segment("x"), correction=Correction("x", status))
        for status in ("new", "draft", "confirmed", "approved", "rejected")
    ]
    data = built(*made)[0]
    assert [item.correction.status if item.correction else "" for item in again(*made)] == [
        "",
        "",
        "confirmed",
        "approved",
        "",
    ]
    for state in ("needs-review-translation", "translated", "signed-off", "needs-translation"):
        assert data.count(f'state="{state}"'.encode()) == 1
    assert data.count(b'approved="yes"') == 1


def test_comments_are_notes_with_their_authors() -> None:
    comment = Comment("c", "Is it <so>?", "Li Wei", AT)
    (found,) = again(replace(Segment("x"), correction=Correction("x", comments=(comment,))))
    assert found.notes == ("Li Wei: Is it <so>?",)


def test_codes_are_elements() -> None:
    codes = tuple(Code(token, shown) for token, shown in (("<1>", "<b>"), ("</1>", "</b>"), ("<2/>", "image")))
    made = Segment("a <1>b</1><2/> <3>", source="<1>甲</1><2/>", codes=codes)
    data, _ = built(made)
    assert b'a <g id="1" equiv-text="&lt;b>">b</g><x id="2" equiv-text="image"/> &lt;3&gt;</target>' in data
    (found,) = again(made)
    assert found.hypothesis == "a <4>b</4><5/> <3>"


def test_codes_that_cross_or_stand_alone_do_not_break_the_file() -> None:
    codes = tuple(Code(token) for token in ("<1>", "</1>", "<2>", "</2>", "<3>", "</4>"))
    data, _ = built(Segment("<1>a<2>b</1>c</2><3>d</4>", source="", codes=codes))
    assert b'<bx id="1" rid="1"/>a<bx id="2" rid="2"/>b<ex id="1" rid="1"/>c<ex id="2" rid="2"/>' in data
    assert b'<it id="3" pos="open"></it>d<it id="4" pos="close"></it>' in data
    read(data, "xliff")


def test_hostile_text_is_read_again() -> None:
    assert [item.hypothesis for item in again(*(Segment(text) for text in HOSTILE))] == list(HOSTILE)
    assert [item.hypothesis for item in again(Segment(" a\n\tb\r "))] == [" a\n\tb\r "]


def test_what_cannot_be_told_is_warned_of() -> None:
    data, warnings = built(deleted(Segment("gone", name="7")), Segment("bad \x01"), source_language="")
    assert b'source-language="und"' in data
    assert warnings == [
        "XML cannot hold U+0001; signs stand in their place.",
        "No source language is known, so “und” is written: harbour.",
        "Deleted, so the target is empty: unit 7.",
    ]


def test_an_empty_batch_is_a_file_all_the_same() -> None:
    data, _ = written(HEADER, [], None, "xliff")
    assert b'<file original="Harbour"' in data
