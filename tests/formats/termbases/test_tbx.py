"""TBX as other programs write it: every status, both styles, groups, old dialects; and what is dropped is said."""

from __future__ import annotations

import re

import pytest

from review.formats.termbases import read_termbase, write_termbase
from review.model import Concept, Condition, Evidence, Term

V2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Default" xml:lang="en">
 <martifHeader><fileDesc><sourceDesc><p>made for a test</p></sourceDesc></fileDesc></martifHeader>
 <text><body>
  <termEntry id="harbour-1">
   <descrip type="subjectField">ports</descrip>
   <langSet xml:lang="en-GB">
    <descripGrp><descrip type="definition">a place
      where ships lie</descrip><admin type="source">Pilot book</admin></descripGrp>
    <ntig>
     <termGrp><term>sea <hi>port</hi></term>
      <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
      <termNote type="partOfSpeech">noun</termNote></termGrp>
     <admin type="source">Harbour board</admin>
     <xref type="externalCrossReference" target="https://example.org/port">Harbour board</xref>
     <transacGrp><transac type="transactionType">origination</transac><date>2020-02-03</date></transacGrp>
    </ntig>
    <tig><term>maritime port</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote>
     <termNote type="geographicalUsage">Canada</termNote></tig>
    <tig><term>sea harbor</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>
     <note>American spelling</note></tig>
    <tig><term>haven town</term><termNote type="normativeAuthorization">supersededTerm</termNote></tig>
    <tig><term>ship parking</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>
     <note>Forbidden.</note></tig>
   </langSet>
   <langSet xml:lang="zh-Hans"><tig><term>海港</term></tig><tig><term>港口</term></tig></langSet>
  </termEntry>
 </body></text>
</martif>
"""


def test_every_status_group_and_level_of_version_2_is_understood() -> None:
    reading = read_termbase(V2.encode(), name="ports.tbx")
    (concept,) = reading.concepts
    assert (concept.id, concept.subject, concept.termbase) == ("harbour-1", "ports", "ports")
    assert concept.definition == "a place where ships lie"
    assert [(term.text, term.language, term.status) for term in concept.terms] == [
        ("sea port", "en-GB", "preferred"),
        ("maritime port", "en-GB", "admitted"),
        ("sea harbor", "en-GB", "deprecated"),
        ("haven town", "en-GB", "superseded"),
        ("ship parking", "en-GB", "forbidden"),
        ("海港", "zh-Hans", "preferred"),
        ("港口", "zh-Hans", "admitted"),
    ]
    first = concept.terms[0]
    assert first.part_of_speech == "noun"
    assert first.evidence == Evidence("Harbour board", "https://example.org/port", "2020-02-03")
    assert concept.terms[2].note == "American spelling"
    (sentence,) = reading.warnings
    assert "geographicalUsage (1)" in sentence
    assert "source (1)" in sentence


DCA = """<tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>quay</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>
<termNote type="partOfSpeech">properNoun</termNote></termSec></langSec></conceptEntry></body></text></tbx>"""
DCT = """<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>quay</term>
<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus>
<min:partOfSpeech>properNoun</min:partOfSpeech></termSec></langSec></conceptEntry></body></text></tbx>"""
OLD = """<TBX dialect="TBX-Min"><body><entry id="c1"><langGroup xml:lang="en"><termGroup><term>quay</term>
<termStatus>notRecommended</termStatus><partOfSpeech>properNoun</partOfSpeech></termGroup></langGroup></entry></body></TBX>"""


@pytest.mark.parametrize("text", [DCA, DCT, OLD], ids=["dca", "dct", "old min"])
def test_both_styles_of_version_3_and_the_old_minimum_say_the_same(text: str) -> None:
    (concept,) = read_termbase(text.encode()).concepts
    assert concept.terms == (Term("quay", "en", "deprecated", "name"),)


CONCEPT = Concept(
    "kaos",
    (
        Term("卡奥斯", "zh", matching="exact"),
        Term("COSMOPlat", "en", "preferred", "name", evidence=Evidence("Haier", "https://example.org", "2026-01-02")),
        Term("Kaos", "en", "superseded", "name", condition=Condition(near=("Haier",)), note="pinyin"),
    ),
    subject="industry",
    definition="a platform",
    termbase="mine",
)


@pytest.mark.parametrize("kind", ["tbx-v2", "tbx-v3", "tbx-v3-dct"])
def test_what_is_written_uses_the_standard_s_own_names_and_places(kind: str) -> None:
    text = write_termbase([CONCEPT], kind)[0].decode()
    flat = re.sub(r">\s+<", "><", text)
    for value in ("preferredTerm-admn-sts", "supersededTerm-admn-sts", "properNoun", "industry", "a platform", "Haier"):
        assert f">{value}<" in flat
    assert 'target="https://example.org"' in flat
    assert "<date>2026-01-02</date>" in flat
    assert "<note>pinyin</note>" in flat
    if kind == "tbx-v2":
        assert "<martif" in flat
        assert re.search(r'<langSet xml:lang="zh"><tig><term>卡奥斯</term><termNote', flat)
    else:
        assert 'xmlns="urn:iso:std:iso:30042:ed-2"' in flat
        wanted = "<min:partOfSpeech>" if kind == "tbx-v3-dct" else '<termNote type="partOfSpeech">'
        assert wanted in flat


def test_a_note_of_ours_that_was_spoiled_is_a_note_like_any_other() -> None:
    note = '<note>Rendition: {"status": </note></termSec>'
    (concept,) = read_termbase(DCA.replace("</termSec>", note).encode()).concepts
    assert concept.terms[0].note == 'Rendition: {"status":'
    odd = '<note>Rendition: {"status": 7, "matching": "x", "condition": {"near": "y", "telling": 3}}</note></termSec>'
    (concept,) = read_termbase(DCA.replace("</termSec>", odd).encode()).concepts
    assert concept.terms[0] == Term("quay", "en", "deprecated", "name", condition=Condition())
