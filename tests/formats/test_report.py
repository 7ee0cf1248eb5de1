"""Change reports: what, by whom, when, why, on which flag's advice."""

from __future__ import annotations

import csv
import io

from lxml import html

from review.model import Article, Change, Comment, Correction, Segment
from tests.formats.helpers import AT, deleted, inserted, read, write

FLAG = {
    "detector": "terminology",
    "category": "terminology",
    "severity": "major",
    "message": "Kaos is COSMOPlat.",
    "suggestions": ["COSMOPlat"],
    "evidence": "Haier",
}
SEGMENTS = (
    Segment(
        "Kaos works.",
        name="1",
        source="卡奥斯",
        correction=Correction(
            "COSMOPlat works well.",
            "draft",
            "Li Wei",
            AT,
            (
                Change("accept", "Kaos works.", "COSMOPlat works.", "Li Wei", AT, flag=FLAG),
                Change("edit", "COSMOPlat works.", "COSMOPlat works well.", "Zhang", AT + 60_000_000, reason="style"),
            ),
            (Comment("c", "=CMD()", "Bo", AT),),
        ),
    ),
    deleted(Segment("[ad_1]", name="2")),
    inserted("New."),
    Segment("Untouched.", name="4"),
)


def test_each_act_is_a_row() -> None:
    header, _ = read(b"x.", "article")
    data = write(header, [Article("one", SEGMENTS, "mt")], None, "report").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert [(row["act"], row["before"], row["after"], row["by"]) for row in rows] == [
        ("accept", "Kaos works.", "COSMOPlat works.", "Li Wei"),
        ("edit", "COSMOPlat works.", "COSMOPlat works well.", "Zhang"),
        ("comment", "", "", "Bo"),
        ("delete", "[ad_1]", "", "Li Wei"),
        ("insert", "", "New.", "Li Wei"),
    ]
    assert rows[0]["advice"] == "Kaos is COSMOPlat."
    assert rows[0]["suggestion"] == "COSMOPlat"
    assert rows[0]["corrected"] == "COSMOPlat works well."
    assert rows[0]["at"] == "2026-09-21T14:13:20Z"
    assert rows[1]["reason"] == "style"
    assert rows[2]["reason"] == "'=CMD()", "a formula is made harmless"


def test_the_page_says_the_same() -> None:
    header, _ = read(b"x.", "article")
    data = write(header, [Article("one", SEGMENTS, "mt")], None, "report-html").decode()
    text = " ".join(html.document_fromstring(data).text_content().split())
    assert "4 segments: 1 changed, 1 deleted, 1 inserted." in text
    assert "Accepted by Li Wei" in text
    assert "Kaos is COSMOPlat." in text
    assert "Flag: terminology, terminology, major" in text
    assert "Evidence: Haier" in text
