"""Random files: what is edited holds its new text, and every byte beside it is as it was."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.model import Article, Correction, Segment
from review.text import codes
from tests.formats.helpers import again, read, written
from tests.formats.xliff1.samples import document

SIGNS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\ufffe\uffff")
WORDS = st.text(SIGNS, max_size=12) | st.sampled_from(
    ["a < b", "&amp;", "]]>", "<7>", "</1>", " x ", "line\nend", "\t"]
)
RAW = WORDS.flatmap(
    lambda text: (
        st.sampled_from([escape(text), "".join(f"&#{ord(sign)};" for sign in text)])
        if "]]>" in text
        else st.sampled_from([escape(text), f"<![CDATA[{text}]]>"])
    )
)


@st.composite
def content(draw: st.DrawFn, ids: list[int], depth: int = 2) -> str:
    """Text with nested codes; ``ids`` counts them."""
    parts = [draw(RAW)]
    for _ in range(draw(st.integers(0, 3))):
        ids[0] += 1
        number = ids[0]
        kind = draw(st.sampled_from(["g", "mrk", "x", "ph", "bx", "bpt", "it", "comment"]))
        inside = draw(content(ids, depth - 1)) if depth and kind in ("g", "mrk", "bx", "bpt") else draw(RAW)
        parts.append(
            {
                "g": f'<g id="{number}">{inside}</g>',
                "mrk": f'<mrk mtype="term" mid="m{number}">{inside}</mrk>',
                "x": f'<x id="{number}" />',
                "ph": f'<ph id="{number}">%s</ph>',
                "bx": f'<bx id="{number}" rid="r{number}"/>{inside}<ex id="{number}" rid="r{number}"/>',
                "bpt": f"<bpt id='{number}'>[b]</bpt>{inside}<ept id='{number}'>[/b]</ept>",
                "it": f'<it id="{number}" pos="open">(</it>',
                "comment": f"<!-- {number} -->",
            }[kind]
        )
        parts.append(draw(RAW))
    return "".join(parts)


@st.composite
def units(draw: st.DrawFn, number: int) -> str:
    space = draw(st.sampled_from(["", ' xml:space="preserve"']))
    ids = [0]
    if draw(st.booleans()):
        source = draw(content(ids))
        kind = draw(st.sampled_from(["same", "none", "empty", "own"]))
        own = draw(content([100])) if kind == "own" else source
        target = {"none": "", "empty": "<target/>"}.get(kind, f"<target>{own}</target>")
        return f'<trans-unit id="{number}"{space}><source>{source}</source>\n {target}</trans-unit>'
    parts = [draw(content(ids)) for _ in range(draw(st.integers(1, 3)))]
    mrks = [f'<mrk mtype="seg" mid="{mid}">{text}</mrk>' for mid, text in enumerate(parts)]
    wrapped = draw(st.sampled_from(["{}", '<g id="99">{}</g>'])).format(" ".join(mrks))
    had = [mrk for mrk in mrks if draw(st.booleans())]
    target = draw(st.sampled_from(["", "<target/>", f"<target>{wrapped}</target>", f"<target>{''.join(had)}</target>"]))
    both = f"<source>{''.join(parts)}</source><seg-source>{wrapped}</seg-source>"
    return f'<trans-unit id="{number}"{space}>{both}{target}</trans-unit>'


@st.composite
def files(draw: st.DrawFn) -> bytes:
    return document(*[draw(units(number)) for number in range(draw(st.integers(1, 4)))])


def segments(data: bytes) -> list[Segment]:
    return [segment for article in read(data, "xliff")[1] for segment in article.segments]


def spelled(segment: Segment) -> tuple[str, list[str]]:
    """The text without its tokens, and the codes in order as they are shown: numbers may differ after an edit."""
    found = codes.places(segment.codes, segment.hypothesis)
    return codes.bare(segment.codes, segment.hypothesis), [code.shown for *_, code in found]


def bare(segment: Segment) -> str:
    return codes.bare(segment.codes, segment.source or "")


SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@SETTINGS
@given(files())
def test_untouched_files_come_back_byte_for_byte(data: bytes) -> None:
    assert again(data, "xliff") == data


@SETTINGS
@given(files(), st.data())
def test_edited_segments_hold_their_text_and_units_beside_them_their_bytes(data: bytes, choice: st.DataObject) -> None:
    header, (article,) = read(data, "xliff")
    made, expected = [], []
    for segment in article.segments:
        if choice.draw(st.booleans()):
            text = edited(segment, choice)
            status = choice.draw(st.sampled_from(["draft", "confirmed", "approved"]))
            made.append(replace(segment, correction=Correction(text, status)))
            segment = replace(segment, hypothesis=text)
        else:
            made.append(segment)
        expected.append(spelled(segment))
    out, warnings = written(header, [replace(article, segments=tuple(made))], data)
    assert warnings == []
    now = segments(out)
    assert [spelled(item) for item in now] == expected
    assert [bare(item) for item in now] == [bare(item) for item in article.segments]
    touched = {segment.name.partition("#")[0] for segment in made if segment.correction}
    for before, after in zip(pieces(data), pieces(out), strict=True):
        identifier = re.search(rb'<trans-unit[^>]* id="(\d+)"', before)
        if identifier is None or identifier[1].decode() not in touched:
            assert after == before


def edited(segment: Segment, choice: st.DataObject) -> str:
    """Another text with the codes of the segment in their order, or those of its source where it has none."""
    base = segment.hypothesis or segment.source or ""
    tokens = [code.token for *_, code in codes.places(segment.codes, base)]
    known = {code.token for code in segment.codes}
    words = WORDS.filter(lambda text: not any(token in text for token in known))
    return "".join(choice.draw(words) + token for token in tokens) + choice.draw(words)


def pieces(data: bytes) -> list[bytes]:
    return re.split(rb"(?=<trans-unit)", data)


@SETTINGS
@given(files())
def test_written_twice_is_written_once(data: bytes) -> None:
    header, (article,) = read(data, "xliff")
    made = tuple(replace(item, correction=Correction(item.hypothesis + "!", "draft")) for item in article.segments)
    once = written(header, [Article(article.name, made)], data)[0]
    assert again(once, "xliff") == once


def test_much_white_space_takes_no_longer_than_it_is() -> None:
    """A pattern that tries each blank anew would take hours."""
    data = document(
        f'<trans-unit id="1"><source>{" " * 500_000}x\n</source><target>\n{" " * 500_000}</target></trans-unit>'
    )
    header, (article,) = read(data, "xliff")
    made = tuple(replace(item, correction=Correction("One", "draft")) for item in article.segments)
    assert b">\n" + b" " * 500_000 + b"One</target>" in written(header, [Article(article.name, made)], data)[0]
