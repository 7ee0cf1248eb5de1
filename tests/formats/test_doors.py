"""A file before the wrong door is told the right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from review import formats
from review.errors import FormatError
from review.formats import Options, Source, doors
from review.formats.termbases import kinds, read_termbase, write_termbase
from review.model import Concept, Term
from review.steps.memory.importing import preview
from tests.formats.tmx.samples import GOOD

ROOT = Path(__file__).parents[2]
CONCEPTS = [Concept("1", (Term("港口", "zh"), Term("port", "en")))]
TERMBASES = {name: write_termbase(CONCEPTS, name)[0] for name in kinds()}
COMMENTED = b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- <tmx> -->\n<!DOCTYPE martif SYSTEM "x">\n<martif/>'
TEXTS = {
    "xliff": b'<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"></xliff>',
    "jsonl": b'{"hypothesis": "one"}\n',
    "csv": b"source,mt\n\xe7\x94\xb2,one\n",
    "mqm": b"system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\nA\td\t1\t1\tr\ts\tt\tx\tMinor\n",
    "po": b'msgid "a"\nmsgstr "b"\n',
    "vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\nx\n",
}


@pytest.mark.parametrize("data", [*TERMBASES.values(), COMMENTED], ids=[*TERMBASES, "commented"])
def test_a_termbase_is_sent_to_the_terms(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"this is a termbase\. Bring it in on the page Terms, or by terms import\."):
        formats.read(data)
    with pytest.raises(FormatError, match="this is a termbase"):
        preview(Source("a", data=data))


def test_the_termbases_that_come_with_the_program_are_termbases() -> None:
    for path in (ROOT / "corpora" / "termbases").glob("*.csv"):
        with pytest.raises(FormatError, match="terms import"):
            formats.read(path)
        assert read_termbase(path).concepts


def test_a_memory_is_sent_from_the_terms_to_the_memory_and_may_be_reviewed() -> None:
    with pytest.raises(
        FormatError, match=r"a translation memory \(TMX\)\. Bring it in on the page Memory, or by memory"
    ):
        read_termbase(GOOD.encode())
    assert formats.recognise(Source("a", data=GOOD.encode()), Options()).name == "tmx"
    assert preview(Source("a", data=GOOD.encode())).units


@pytest.mark.parametrize("name", TEXTS)
def test_texts_to_review_are_sent_from_terms_and_memory_to_the_import(name: str) -> None:
    for door in (lambda: read_termbase(TEXTS[name]), lambda: preview(Source("a", data=TEXTS[name]))):
        with pytest.raises(FormatError, match=r"with texts to review\. Bring it in on the page Import, or by import\."):
            door()


def test_what_cannot_be_told_is_let_through() -> None:
    for data in (b"", b"<", b"<!-- open", b"Dear Anna", b"a,b\n1,2\n", b"<!--" + b"--><!--" * 3000):
        for here in (doors.TERMS, doors.MEMORY, doors.ARTICLES):
            doors.refuse(Source("a", data=data), here)


def test_a_table_to_review_may_have_a_column_called_preferred() -> None:
    assert formats.recognise(Source("a", data=b"source,mt,preferred\n1,2,3\n"), Options()).name == "csv"
