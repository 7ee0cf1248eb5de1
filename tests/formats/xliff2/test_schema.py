"""The schemas of the OASIS committee as judges: what they refuse is refused, and nothing else for its structure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.errors import FormatError
from tests.formats.helpers import corrected, read, written
from tests.formats.xliff2.test_constraints import BROKEN
from tests.formats.xliff2.valid import ACCEPTED

pytestmark = pytest.mark.real_data

NEW = "{urn:oasis:names:tc:xliff:document:2.2}"
NAMES = ["file", "group", "unit", "segment", "ignorable", "notes", "note", "originalData", "data", "source", "target"]
NAMES += ["cp", "ph", "pc", "sc", "ec", "mrk", "sm", "em", "skeleton", "xliff", "nonsense"]
ATTRIBUTES = {
    "id": ["a", "b", "two words", ""],
    "translate": ["yes", "no", "maybe"],
    "canResegment": ["no", "firstNo"],
    "state": ["initial", "final", "done"],
    "type": ["fmt", "my:own", "comment", "x"],
    "order": ["1", "0", "x"],
    "priority": ["1", "10", "11"],
    "appliesTo": ["source", "unit"],
    "srcDir": ["rtl", "up"],
    "dir": ["rtl", "up"],
    "canReorder": ["yes", "firstNo", "never"],
    "isolated": ["yes", "1"],
    "hex": ["001F", "1F0", "x"],
    "href": ["a"],
    "startRef": ["1"],
    "version": ["2.1"],
    "colour": ["red"],
    "{urn:example:own}a": ["b"],
    "{http://www.w3.org/XML/1998/namespace}space": ["preserve", "keep"],
}
STRUCTURE = ("must hold", "may not stand in", "has no element", "is required", "text stands in")


@pytest.fixture(scope="module")
def schemas(shared_data: Path) -> dict[str, Any]:
    from lxml import etree

    folder = shared_data / "schemas"
    if not (folder / "xliff_core_2.0.xsd").is_file():
        pytest.skip("the XLIFF schemas are not there")

    class Local(etree.Resolver):
        def resolve(self, url: str, _: Any, context: Any) -> Any:  # type: ignore[override]
            if url.endswith("xml.xsd"):
                place = folder / "informativeCopiesOf3rdPartySchemas" / "w3c" / "xml.xsd"
                return self.resolve_filename(str(place), context)
            if url.endswith("metadata.xsd"):
                empty = (
                    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" '
                    'targetNamespace="urn:oasis:names:tc:xliff:metadata:2.0"><xs:element name="metadata"/></xs:schema>'
                )
                return self.resolve_string(empty, context)
            return None

    found = {}
    for version in ("2.0", "2.2"):
        parser = etree.XMLParser()
        parser.resolvers.add(Local())
        found[version] = etree.XMLSchema(etree.parse(str(folder / f"xliff_core_{version}.xsd"), parser))
    return found


def valid(schemas: dict[str, Any], data: bytes) -> bool:
    from lxml import etree

    tree = etree.fromstring(data)
    return bool(schemas["2.2" if tree.tag.startswith(NEW) else "2.0"].validate(tree))


def refusal(data: bytes) -> str:
    """Why a document is refused, "" where it is read."""
    try:
        read(data, "xliff2")
    except FormatError as error:
        return error.what
    return ""


def test_the_accepted_samples_are_valid(schemas: dict[str, Any]) -> None:
    assert [name for name, data in ACCEPTED.items() if not valid(schemas, data)] == []


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutated_document_is_judged_as_the_schema_judges_it(schemas: dict[str, Any], data: st.DataObject) -> None:
    from lxml import etree

    tree = etree.fromstring(ACCEPTED[data.draw(st.sampled_from(sorted(ACCEPTED)))])
    for _ in range(data.draw(st.integers(1, 2))):
        mutate(tree, data)
    mutated = etree.tostring(tree)
    why = refusal(mutated)
    if not valid(schemas, mutated):
        assert why, mutated.decode()
    elif why and "with at least one <segment>" not in why and ":" not in why.partition("<")[2].partition(">")[0]:
        assert not any(words in why for words in STRUCTURE), (why, mutated.decode())


def mutate(tree: Any, data: st.DataObject) -> None:
    """Take out, double, swap or rename an element, or set or take away an attribute."""
    from lxml import etree

    core = etree.QName(tree).namespace
    nodes = [
        node
        for node in tree.iter("{" + core + "}*")
        if node is not tree and all(etree.QName(above).namespace == core for above in node.iterancestors())
    ]
    if not nodes:
        return
    node = data.draw(st.sampled_from(nodes))
    parent = node.getparent()
    how = data.draw(st.sampled_from(["out", "twice", "swap", "rename", "set", "set", "unset", "text"]))
    if how == "out":
        parent.remove(node)
    elif how == "twice":
        parent.insert(parent.index(node), etree.fromstring(etree.tostring(node, with_tail=False)))
    elif how == "swap" and (after := node.getnext()) is not None:
        parent.insert(parent.index(node), after)
    elif how == "rename":
        node.tag = "{" + core + "}" + data.draw(st.sampled_from(NAMES))
    elif how == "set":
        name = data.draw(st.sampled_from(sorted(ATTRIBUTES)))
        node.set(name, data.draw(st.sampled_from(ATTRIBUTES[name])))
    elif how == "unset" and node.attrib:
        del node.attrib[data.draw(st.sampled_from(sorted(node.attrib)))]
    elif how == "text":
        node.text = "stray"


@pytest.mark.parametrize("name", ACCEPTED)
def test_an_edited_document_is_still_valid(schemas: dict[str, Any], name: str) -> None:
    header, articles = read(ACCEPTED[name])
    for number, article in enumerate(articles):
        segments = tuple(corrected(segment, segment.text + " & more <new>") for segment in article.segments)
        articles[number] = replace(article, segments=segments)
    made, _ = written(header, articles, ACCEPTED[name])
    assert valid(schemas, made)
    assert refusal(made) == ""


def test_every_refusal_of_structure_is_the_schema_s_too(schemas: dict[str, Any]) -> None:
    ours = {"unit without segment", "own attribute of a code"}
    for name, (data, _) in BROKEN.items():
        why = refusal(data)
        module = ":" in why.partition("<")[2].partition(">")[0]
        if any(words in why for words in STRUCTURE) and not module and name not in ours:
            assert not valid(schemas, data), name
