"""What a text file's bytes are like comes back: encoding, byte order mark, line ends of every kind, final newline."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from review.errors import FormatError
from review.text import encodings
from tests.formats.helpers import again, at, edit

ENCODINGS = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
    "cp1252",
    "cp1251",
)
WORDS = {
    "gb18030": "港口很忙", "big5": "港口很忙", "shift_jis": "港は忙しい", "euc_kr": "항구", "cp1252": "Größe",
    "cp1251": "порт",
}  # fmt: skip
ENDS = ("\n", "\r\n", "mixed")


def text(encoding: str, ends: str, final: bool, row: Callable[[str], str]) -> str:
    """Three rows in the words of an encoding; mixed: another line end after each."""
    word = WORDS.get(encoding, "港口 Größe")
    rows = [row(f"{word} {number}.") for number in range(3)]
    signs = ["\r\n", "\n", "\r\n"] if ends == "mixed" else [ends] * 3
    found = "".join(line + sign for line, sign in zip(rows, signs, strict=True))
    return found if final else found.removesuffix(signs[-1])


CASES = [
    ("lines", "", lambda line: line),
    ("article", "", lambda line: line),
    ("csv", "mt,note{end}", lambda line: f'"{line}",x'),
    ("tsv", "mt\tnote{end}", lambda line: f"{line}\tx"),
    ("jsonl", "", lambda line: json.dumps({"hypothesis": line}, ensure_ascii=False)),
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("format", "head", "row"), CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("final", [True, False], ids=["newline", "no-newline"])
def test_the_bytes_around_a_changed_segment_stay(
    format: str, head: str, row: Callable[[str], str], encoding: str, ends: str, final: bool
) -> None:
    written = head.format(end="\n" if ends == "mixed" else ends) + text(encoding, ends, final, row)
    data = (encodings.mark_of(encoding) if final else b"") + written.encode(encoding)
    assert again(data, format, encoding=encoding) == data
    word = WORDS.get(encoding, "港口 Größe")
    changed, _ = edit(data, at(1, f"{word} new."), format, encoding=encoding)
    if format == "jsonl":
        new = row(f"{word} 1.").removesuffix("}") + f', "post_edit": "{word} new."}}'
        assert changed == data.replace(row(f"{word} 1.").encode(encoding), new.encode(encoding))
    else:
        assert changed == data.replace(f"{word} 1.".encode(encoding), f"{word} new.".encode(encoding))


def test_an_article_may_end_its_lines_in_carriage_returns_alone() -> None:
    data = b"A headline\r\rOne sentence.\rAnother.\r"
    assert again(data, "article") == data
    changed, _ = edit(data, at(1, "Changed."), "article")
    assert changed == data.replace(b"One sentence.", b"Changed.")


@pytest.mark.parametrize("format", ["lines", "csv", "tsv", "jsonl"])
def test_lines_that_end_in_carriage_returns_alone_are_refused_with_what_to_do(format: str) -> None:
    rows = {"jsonl": b'{"hypothesis": "a"}\r{"hypothesis": "b"}\r'}.get(format, b"mt\rone\rtwo\r")
    with pytest.raises(FormatError, match="carriage returns alone"):
        again(rows, format)
