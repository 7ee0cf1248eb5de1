"""What holds of every format there is: what was written is read again, and what nobody touched stays as it was."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review import formats
from review.errors import ReviewError
from review.model import Article
from review.text import codes
from tests.formats.helpers import HOSTILE, corrected, deleted, read, written
from tests.formats.originals import article, built, originals

READ = sorted(name for name, item in formats.formats().items() if item.read)
BUILT = [name for name in READ if formats.find(name).build and name != "html"]
"""A page of HTML built is source and translations side by side, and no article."""
REWRITTEN = [(name, which) for name in READ if formats.find(name).rewrite for which in originals(name)]

WORDS = st.lists(
    st.sampled_from(["Haier", "Kaos", "works", "in", "Qingdao", "卡奥斯", "1,000", "and", "«so»"]),
    min_size=1,
    max_size=6,
)
TEXTS = WORDS.map(" ".join) | st.sampled_from([text for text in HOSTILE if "\u0085" not in text]) | st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=25
).filter(lambda text: any(sign.isalnum() for sign in text))  # fmt: skip
SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def words(made: Article) -> list[str]:
    """All words of an article as it is now, without inline codes and blanks: the same however it is cut up."""
    texts = [codes.bare(segment.codes, segment.text) for segment in made.segments if not segment.deleted]
    return "".join(unicodedata.normalize("NFC", text) for text in texts).translate(BLANKS).split()


BLANKS = {ord(sign): " " for sign in "\u200b\ufeff\u2028\u2029\x1c\x1d\x1e\x1f\xa0"}


def squeezed(made: Article) -> str:
    return "".join(words(made))


@pytest.mark.parametrize("name", BUILT)
@SETTINGS
@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_what_is_written_is_read_again(name: str, texts: list[str]) -> None:
    made = article(texts)
    data, warnings = built(name, made)
    _, again = read(data, name)
    assert [squeezed(item) for item in again] == [squeezed(made)] or warnings


@pytest.mark.parametrize("name", READ)
def test_an_original_is_known_by_its_content(name: str) -> None:
    for which, data in originals(name).items():
        found = formats.recognise(formats.Source(f"file{formats.find(name).suffixes[0]}", data=data), formats.Options())
        assert found.name == name or {found.name, name} <= {"article", "lines"}, which


@pytest.mark.parametrize(("name", "which"), REWRITTEN)
def test_what_nobody_touched_is_written_byte_for_byte(name: str, which: str) -> None:
    data = originals(name)[which]
    header, found = read(data, name)
    again, warnings = written(header, found, data)
    assert again == data
    assert not warnings


@pytest.mark.parametrize(("name", "which"), REWRITTEN)
@SETTINGS
@given(data=st.data())
def test_an_edit_changes_its_segment_and_nothing_else(name: str, which: str, data: st.DataObject) -> None:
    original = originals(name)[which]
    header, (first, *rest) = read(original, name)
    place = data.draw(st.integers(0, len(first.segments) - 1))
    text = data.draw(TEXTS)
    old = first.segments[place]
    tokens = "".join(code.token for *_, code in codes.places(old.codes, old.hypothesis))
    segments = list(first.segments)
    segments[place] = corrected(old, text + tokens)
    edited = replace(first, segments=tuple(segments))
    again, warnings = written(header, [edited, *rest], original)
    _, (now, *others) = read(again, name)
    assert squeezed(now) == squeezed(edited) or warnings
    assert [squeezed(item) for item in others] == [squeezed(item) for item in rest]
    assert_little_changed(original, again, len(text))


@pytest.mark.parametrize(("name", "which"), REWRITTEN)
def test_a_deletion_is_written_and_read_again_or_named(name: str, which: str) -> None:
    original = originals(name)[which]
    header, (first, *rest) = read(original, name)
    edited = replace(first, segments=(deleted(first.segments[0]), *first.segments[1:]))
    again, warnings = written(header, [edited, *rest], original)
    _, (now, *_) = read(again, name)
    assert squeezed(now) == squeezed(edited) or warnings


@pytest.mark.parametrize("name", READ)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_in_a_sentence(name: str, data: st.DataObject) -> None:
    found = originals(name)
    original = bytearray(found[data.draw(st.sampled_from(sorted(found)))])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(original) - 1))
        how = data.draw(st.sampled_from(["flip", "cut", "take out", "twice"]))
        if how == "flip":
            original[place] = data.draw(st.integers(0, 255))
        elif how == "cut" and place:
            del original[place:]
        elif how == "take out" and len(original) > 20:
            del original[place : place + data.draw(st.integers(1, 10))]
        elif how == "twice":
            original[place:place] = original[place : place + 30]
        original = original or bytearray(b" ")
    articles: list[Article] = []
    with suppress(ReviewError):
        _, articles = read(bytes(original), name)
    assert all(item.segments for item in articles)


def assert_little_changed(before: bytes, after: bytes, size: int) -> None:
    """Only one stretch differs, in one member where the file is an archive, and it is not much longer than the text."""
    if before[:2] == b"PK":
        members = [
            {item: archive.read(item) for item in archive.namelist()} for archive in map(opened, (before, after))
        ]
        assert list(members[0])[:1] == list(members[1])[:1]
        changed = [item for item in members[0] if members[0][item] != members[1].get(item)]
        assert len(changed) <= 3, changed
        return
    start = next(
        (place for place, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    end = next(
        (place for place, (a, b) in enumerate(zip(before[start:][::-1], after[start:][::-1], strict=False)) if a != b),
        None,
    )
    stretch = 0 if end is None else max(len(before), len(after)) - start - end
    assert stretch <= 800 + 12 * size


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))
