"""Encodings: told by their mark, named where they are only likely."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import InputError
from review.text.encodings import binary, byte_offsets, known, looks_like, mark, mark_of


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_names_its_encoding(name: str) -> None:
    data = mark_of(name) + "text".encode(name)
    assert mark(data) == (name, len(mark_of(name)))


def test_text_without_a_mark_names_none() -> None:
    assert mark(b"text") == ("", 0)
    assert mark_of("gb18030") == b""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我们在中国的城市里工作，他们也来了。", "gb18030"),
        ("我們在台灣的城市裡工作，他們也來了。這是好的。", "big5"),
        ("私たちは日本の町で働いています。", "shift_jis"),
        ("우리는 한국의 도시에서 일하고 있다.", "euc_kr"),
        ("Müller geht über die Straße, où il était déjà.", "latin-1"),
        ("He said “no” – and left.", "cp1252"),
        ("Plain text and some more of it.", "utf-16-le"),
        ("Plain text and some more of it.", "utf-16-be"),
        ("Plain text and some more of it.", "utf-32-le"),
        ("Plain text and some more of it.", "utf-32-be"),
        ("新闻报道中国 2023 news", "utf-16-le"),
    ],
)
def test_an_encoding_is_named_by_how_its_bytes_look(text: str, name: str) -> None:
    assert looks_like(text.encode(name)) == name


def test_names_are_put_in_their_usual_spelling() -> None:
    assert known("GB18030") == "gb18030"
    assert known("UTF-16") == "utf-16-le"
    assert known("utf8") == "utf-8"
    assert known("utf-8-sig") == "utf-8"
    assert known("ISO-8859-1") == "latin-1"


@pytest.mark.parametrize("name", ["nope", "utf-7", "hz", "iso2022_jp", "base64", "rot13", "a\0b"])
def test_what_cannot_be_written_in_place_is_refused(name: str) -> None:
    with pytest.raises(InputError):
        known(name)


def test_binary_files_are_told_from_text() -> None:
    assert binary(b"\x89PNG\r\n\x1a\n") == "a PNG image"
    assert binary(bytes(range(256))) == "a binary file"
    assert binary("text\twith\ttabs\r\n中文".encode()) == ""
    assert binary("wide text".encode("utf-16-le")) == ""


@given(st.text(st.sampled_from("aé中文ア。"), max_size=20), st.data())
def test_byte_offsets_are_where_code_points_begin(text: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=5, unique=True)))
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        offsets = byte_offsets(text.encode(encoding), encoding, places)
        assert offsets == [len(text[:place].encode(encoding)) for place in places]
