"""XLIFF 2 that is broken or means harm: one sentence with the line, and nothing else."""

from __future__ import annotations

import pytest

from review.errors import FormatError
from review.formats import Options, Source, recognise
from tests.formats.helpers import read
from tests.formats.xliff2.samples import PLAIN, document, segment, unit

GOOD = segment("你好", "Hello").decode()
DOCTYPE = '?>\n<!DOCTYPE xliff [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

HOSTILE: dict[str, tuple[bytes, str]] = {
    "entity bomb": (GOOD.replace("?>", DOCTYPE, 1).replace("Hello", "&b;").encode(), "declares entities"),
    "entity of a file": (
        GOOD.replace("?>", '?>\n<!DOCTYPE xliff [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1).encode(),
        "declares entities",
    ),
    "unknown entity": (GOOD.replace("Hello", "&nbsp;").encode(), "declared nowhere"),
    "deep codes": (
        segment("".join(f'<pc id="{n}">' for n in range(300)) + "</pc>" * 300),
        "more than 100 deep",
    ),
    "deep groups": (
        document('<file id="f">' + "".join(f'<group id="{n}">' for n in range(300)) + "</group>" * 300 + "</file>"),
        "more than 100 deep",
    ),
    "huge unit": (unit(PLAIN * 40_000), "more than 100,000 elements"),
    "cut off": (GOOD[:-20].encode(), "the XML breaks here"),
    "two roots": ((GOOD + GOOD.partition("?>")[2]).encode(), "the XML breaks here"),
    "no XML": (b"Hello", "the XML breaks here"),
    "empty": (b"", "the file is empty"),
    "another root": (b'<html xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "this is no XLIFF 2 document"),
    "an older version": (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "none of XLIFF 2"),
    "a unit at the top": (b"<unit/>", "this is no XLIFF 2 document"),
    "a control character": (GOOD.replace("Hello", "He\x01").encode(), "the XML breaks here"),
    "half a character": (GOOD.encode().replace(b"Hello", b"\xe4\xbd"), "the text is not UTF-8"),
    "nothing to translate": (unit(PLAIN, 'id="u1" translate="no"'), "nothing that is to be translated"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_sentence(name: str) -> None:
    data, words = HOSTILE[name]
    with pytest.raises(FormatError) as refused:
        read(data, "xliff2")
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_id_of_any_length_is_told_shortened() -> None:
    with pytest.raises(FormatError) as refused:
        read(unit(PLAIN + PLAIN.replace("<segment", f'<segment id="{"x" * 10_000} "')), "xliff2")
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0">', "xliff2"),
        ("<x:xliff xmlns:x='urn:oasis:names:tc:xliff:document:2.2' version='2.2'>", "xliff2"),
        ('<!-- <xliff version="1.2"> --><xliff version="2.9">', "xliff2"),
        ('<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">', "xliff"),
    ],
)
def test_the_version_is_told_by_the_root(head: str, name: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        source = Source("a.xlf", data=f'<?xml version="1.0"?>\n{head}</xliff>'.encode(encoding))
        assert recognise(source, Options()).name == name
