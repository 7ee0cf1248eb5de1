"""The constraints of XLIFF 1.2, one by one: what breaks one is refused with its name, the line and the unit."""

from __future__ import annotations

import re

import pytest

from review import formats
from review.errors import FormatError
from review.formats.xliff1.rules import RULES
from tests.formats.helpers import read
from tests.formats.xliff1.samples import document, unit

NS = 'xmlns="urn:oasis:names:tc:xliff:document:1.2"'
OK = unit("一", "One")
FILE = '<file original="a" source-language="zh" datatype="x">'
SEG = '<seg-source><mrk mtype="seg" mid="a">一</mrk></seg-source>'


def whole(inside: str, root: str = f'version="1.2" {NS}') -> bytes:
    return f"<xliff {root}>{inside}</xliff>".encode()


PARTED = (
    '<seg-source><mrk mtype="seg" mid="a"><bx id="1"/>一</mrk>'
    '<mrk mtype="seg" mid="b">二<ex id="1"/></mrk></seg-source>'
    '<target><mrk mtype="seg" mid="a">{}</mrk><mrk mtype="seg" mid="b">{}</mrk></target>'
)
"""A unit of two segments with a pair of codes about both."""

REFUSED: dict[str, list[tuple[bytes, str]]] = {
    "root": [
        (b"<html><body/></html>", "the root element is <html>, not <xliff>"),
        (b'<trans-unit id="1"><source>x</source></trans-unit>', "the root element is <trans-unit>, not <xliff>"),
    ],
    "version": [(document(OK, root=f'version="1.3" {NS}'), r"version 1\.3 of XLIFF is unknown")],
    "version 2": [(document(OK, root=f'version="2.1" {NS}'), r"this is XLIFF 2\.1")],
    "namespace": [(document(OK, root='version="1.2" xmlns="urn:other"'), "the namespace “urn:other”")],
    "no file": [(whole(""), "there is no <file>")],
    "no body": [(whole(f"{FILE}<header/></file>"), "<file> has no <body>")],
    "unknown": [(document("<paragraph/>"), "knows no element <paragraph>")],
    "misplaced": [
        (whole(f"<body>{OK}</body>"), "<body> may not stand in <xliff>"),
        (whole(f"{FILE}{OK}</file>"), "unit “1”: <trans-unit> may not stand in <file>"),
        (document(unit("<note>x</note>")), "<note> may not stand in <source>"),
        (document(unit("<sub>x</sub>")), "<sub> may not stand in <source>"),
        (document(unit('<ph id="1"><g id="2">x</g></ph>')), "<g> may not stand in <ph>"),
        (document(unit("一", None, "<body/>")), "<body> may not stand in <trans-unit>"),
        (document(unit("一", None, "<alt-trans><group/><target>x</target></alt-trans>")), "<group> may not stand in"),
    ],
    "twice": [
        (whole(f"{FILE}<body/><body>{OK}</body></file>"), "<file> holds more than one <body>"),
        (document(unit("一", None, "<source>二</source>")), "more than one <source>"),
        (document(unit("一", "One", "<target>Two</target>")), "more than one <target>"),
        (document(unit("一", None, SEG + SEG)), "more than one <seg-source>"),
    ],
    "order": [
        (whole(f"{FILE}<body>{OK}</body><header/></file>"), "<header> must stand before <body>"),
        (
            document('<trans-unit id="1"><target>One</target><source>一</source></trans-unit>'),
            "<source> must stand before <target>",
        ),
        (document(unit("一", "One", SEG)), "<seg-source> must stand before <target>"),
    ],
    "stray text": [(document(unit("一", None, "loose")), "text stands in <trans-unit>, where none may be: “loose”")],
    "attribute": [
        (whole(f"{FILE}<body>{OK}</body></file>", NS), "<xliff> lacks its attribute version"),
        (document(OK, file='source-language="zh" datatype="x"'), "<file> lacks its attribute original"),
        (document(OK, file='original="a" datatype="x"'), "<file> lacks its attribute source-language"),
        (document(OK, file='original="a" source-language="zh"'), "<file> lacks its attribute datatype"),
        (document("<trans-unit><source>一</source></trans-unit>"), "<trans-unit> lacks its attribute id"),
        (document(OK, '<bin-unit id="b"><bin-source/></bin-unit>'), "<bin-unit> lacks its attribute mime-type"),
        *((document(unit(f"<{name}/>")), f"<{name}> lacks its attribute id") for name in ("g", "x", "bx", "ex", "ph")),
        *((document(unit(f"<{name}/>")), f"<{name}> lacks its attribute id") for name in ("bpt", "ept", "it")),
        (document(unit('<it id="1"/>')), "<it> lacks its attribute pos"),
        (document(unit("<mrk>x</mrk>")), "<mrk> lacks its attribute mtype"),
    ],
    "pos": [(document(unit('<it id="1" pos="middle"/>')), "pos of <it> may not be “middle”")],
    "duplicate unit": [
        (document(*[unit("一", attributes='id=""')] * 2), "the id “” stands on more than one unit"),
        (document(OK, OK), "unit “1”|the id “1” stands on more than one unit"),
        (document(OK, '<bin-unit id="1" mime-type="x/y"/>'), "the id “1” stands on more than one unit"),
    ],
    "no source": [(document('<trans-unit id="7"><target>One</target></trans-unit>'), "unit “7”: .* has no <source>")],
    "duplicate inline": [
        (document(unit('<g id="1">a</g><g id="1">b</g>')), "the id “1” stands on two different <g> of one <source>"),
        (document(unit('<x id="1"/><x id="1" ctype="lb"/>')), "two different <x>"),
        (document(unit("一", '<x id="1" clone="no"/><x id="1" ctype="lb" clone="no"/>')), "<x> of one <target>"),
    ],
    "duplicate rid": [
        (document(unit('<bx id="1" rid="r"/><bx id="2" rid="r"/><ex id="3" rid="r"/>')), "the rid “r”.* more than one"),
    ],
    "no end": [
        (document(unit('<bx id="1"/>一')), "<bx> “1” has no <ex> after it in <source>"),
        (document(unit("一", '<bpt id="1">[</bpt>One')), "<bpt> “1” has no <ept> after it in <target>"),
        (document(unit('<bx id="1" rid="a"/>一<ex id="2" rid="b"/>')), "<ex> “b” has no <bx> before it"),
    ],
    "no start": [
        (document(unit('一<ex id="1"/>')), "<ex> “1” has no <bx> before it in <source>"),
        (document(unit('<ept id="1">]</ept>一<bpt id="1">[</bpt>')), "<ept> “1” has no <bpt> before it"),
        (document(unit("一二", None, PARTED.format('<ex id="1"/><bx id="1"/>One', ""))), "<ex> “1” has no <bx>"),
        (document(unit("一二", None, PARTED.format('One<ex id="1"/>', "Two"))), "<ex> “1” has no <bx>"),
    ],
    "hollow": [
        (document(unit('<x id="1">text</x>')), "<x> must be empty"),
        (document(unit('<bx id="1"><g id="2"/></bx><ex id="1"/>')), "<bx> must be empty"),
    ],
    "no mid": [(document(unit("一", None, '<seg-source><mrk mtype="seg">一</mrk></seg-source>')), "has no mid")],
    "duplicate mid": [
        (
            document(unit("一", None, SEG.replace("</mrk>", '</mrk><mrk mtype="seg" mid="a"/>'))),
            "the mid “a” stands on more than one segment of <seg-source>",
        )
    ],
    "nested segment": [
        (
            document(unit("一", None, SEG.replace("一", '<mrk mtype="seg" mid="b">一</mrk>'))),
            "the mid “b” stands inside another",
        )
    ],
    "unknown mid": [
        (
            document(unit("一", None, SEG + '<target><mrk mtype="seg" mid="z">x</mrk></target>')),
            "unit “1”: <target> has a segment with the mid “z”, which <seg-source> lacks",
        ),
        (document(unit("一", '<mrk mtype="seg" mid="a">x</mrk>')), "mid “a”, which <seg-source> lacks"),
    ],
    "alternative mid": [
        (document(unit("一", None, SEG + '<alt-trans mid="q"><target>x</target></alt-trans>')), "mid “q”, which"),
    ],
}

WARNED: dict[str, list[tuple[bytes, str]]] = {
    "old version": [(document(OK, root='version="1.0"'), r"this is XLIFF 1\.0; it was read as 1\.2")],
    "no namespace": [(document(OK, root='version="1.2"'), "names no namespace")],
    "half": [
        (document(unit("一二", None, PARTED.format('<bx id="1"/>One', ""))), "<bx> “1” has no <ex> in <target>, which"),
        (document(unit("一二", None, PARTED.format("", 'Two<ex id="1"/>'))), "<ex> “1” has no <bx> in <target>, which"),
    ],
    "late source": [
        (document('<trans-unit id="1"><note>n</note><source>一</source></trans-unit>'), "<note> stands before <source>")
    ],
    "metadata attribute": [(document(f"<group><count-group/>{OK}</group>"), "<count-group> lacks its attribute name")],
    "value": [
        (document(unit("一", None, '<target state="odd">x</target>')), "state of <target> may not be “odd”"),
        (document(unit("一", attributes='id="1" approved="maybe"')), "approved of <trans-unit> may not be “maybe”"),
    ],
    "duplicate group": [(document(f'<group id="g"><group id="g">{OK}</group></group>'), "the id “g” stands on more")],
    "no alternative": [(document(unit("一", None, "<alt-trans/>")), "<alt-trans> has no <target>")],
    "language": [
        (document(OK, file='original="a" source-language="no such" datatype="x"'), "“no such” is no language code")
    ],
    "repeated inline": [(document(unit('<x id="1"/>一<x id="1"/>')), "<x> “1” stands more than once in <source>")],
    "foreign inline": [(document(unit('<y xmlns="urn:y">?</y>')), "<y> of another namespace stands in text")],
    "sub": [(document(unit('<ph id="1"><sub>alt</sub></ph>')), "text in <sub> cannot be edited here")],
    "unit reference": [(document(unit('<x id="1" xid="9"/>')), "xid “9” names no unit")],
    "alternative": [
        (
            document(unit("一", None, '<alt-trans><target><ex id="1"/></target></alt-trans>')),
            "an alternative was left out, because .*<ex> “1” has no <bx>",
        )
    ],
    "whole alternative": [
        (
            document(
                unit(
                    "一二",
                    None,
                    SEG.replace("</mrk>", '</mrk><mrk mtype="seg" mid="b">二</mrk>')
                    + "<alt-trans><target>Both</target></alt-trans>",
                )
            ),
            "an alternative of a whole unit of several segments",
        )
    ],
    "tool": [(document(unit("一", attributes='id="1" tool-id="t"')), "tool-id “t” names no <tool>")],
    "phase": [(document(unit("一", attributes='id="1" phase-name="p"')), "phase-name “p” names no <phase>")],
}


@pytest.mark.parametrize(("rule", "data", "what"), [(rule, *case) for rule, cases in REFUSED.items() for case in cases])
def test_what_breaks_a_constraint_is_refused_with_its_name(rule: str, data: bytes, what: str) -> None:
    with pytest.raises(FormatError, match=what) as caught:
        read(data, "xliff")
    assert caught.value.remedy == RULES[rule].remedy
    assert caught.value.line


@pytest.mark.parametrize(("rule", "data", "what"), [(rule, *case) for rule, cases in WARNED.items() for case in cases])
def test_what_tools_break_every_day_is_read_with_a_warning(rule: str, data: bytes, what: str) -> None:
    reading = formats.read(data, "xliff")
    assert [item for item in reading.articles if item.segments]
    assert len(reading.warnings) == 1
    assert re.search(what, reading.warnings[0])
    assert RULES[rule].remedy == ""


def test_every_rule_is_tested_and_refuses_or_warns() -> None:
    assert set(REFUSED) | set(WARNED) == set(RULES)
    assert {rule for rule in RULES if RULES[rule].remedy} == set(REFUSED)


def test_the_line_and_the_unit_are_named() -> None:
    data = document(OK, unit('<bx id="5"/>', attributes='id="second"'))
    with pytest.raises(FormatError, match=r"line 5: unit “second”: <bx> “5” has no <ex>"):
        read(data, "xliff")


def test_many_warnings_of_one_kind_are_one_sentence() -> None:
    units = [unit("一", None, "<alt-trans/>", f'id="{number}"') for number in range(4)]
    (warning,) = formats.read(document(*units), "xliff").warnings
    assert warning == "Line 4: unit “0”: <alt-trans> has no <target> (3 more like it)."


def test_elements_of_other_namespaces_may_stand_where_tools_put_them() -> None:
    tool = '<t:data xmlns:t="urn:tool"><t:source/><trans-unit xmlns="urn:tool"/></t:data>'
    data = document(tool, f"<group>{tool}{unit('一', 'One', tool)}</group>")
    assert [item.hypothesis for item in read(data, "xliff")[1][0].segments] == ["One"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + document(unit("&a;"))[22:], "entit"),
        (document("<group>" * 200 + OK + "</group>" * 200), "deep"),
        (document(unit('<g id="1">' * 150 + "x" + "</g>" * 150)), "deep"),
        (document(OK)[:-30], "the XML breaks"),
        (document(unit("&nbsp;")), "entity"),
        (b"\0" * 50, "XML breaks"),
        (b"PK\x03\x04", "XML breaks"),
    ],
)
def test_attacks_and_damage_are_refused(data: bytes, what: str) -> None:
    with pytest.raises(FormatError, match=what):
        read(data, "xliff")
