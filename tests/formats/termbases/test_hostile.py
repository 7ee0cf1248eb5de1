"""Termbase files that are broken or mean harm: one sentence with the file, the line and a remedy, and nothing else."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from review.errors import FormatError, InputError
from review.formats.termbases import preview_termbase, read_termbase
from review.settings import settings

GOOD = """<martif type="TBX"><text><body><termEntry id="a">
<langSet xml:lang="en"><tig><term>house</term></tig></langSet>
<langSet xml:lang="de"><tig><term>Häuser</term></tig></langSet></termEntry></body></text></martif>""".encode()
TERM = b"<term>house</term>"


def bomb(levels: int = 12) -> bytes:
    declared = b"".join(f'<!ENTITY e{n} "{"x" if n == 0 else f"&e{n - 1};" * 10}">'.encode() for n in range(levels))
    return b"<!DOCTYPE martif [" + declared + b"]>" + GOOD.replace(b"house", f"&e{levels - 1};".encode())


BAD = {
    "bomb": (bomb(), "declares entities", 1),
    "external entity": (
        b'<!DOCTYPE martif [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + GOOD.replace(b"house", b"&x;"),
        "declares entities",
        1,
    ),
    "bomb in UTF-16": (bomb().decode().encode("utf-16"), "declares entities", 1),
    "parameter entity": (b'<!DOCTYPE martif [\n<!ENTITY % x "y">]>' + GOOD, "declares entities", 2),
    "unknown entity": (b'<!DOCTYPE martif SYSTEM "x.dtd">' + GOOD.replace(b"house", b"&foo;"), "“foo”", 2),
    "depth": (b"<martif>" + b"<a>" * 40 + b"</a>" * 40 + b"</martif>", "30 deep", 1),
    "great depth": (b"<martif>" + b"<a>" * 5000, "30 deep", 1),
    "one huge entry": (b"<martif>" + b"<a/>" * 20_001 + b"</martif>", "more than 20,000 elements", 1),
    "truncated": (GOOD[:130], "the XML breaks here", 3),
    "Latin-1 that says nothing": (GOOD.decode().encode("latin-1"), "not UTF-8", 3),
    "an unknown encoding": (b'<?xml version="1.0" encoding="klingon"?>' + GOOD, "encoding is unknown", 1),
    "a web page": (b"<!DOCTYPE html>\n<html><body>x</body></html>", "<html>", 2),
    "a translation memory": (b"<tmx/>", "a translation memory (TMX)", None),
    "an archive": (b"PK\x03\x04rest", "a ZIP archive", None),
    "empty": (b"", "is empty", None),
    "no language": (GOOD.replace(b' xml:lang="de"', b""), "no language", 3),
    "no term": (GOOD.replace(b"house", b" "), "term is empty", 2),
    "an entry without terms": (b"<martif><text><body>\n<termEntry/></body></text></martif>", "has no term", 2),
    "a stray brace": (GOOD.replace(b"house", b"ho{use"), "brace", 2),
    "a NUL": (GOOD.replace(b"house", b"ho\0use"), "the XML breaks here", 2),
    "the same id twice": (
        GOOD.replace(b"</body>", GOOD[GOOD.index(b"<termEntry") : GOOD.index(b"</body>")] + b"</body>"),
        "stands on line 1 already",
        3,
    ),
    "a refused pattern": (
        GOOD.replace(
            TERM,
            TERM.replace(b"house", b"(?=x)")
            + b'<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>'
            + b'<note>Rendition: {"matching": "pattern"}</note>',
        ),
        "invalid perl operator",
        2,
    ),
}


@pytest.mark.parametrize(("data", "why", "line"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_gets_one_sentence(data: bytes, why: str, line: int | None) -> None:
    began = time.monotonic()
    with pytest.raises(FormatError) as error:
        read_termbase(data, name="theirs.tbx")
    assert why in str(error.value)
    assert error.value.line == line
    assert str(error.value).startswith("theirs.tbx")
    assert "\n" not in str(error.value)
    assert error.value.remedy[0].isupper()
    assert time.monotonic() - began < 5


def test_an_external_dtd_is_named_in_a_file_and_never_fetched(tmp_path: Path) -> None:
    dtd = tmp_path / "evil.dtd"
    dtd.write_text('<!ENTITY foo "from outside">')
    given = f'<!DOCTYPE martif SYSTEM "{dtd.as_uri()}">'.encode() + GOOD
    assert [concept.id for concept in read_termbase(given).concepts] == ["a"]
    with pytest.raises(FormatError, match="declared nowhere"):
        read_termbase(given.replace(b"house", b"&foo;"))


def test_latin_1_that_says_so_is_read() -> None:
    data = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + GOOD.decode().encode("latin-1")
    assert read_termbase(data).concepts[0].terms[1].text == "Häuser"


def test_utf_16_with_its_mark_is_read() -> None:
    data = ('<?xml version="1.0" encoding="UTF-16"?>' + GOOD.decode()).encode("utf-16")
    assert read_termbase(data).concepts[0].terms[1].text == "Häuser"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("really-csv.tbx", b"id,preferred\na,x\n", "csv"),
        ("really-tbx.csv", GOOD, "tbx-v2"),
        ("noname", b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- x --><tbx style="dca"><text/></tbx>', "tbx-v3"),
        ("x.txt", b'<tbx style="dct"><text/></tbx>', "tbx-v3-dct"),
    ],
)
def test_the_kind_is_told_by_content_before_the_suffix(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert read_termbase(path).kind.name == kind


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "big.tbx"
    path.write_bytes(b" " * (1024 * 1024 + 1))
    monkeypatch.setenv("REVIEW_UPLOAD_MEGABYTES", "1")
    settings.cache_clear()
    try:
        with pytest.raises(InputError, match="larger than 1 MB"):
            read_termbase(path)
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_all_bad_entries_are_listed_by_line_and_the_good_ones_read() -> None:
    entries = b"\n".join(
        f'<conceptEntry id="c{n}"><langSec xml:lang="en"><termSec><term>{"" if n % 3 == 0 else f"t{n}"}</term>'
        "</termSec></langSec></conceptEntry>".encode()
        for n in range(9)
    )
    reading = preview_termbase(b"<tbx><text><body>\n" + entries + b"</body></text></tbx>", name="x.tbx")
    assert len(reading.concepts) == 6
    assert [problem.line for problem in reading.problems] == [2, 5, 8]
