"""TMX that is broken or means harm: one sentence with the file, the line and a remedy, and nothing else."""

from __future__ import annotations

import pytest

from review.errors import FormatError
from tests.formats.tmx.samples import GOOD, units


def bomb(levels: int = 12) -> str:
    declared = "".join(f'<!ENTITY e{n} "{"x" if n == 0 else f"&e{n - 1};" * 10}">' for n in range(levels))
    return GOOD.replace('SYSTEM "tmx14.dtd"', f"[{declared}]").replace("最后一句。", f"&e{levels - 1};")


START = '<tmx version="1.4"><header srclang="zh"/><body>'
BAD = {
    "bomb": (bomb(), "declares entities", 2),
    "external entity": (
        GOOD.replace('SYSTEM "tmx14.dtd"', '[<!ENTITY x SYSTEM "file:///etc/hostname">]').replace("句", "&x;"),
        "declares entities",
        2,
    ),
    "parameter entity": (GOOD.replace('SYSTEM "tmx14.dtd"', '[\n<!ENTITY % x "y">]'), "declares entities", 3),
    "unknown entity": (GOOD.replace("最后一句。", "&foo;"), "“foo”", 12),
    "depth": (START + "<a>" * 40 + "</a>" * 40, "30 deep", 1),
    "great depth": (START + "<a>" * 5000, "30 deep", 1),
    "deep inline": (
        GOOD.replace("最后一句。", "<hi>" * 60 + "x" + "</hi>" * 60),
        "30 deep",
        12,
    ),
    "one huge unit": (START + "<tu>" + "<a/>" * 20_001 + "</tu>", "more than 20,000 elements", 1),
    "cut off": (GOOD[:-20], "the XML breaks here", 12),
    "another kind": ("<xliff version='1.2'/>", "<xliff>, not <tmx>", 1),
    "HTML": ("<!DOCTYPE html>\n<html><body></body></html>", "<html>, not <tmx>", 2),
    "no XML": ("Dear Anna", "the XML breaks here", 1),
    "empty": ("", "the file is empty", None),
    "blank": (" \n ", "the file is empty", None),
    "no language": (GOOD.replace('<tuv xml:lang="de">', "<tuv>"), "has no language", 10),
    "no segment": (GOOD.replace("<seg>Die Plattform</seg>", ""), "no <seg>", 10),
    "version 2": (GOOD.replace('version="1.4"', 'version="2.0"'), "TMX 2.0", 3),
    "half a character": (GOOD.replace("最后一句。", "&#xD800;"), "the XML breaks here", 12),
    "no end of the beginning": ("<!--" + "x" * 70_000, "within the first 64 KB", None),
    "a long segment": (GOOD.replace("Die Plattform", "x" * 1_000_001), "longer than 1,000,000", 10),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_get_one_sentence_with_the_line(name: str) -> None:
    text, part, line = BAD[name]
    with pytest.raises(FormatError) as caught:
        units(text)
    said = str(caught.value)
    assert part in said
    assert said.startswith("memory.tmx")
    assert "\n" not in said
    if line is not None:
        assert caught.value.line == line


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (GOOD.replace("Die", "Dié").encode("latin-1", "replace"), "not UTF-8"),
        (GOOD.encode("utf-16")[:-1], "not UTF-16"),
        (GOOD.replace('"utf-8"', '"klingon"').encode(), "encoding is unknown"),
        (b"\x00" * 100, "the XML breaks here"),
    ],
)
def test_bad_bytes_get_one_sentence(data: bytes, part: str) -> None:
    with pytest.raises(FormatError, match=part):
        units(data)


def test_the_dtd_that_a_file_names_is_never_loaded() -> None:
    text = GOOD.replace("tmx14.dtd", "http://127.0.0.1:9/never.dtd")
    assert len(units(text)) == 3
    assert len(units(GOOD.replace("tmx14.dtd", "file:///etc/passwd"))) == 3
