"""XLIFF 2 from scratch: what it says, that it keeps every constraint, and that it is read again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from review import formats
from review.model import Article, Code, Comment, Correction, ReadingHeader, Segment
from tests.formats.helpers import AT, corrected, deleted, inserted, read, written

HEADER = ReadingHeader("xliff2", "Haier")


def article(*segments: Segment, **more: str) -> Article:
    return Article("新闻.docx", segments, **{"source_language": "zh", "target_language": "en", **more})


def segments_of(data: bytes) -> list[Segment]:
    return [segment for item in read(data)[1] for segment in item.segments]


def test_a_file_for_each_article_and_a_unit_for_each_paragraph() -> None:
    data, warnings = written(
        HEADER,
        [
            article(
                Segment("One.", source="一。"),
                Segment("Two.", source="二。"),
                Segment("Three.", source="三。", paragraph=1),
            ),
            article(Segment("Four.", source="四。")),
        ],
    )
    assert warnings == []
    assert b'version="2.0" srcLang="zh" trgLang="en"' in data
    header, (first, second) = read(data)
    assert header.format == "xliff2"
    assert [first.name, second.name] == ["新闻.docx", "新闻.docx (f2)"]
    assert [(item.source, item.hypothesis, item.paragraph) for item in first.segments] == [
        ("一。", "One.", 0),
        ("二。", "Two.", 0),
        ("三。", "Three.", 1),
    ]
    assert "<ignorable><source></source><target> </target></ignorable>" in data.decode()


def test_states_are_written_and_read() -> None:
    made = [
        replace(Segment("Text", source="文", paragraph=number), correction=Correction("Text", status))
        for number, status in enumerate(["draft", "confirmed", "approved", "rejected"])
    ]
    data, _ = written(HEADER, [article(*made)])
    assert [data.count(f'state="{state}"'.encode()) for state in ("translated", "reviewed", "final", "initial")] == [
        1,
        1,
        1,
        0,
    ]
    again = [item.correction.status if item.correction else "new" for item in segments_of(data)]
    assert again == ["new", "confirmed", "approved", "new"]


def test_the_machine_s_text_and_other_translations_are_candidates() -> None:
    made = corrected(Segment("Machine.", source="机器。", alternatives=("Other.", "Third.")), "Person.")
    data, _ = written(HEADER, [article(made)])
    (again,) = segments_of(data)
    assert again.hypothesis == "Person."
    assert again.alternatives == ("Machine.", "Other.", "Third.")
    assert b'<mtc:match ref="#s1" type="mt">' in data


def test_notes_and_comments_are_notes() -> None:
    comments = (Comment("1", "Is it so?", "Li Wei", AT),)
    made = replace(Segment("Text", source="文", notes=("A note",)), correction=Correction("Text", comments=comments))
    data, _ = written(HEADER, [article(made)])
    assert segments_of(data)[0].notes == ("A note", "Li Wei: Is it so?")


def test_codes_are_written_as_codes() -> None:
    codes = (Code("<1>", "b"), Code("</1>", "b"), Code("<2/>", "image", fixed=False), Code("<3>", "open", fixed=False))
    made = Segment("A <1>b</1> <2/> <9/> c<3>", source="<1>b</1><2/>", codes=codes)
    data, _ = written(HEADER, [article(made)])
    assert b'<pc id="s1.1" canDelete="no" dispStart="b">b</pc>' in data
    assert b'<ph id="s1.2" disp="image"/>' in data
    assert b'&lt;9/&gt; c<sc id="s1.3" isolated="yes" disp="open"/>' in data
    (again,) = segments_of(data)
    assert again.hypothesis == "A <10>b</10> <11/> <9/> c<12/>"
    assert [code.fixed for code in again.codes] == [True, True, False, False]


def test_what_cannot_be_said_is_warned_of() -> None:
    _, warnings = written(
        HEADER, [article(Segment("a", source="一")), article(Segment("b", source="二"), target_language="fr")]
    )
    assert warnings == ["The file says zh to en, which is not so for 新闻.docx."]
    data, warnings = written(HEADER, [Article("a", (Segment("a"), deleted(Segment("b", source="二"))))])
    assert len(warnings) == 3
    assert [item.hypothesis for item in segments_of(data)] == ["a", ""]


def test_control_characters_come_back_as_codes_and_are_named() -> None:
    data, warnings = written(HEADER, [article(Segment("a\x01b", source="一"))])
    assert b'a<cp hex="0001"/>b' in data
    assert segments_of(data)[0].codes[0].shown == "U+0001"
    assert "characters that XML cannot hold" in warnings[0]


def test_nothing_at_all_is_a_valid_document() -> None:
    data, _ = written(HEADER, [])
    assert b'<group id="g1"/>' in data


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("<>&\"'\n\t"), max_size=20)
MADE = st.builds(
    lambda text, source, others, notes, paragraph, new: (
        inserted(text, paragraph)
        if new == 3
        else corrected(
            Segment("Was.", source=source, alternatives=tuple(others), notes=notes, paragraph=paragraph), text
        )
    ),
    TEXTS,
    TEXTS | st.none(),
    st.lists(TEXTS, max_size=2),
    st.lists(TEXTS, max_size=2).map(tuple),
    st.integers(0, 2),
    st.integers(0, 3),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(MADE, min_size=1, max_size=5).map(lambda made: sorted(made, key=lambda item: item.paragraph)))
def test_any_article_is_read_again(made: list[Segment]) -> None:
    data, _ = written(HEADER, [article(*made)])
    assert formats.recognise(formats.Source("a.xlf", data=data), formats.Options()).name == "xliff2"
    again = segments_of(data)
    assert [(item.source, item.text) for item in again] == [(item.source or "", item.text) for item in made]
    assert [item.paragraph for item in again] == ranked([item.paragraph for item in made])


def ranked(numbers: list[int]) -> list[int]:
    order = sorted(set(numbers))
    return [order.index(number) for number in numbers]
