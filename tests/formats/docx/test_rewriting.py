"""Word documents written over: only the changed words are tracked, on their own runs; rejecting gives the original."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from review import formats
from review.errors import FormatError
from review.model import Article, Comment, Segment
from review.text.codes import bare
from tests.formats.docx.documents import (
    W,
    ask,
    document,
    paragraphs,
    part,
    parts,
    saved,
    with_body,
    with_part,
)
from tests.formats.helpers import AT, at, corrected, deleted, edit, inserted, read, written

PORT = document(
    [("The headline", "b")],
    ["Kaos works in ", ("Qingdao", "b"), ". It has ", ("seven", "i"), " plants. It grows."],
    ["One more. And another."],
    ["The end."],
)


def changed(data: bytes, format: str | None = None, **places: object) -> tuple[bytes, list[str]]:
    """The document with segments by place: a text, or None for deleted."""
    header, (article,) = read(data)
    segments = list(article.segments)
    for key, text in places.items():
        place = int(key[1:])
        old = segments[place]
        segments[place] = deleted(old) if text is None else corrected(old, str(text))
    return written(header, [replace(article, segments=tuple(segments))], data, format)


def body(data: bytes) -> etree._Element:
    return etree.fromstring(part(data))


def test_only_the_changed_words_are_tracked_with_the_look_of_what_they_replace() -> None:
    data, warnings = changed(PORT, s1="COSMOPlat works in <1>Weifang</1>.")
    assert not warnings
    root = body(data)
    gone = [("".join(item.itertext()), item.find(f".//{W}b") is not None) for item in root.iter(W + "del")]
    new = [("".join(item.itertext()), item.find(f".//{W}b") is not None) for item in root.iter(W + "ins")]
    assert gone == [("Kaos", False), ("Qingdao", True)]
    assert new == [("COSMOPlat", False), ("Weifang", True)]
    assert {item.get(W + "author") for item in root.iter(W + "ins", W + "del")} == {"Li Wei"}
    assert {item.get(W + "date") for item in root.iter(W + "ins", W + "del")} == {"2026-09-21T14:13:20Z"}
    assert len({item.get(W + "id") for item in root.iter(W + "ins", W + "del")}) == 4


def test_every_other_paragraph_and_part_stays_byte_for_byte() -> None:
    data, _ = changed(PORT, s1="COSMOPlat works in <1>Qingdao</1>.")
    before, after = parts(PORT), parts(data)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]
    cut = re.compile(rb"<w:p>.*?</w:p>", re.DOTALL)
    old, new = cut.findall(part(PORT)), cut.findall(part(data))
    assert [place for place, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]] == [1]
    assert cut.sub(b"", part(PORT)) == cut.sub(b"", part(data))


@pytest.mark.parametrize("format", ["docx", "docx-clean"])
def test_a_document_that_nobody_touched_is_the_same_file(format: str) -> None:
    header, found = read(PORT)
    assert written(header, found, PORT, format) == (PORT, [])


def test_a_changed_style_is_told_by_deleting_and_inserting() -> None:
    data, _ = changed(PORT, s1="Kaos <1>works in Qingdao</1>.")
    assert paragraphs(data)[1] == paragraphs(data, "reject")[1] == paragraphs(PORT)[1]
    assert "".join(body(data).find(f".//{W}ins").itertext()) == "works in "


def test_sentences_and_paragraphs_come_and_go() -> None:
    def change(segments: list[Segment]) -> Sequence[Segment]:
        head, first, second, third, more, another, end = segments
        return [
            inserted("Before it.", 90),
            head,
            deleted(first),
            second,
            inserted("Fresh.", 1),
            third,
            inserted("A paragraph.", 91),
            deleted(more),
            deleted(another),
            end,
            inserted("After it.", 92),
        ]

    data, warnings = edit(PORT, change)
    assert not warnings
    assert paragraphs(data) == [
        "Before it.",
        "The headline",
        "It has seven plants. Fresh. It grows.",
        "A paragraph.",
        "The end.",
        "After it.",
    ]
    assert paragraphs(data, "reject") == paragraphs(PORT)
    assert [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def test_a_new_paragraph_in_the_middle_of_another_parts_it() -> None:
    def change(segments: list[Segment]) -> Sequence[Segment]:
        return [*segments[:5], inserted("Between.", 99), *segments[5:]]

    data, _ = edit(PORT, change)
    assert [text.strip() for text in paragraphs(data)[2:5]] == ["One more.", "Between.", "And another."]
    assert paragraphs(data, "reject") == paragraphs(PORT)


def test_merged_sentences_are_one_change_even_across_paragraphs() -> None:
    def change(segments: list[Segment]) -> Sequence[Segment]:
        one, other = segments[5], segments[6]
        merged = replace(
            one,
            hypothesis=f"{one.hypothesis} {other.hypothesis}",
            locators=one.locators + other.locators,
            parents=("1", "2"),
        )
        return [*segments[:5], corrected(merged, "And another at the end.")]

    data, _ = edit(PORT, change)
    assert paragraphs(data)[2:] == ["One more. And another at the end."]
    assert paragraphs(data, "reject") == paragraphs(PORT)


def test_a_split_sentence_is_the_same_paragraph() -> None:
    def change(segments: list[Segment]) -> Sequence[Segment]:
        old = segments[6]
        halves = (
            corrected(replace(old, hypothesis="The", parents=("1",)), "The."),
            corrected(replace(old, hypothesis="end.", locators=(), parents=("1",)), "End."),
        )
        return [*segments[:6], *halves]

    data, _ = edit(PORT, change)
    assert paragraphs(data)[3] == "The. End."
    assert paragraphs(data, "reject") == paragraphs(PORT)


def test_a_table_cell_keeps_an_empty_paragraph() -> None:
    data = document(["x."], also=lambda made: setattr(made.add_table(1, 1).rows[0].cells[0], "text", "Cell."))
    tracked, _ = changed(data, s1=None)
    clean, _ = changed(data, "docx-clean", s1=None)
    for made in (tracked, clean):
        assert len(docx.Document(io.BytesIO(made)).tables[0].rows[0].cells[0].paragraphs) == 1
        assert paragraphs(made)[1] == ""


LINKED = with_body(
    document(["x."]),
    '<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:hyperlink w:anchor="top"><w:r><w:t>the top</w:t></w:r>'
    '</w:hyperlink><w:r><w:t xml:space="preserve"> again</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    "<w:r><w:t>.</w:t></w:r></w:p>",
)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("See <1>the summit</1> again<2/>.", "the summit"),
        ("<1>The top</1> see again<2/>.", "The top"),
        ("See also <1>the top</1> once more<2/>!", "the top"),
        ("See<2/> <1>the top</1>.", "the top"),
    ],
)
def test_links_and_notes_keep_their_places_about_new_text(text: str, link: str) -> None:
    data, _ = changed(LINKED, s0=text)
    _, (article,) = read(data)
    numbers = re.compile(r"\d+")  # codes count anew where their order is another
    assert numbers.sub("", article.segments[0].hypothesis) == numbers.sub("", text)
    assert paragraphs(data, "reject") == paragraphs(LINKED)
    root = body(data)
    assert len(list(root.iter(W + "footnoteReference"))) == 1
    assert link in ["".join(node.text or "" for node in item.iter(W + "t")) for item in root.iter(W + "hyperlink")]


def test_comments_are_added_and_those_that_are_there_stay() -> None:
    made = docx.Document()
    made.add_comment(made.add_paragraph().add_run("First one."), text="Old.", author="Ada")
    comment = Comment("c", "Is this so?", "Zhang Min", AT)
    for data in (PORT, saved(made)):
        before = [item.text for item in docx.Document(io.BytesIO(data)).comments]
        again, warnings = edit(data, lambda s: [corrected(s[0], s[0].hypothesis, comments=(comment,)), *s[1:]])
        assert not warnings
        found = list(docx.Document(io.BytesIO(again)).comments)
        assert [item.text for item in found] == [*before, "Is this so?"]
        assert (found[-1].author, found[-1].initials) == ("Zhang Min", "ZM")
        _, (article,) = read(again)
        assert "Zhang Min: Is this so?" in article.segments[0].notes
        assert paragraphs(again) == paragraphs(data)


def test_earlier_changes_stay_tracked_and_a_clean_document_has_none() -> None:
    xml = (
        '<w:p><w:r><w:t xml:space="preserve">It is </w:t></w:r><w:del w:id="7" w:author="Old"><w:r><w:delText>not'
        '</w:delText></w:r></w:del><w:ins w:id="8" w:author="Old"><w:r><w:t>so good</w:t></w:r></w:ins></w:p>'
        '<w:p><w:ins w:id="9" w:author="Old"><w:r><w:t>Untouched.</w:t></w:r></w:ins></w:p>'
    )
    data = with_body(document(["x."]), xml)
    tracked, _ = changed(data, s0="It is so bad")
    assert xml.split("</w:p>")[1].encode() in part(tracked)
    assert paragraphs(tracked)[0] == "It is so bad"
    clean, _ = changed(data, "docx-clean", s0="It is so bad")
    assert paragraphs(clean)[:2] == ["It is so bad", "Untouched."]
    assert not re.search(rb"<w:(ins|del)[ >]", part(clean))


def test_text_of_another_document_is_refused() -> None:
    header, (article,) = read(PORT)
    wrong = replace(article.segments[6], locators=("word/document.xml:99#0:3:1",))
    with pytest.raises(FormatError, match="not the document that was read"):
        written(header, [replace(article, segments=(*article.segments[:6], wrong))], PORT)


def test_what_xml_cannot_hold_is_made_visible_and_named() -> None:
    data, warnings = changed(PORT, s6="The bell\x07 & <b>.")
    assert paragraphs(data)[3] == "The bell␇ & <b>."
    assert "U+0007" in warnings[0]


def test_footnotes_are_written_in_their_part() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W[1:-1]}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> A note.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    relation = (
        b'<Relationship Id="rId99" Target="footnotes.xml" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    rels = part(PORT, "word/_rels/document.xml.rels").replace(b"</Relationships>", relation)
    data = with_part(with_part(PORT, "word/footnotes.xml", notes.encode()), "word/_rels/document.xml.rels", rels)
    again, _ = changed(data, s7="A remark.")
    assert part(again) == part(data)
    assert b'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> A </w:t>' in part(again, "word/footnotes.xml")
    assert read(again)[1][0].segments[7].hypothesis == "A remark."


WORDS = ("dual", "circulation", "9%", "the", "of", "港口", "<3>", "&", "a", "city")
RUNS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", "", "b", "i", "u"])), min_size=1, max_size=9)
SENTENCE = RUNS.map(lambda runs: [*[(f"{text} ", style) for text, style in runs], ("end.", ""), (" ", "")])
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=3).map(lambda parts: [run for item in parts for run in item])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_edit_is_read_again_and_any_rejection_gives_the_original(data: st.DataObject) -> None:
    original = document(*data.draw(st.lists(PARAGRAPH, min_size=1, max_size=3)))
    header, (article,) = read(original)
    segments: list[Segment] = []
    for segment in article.segments:
        act = data.draw(st.sampled_from(["keep", "edit", "edit", "delete", "insert"]))
        known = {code.token for code in segment.codes}
        if act == "edit":
            pieces = [item for item in re.split(r"(</?\d+/?>|\s+)", segment.hypothesis) if item]
            new = [
                item if item in known or item.isspace() else data.draw(st.sampled_from([item, *WORDS, ""]))
                for item in pieces
            ]
            segment = corrected(segment, "".join(new) + "!")
        elif act == "delete" and len(segments) > 1:
            segment = deleted(segment)
        segments.append(segment)
        if act == "insert":
            segments.append(inserted("Fresh words.", segment.paragraph))
    edited = replace(article, segments=tuple(segments))
    again, warnings = written(header, [edited], original)
    clean, _ = written(header, [edited], original, "docx-clean")
    assert not warnings
    assert paragraphs(again, "reject") == paragraphs(original)
    assert squeezed(read(again)[1][0]) == squeezed(edited) == squeezed(read(clean)[1][0])
    assert "".join("".join(paragraphs(again)).split()) == squeezed(edited)


def squeezed(article: Article) -> str:
    texts = (bare(segment.codes, segment.text) for segment in article.segments if not segment.deleted)
    return "".join("".join(texts).split())


def test_libreoffice_rejects_to_the_original_and_accepts_to_the_corrected_text(office: str, tmp_path: Path) -> None:
    def change(segments: list[Segment]) -> Sequence[Segment]:
        head, first, second, third, more, another, end = segments
        return [
            head,
            corrected(first, "COSMOPlat works in <1>Weifang</1>."),
            deleted(second),
            inserted("Fresh.", 1),
            third,
            inserted("A paragraph.", 91),
            deleted(more),
            deleted(another),
            corrected(end, "This is the end."),
            inserted("After it.", 92),
        ]

    path = tmp_path / "reviewed.docx"
    path.write_bytes(edit(PORT, change)[0])
    accepted = [
        "The headline",
        "COSMOPlat works in Weifang. Fresh. It grows.",
        "A paragraph.",
        "This is the end.",
        "After it.",
    ]
    assert ask(office, path, "accept")["text"] == "\n".join(accepted)
    assert ask(office, path, "reject")["text"] == "\n".join(paragraphs(PORT))
    assert ask(office, path, "count")["authors"] == ["Li Wei"]


def test_one_edit_of_a_long_document_is_one_splice() -> None:
    data = document(*[[f"Sentence {number}. Another one."] for number in range(300)])
    again, _ = edit(data, at(301, "A new one."))
    before, after = part(data), part(again)
    start = next(place for place, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    assert abs(len(after) - len(before)) < 700
    assert before[:start] == after[:start]
    assert before[-1000:] == after[-1000:]


def test_the_formats_say_what_they_can_write_over() -> None:
    assert formats.find("docx-clean").rewrites("docx")
    assert not formats.find("docx-table").rewrites("docx")
