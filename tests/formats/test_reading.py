"""The one door: formats told apart, encodings told or refused, limits kept."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from review import formats
from review.errors import FormatError, InputError, MissingError
from review.formats import Options, Source
from review.formats import plain as opening
from tests.formats.helpers import read, written


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"An article. With sentences.", "article"),
        ("a.csv", b"x,y\n1,2\n", "csv"),
        ("a.tsv", b"x\ty\n1\t2\n", "tsv"),
        ("a.jsonl", b'{"hypothesis": "a"}\n', "jsonl"),
        ("a.txt", b'{"hypothesis": "a"}\n', "jsonl"),
        ("a.txt", b"source\ttarget\na\tb\n", "tsv"),
        ("a.txt", b"source,target\na,b\n", "csv"),
        ("a.en", b"Some text, with a comma.\n", "article"),
        ("noname", "\ufeffsource,target\na,b\n".encode(), "csv"),
    ],
)
def test_a_format_is_told_by_content_then_by_suffix(name: str, data: bytes, expected: str) -> None:
    assert formats.recognise(Source.of(data, name), Options()).name == expected


def test_plain_text_is_lines_where_the_caller_says_so() -> None:
    assert formats.recognise(Source.of(b"a\nb\n", "a.en"), Options(), "lines").name == "lines"


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "a.txt: the file is empty. Choose"),
        (b"\n \n\r\n", "a.txt: the file holds blank lines only"),
        (b"\xef\xbb\xbf", "a.txt: the file holds blank lines only"),
        (b"%PDF-1.7\n%\xe2\xe3", "this is a PDF document, not text"),
        (b"PK\x03\x04rest", "this is a ZIP archive or an Office document, not text"),
        (bytes(range(32)) * 20, "this is a binary file, not text"),
        (b"one\ntw\0o\n", "a.txt, line 2: the line holds a NUL character"),
        ("plain text here".encode("utf-16-le"), "the file looks like utf-16-le. Set the encoding to utf-16-le (--enc"),
        ("plain text here".encode("utf-16-be"), "line 1: the file looks like utf-16-be"),
        ("这是一个在中国的城市。".encode("gb18030"), "line 1: the text is not UTF-8; it looks like gb18030"),
        ("ascii first\ncafé au lait\n".encode("latin-1"), "line 2: the text is not UTF-8; it looks like latin-1"),
        ("これは日本語のテキストです。".encode("shift_jis"), "line 1: the text is not UTF-8; it looks like shift_jis"),
        ("這是一個在台灣的城市，我們來了。".encode("big5"), "line 1: the text is not UTF-8; it looks like big5"),
        ("fine é\nbad ".encode() + b"\xff\n", "line 2: the line holds bytes that are not UTF-8, as the rest is"),
    ],
    ids=["empty", "blank", "mark only", "pdf", "zip", "binary", "nul", "utf-16-le", "utf-16-be", "gb18030", "latin-1",
         "shift_jis", "big5", "damaged"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["article", "lines"])
def test_what_is_no_text_is_refused_with_what_it_looks_like(data: bytes, part: str, kind: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(data, kind, filename="a.txt")
    assert part in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_wrong_encoding_is_refused_and_an_unknown_one_named() -> None:
    with pytest.raises(
        FormatError, match=r"line 2: the text is not ascii\. It may be .*: set the encoding to .* \(--encoding "
    ):
        read("ok\nné\n".encode(), "lines", encoding="ascii")
    with pytest.raises(InputError, match="No encoding is called 'utf-99'"):
        read(b"a", "lines", encoding="utf-99")
    with pytest.raises(InputError, match="cannot be read here; convert"):
        read(b"a", "lines", encoding="iso-2022-jp")
    with pytest.raises(InputError, match="cannot be read here; convert"):
        read(b"a", "lines", encoding="rot13")


def test_a_byte_order_mark_outweighs_the_option() -> None:
    header, (article,) = read("\ufeffone".encode("utf-16-le"), "lines", encoding="gb18030")
    assert header.encoding == "utf-16-le"
    assert article.segments[0].hypothesis == "one"


class Endless(io.RawIOBase):
    """A file that never ends and counts what was read of it."""

    def __init__(self) -> None:
        self.taken = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return offset

    def readinto(self, buffer: object) -> int:
        size = len(buffer)  # type: ignore[arg-type]
        buffer[:] = b"x" * size  # type: ignore[index]
        self.taken += size
        return size


def test_an_endless_line_is_refused_without_reading_it_all() -> None:
    file = Endless()
    opened = opening.Opened(Source("a.txt", data=b""), io.BufferedReader(file), 0, "utf-8", False, "\n")
    with pytest.raises(FormatError, match=r"a\.txt, line 1: the line is longer than 1 MB"):
        next(opening.lines(opened))
    assert file.taken < 3 << 20


@pytest.mark.parametrize("kind", ["article", "lines", "csv", "jsonl"])
def test_a_hundred_megabyte_line_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.write((b'{"hypothesis": "' if kind == "jsonl" else b"mt,") + b"y" * (3 << 20))
        file.truncate(100 << 20)
    with pytest.raises(FormatError, match="line 1: the line is longer than 1 MB"):
        list(formats.read(path, kind).articles)


def test_a_line_of_exactly_the_limit_is_taken() -> None:
    data = b"x" * (1 << 20) + b"\n"
    assert len(read(data, "lines")[1][0].segments[0].hypothesis) == 1 << 20
    with pytest.raises(FormatError, match="longer than 1 MB"):
        read(b"x" + data, "lines")


def test_a_file_beyond_the_limit_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate((200 << 20) + 1)
    with pytest.raises(InputError, match="larger than 200 MB; split it"):
        Source.of(path)


def test_what_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nope\.txt cannot be read: No such file"):
        formats.read(tmp_path / "nope.txt")
    with pytest.raises(InputError, match="is a folder"):
        formats.read(tmp_path)
    with pytest.raises(MissingError, match=r"There is no format .odt.; there are [a-z, -]*article, csv"):
        formats.read(b"a", "odt")
    with pytest.raises(FormatError, match="can be written but not read"):
        formats.read(b"a", "report")
    with pytest.raises(InputError, match="no import option 'colour'"):
        formats.read(b"a", colour="x")


def test_an_article_cannot_be_written_without_its_file() -> None:
    header, articles = read(b"One. Two.", "article")
    with pytest.raises(MissingError, match="only be written over the file it came from"):
        written(header, articles, None, "article")


def test_a_stream_can_be_read() -> None:
    assert len(next(formats.read(io.BytesIO(b"a\nb\n"), "lines").articles).segments) == 2
