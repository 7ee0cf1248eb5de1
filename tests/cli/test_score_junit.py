"""``score --junit``: the checks as JUnit XML that code hosts read."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.cli.test_score import files, printed, refused, run

__all__ = ["files"]
# What the schemas of Ant's JUnit task and of Jenkins' xUnit plug-in both take, in as few words as it can be said.
SCHEMA = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="when"><xs:restriction base="xs:dateTime">
    <xs:pattern value="\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="word"><xs:restriction base="xs:string"><xs:pattern value="\\S+( \\S+)*"/></xs:restriction>
  </xs:simpleType>
  <xs:element name="testsuites"><xs:complexType><xs:sequence>
    <xs:element name="testsuite" maxOccurs="unbounded"><xs:complexType>
      <xs:sequence>
        <xs:element name="properties"><xs:complexType><xs:sequence>
          <xs:element name="property" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
            <xs:attribute name="name" type="word" use="required"/>
            <xs:attribute name="value" type="xs:string" use="required"/>
          </xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
        <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
          <xs:sequence>
            <xs:element name="failure" minOccurs="0"><xs:complexType><xs:simpleContent>
              <xs:extension base="xs:string">
                <xs:attribute name="type" type="xs:string" use="required"/>
                <xs:attribute name="message" type="xs:string" use="required"/>
              </xs:extension>
            </xs:simpleContent></xs:complexType></xs:element>
          </xs:sequence>
          <xs:attribute name="name" type="word" use="required"/>
          <xs:attribute name="classname" type="word" use="required"/>
          <xs:attribute name="time" type="xs:decimal" use="required"/>
        </xs:complexType></xs:element>
        <xs:element name="system-out" type="xs:string"/>
        <xs:element name="system-err" type="xs:string"/>
      </xs:sequence>
      <xs:attribute name="name" type="word" use="required"/>
      <xs:attribute name="package" type="word" use="required"/>
      <xs:attribute name="id" type="xs:int" use="required"/>
      <xs:attribute name="timestamp" type="when" use="required"/>
      <xs:attribute name="hostname" type="word" use="required"/>
      <xs:attribute name="tests" type="xs:int" use="required"/>
      <xs:attribute name="failures" type="xs:int" use="required"/>
      <xs:attribute name="errors" type="xs:int" use="required"/>
      <xs:attribute name="skipped" type="xs:int" use="optional"/>
      <xs:attribute name="time" type="xs:decimal" use="required"/>
    </xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
"""


def suite(path: Path) -> etree._Element:
    document = etree.parse(path)
    etree.XMLSchema(etree.fromstring(SCHEMA)).assertValid(document)
    return document.getroot()[0]


def test_each_check_is_a_test_case_of_its_system(files: Path) -> None:
    printed("one.en", "two.en", "-r", "ref.txt", "--format", "json", "--output", "base.json")
    args = (
        "one.en",
        "two.en",
        "-r",
        "ref.txt",
        "--baseline",
        "base.json",
        "--max-drop",
        "1",
        "--fail-under",
        "bleu=30",
    )
    result = run(*args, "--junit", "checks.xml")
    found = suite(files / "checks.xml")
    cases = {(one.get("classname"), one.get("name")): one.findtext("failure") for one in found.iter("testcase")}
    assert set(cases) == {
        (system, name) for system in ("one", "two") for name in ("BLEU fail-under", "BLEU max-drop", "chrF2 max-drop")
    }
    failures = [text for text in cases.values() if text]
    assert (found.get("tests"), found.get("failures")) == ("6", str(len(failures)))
    assert result.exit_code == 1
    assert [f"review: {text}" for text in failures] == result.stderr.splitlines()
    assert found.find("properties/property").get("value").startswith("nrefs:1|case:mixed")


def test_checks_that_pass_are_in_it_too(files: Path) -> None:
    printed("one.en", "-r", "ref.txt", "--fail-under", "bleu=1", "--junit", "checks.xml")
    found = suite(files / "checks.xml")
    assert (found.get("tests"), found.get("failures")) == ("1", "0")
    assert found.findtext("system-out").endswith("is not below 1.\n")


def test_names_that_xml_cannot_hold_are_mended(files: Path) -> None:
    args = ("one.en", "-r", "ref.txt", "--system", "a\x01  <b>&\ufffe", "--fail-under", "bleu=99")
    assert run(*args, "--junit", "checks.xml").exit_code == 1
    [case] = suite(files / "checks.xml").iter("testcase")
    assert case.get("classname") == "a\ufffd <b>&\ufffd"


def test_bad_input_leaves_no_file(files: Path) -> None:
    refused("one.en", "-r", "ref.txt", "-m", "bleu", "--fail-under", "ter=3", "--junit", "checks.xml")
    assert sorted(path.name for path in files.iterdir()) == ["one.en", "ref.txt", "two.en"]


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("--junit", "checks.xml"), "--junit writes checks; ask for one"),
        (("--fail-under", "bleu=1", "--junit", "no/checks.xml"), "no/checks.xml cannot be written"),
        (("--fail-under", "bleu=1", "--junit", "same", "--output", "same"), "same is named for two outputs"),
        (("--fail-under", "bleu=1", "--junit", "-"), "- is named for two outputs"),
    ],
)
def test_wrong_use_is_one_sentence(files: Path, args: tuple[str, ...], sentence: str) -> None:
    assert sentence in refused("one.en", "-r", "ref.txt", *args)
