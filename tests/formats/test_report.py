"""Change reports: what, by whom, when, why, on which flag's advice."""

from __future__ import annotations

import csv
import io

from lxml import html

from review.model import Article, Change, Code, Comment, Correction, ErrorSpan, Rating, Segment
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


def report(*articles: Article) -> html.HtmlElement:
    header, _ = read(b"x.", "article")
    return html.document_fromstring(write(header, articles, None, "report-html").decode())


def cells(page: html.HtmlElement, table: int) -> list[list[str]]:
    rows = page.xpath("//table")[table].xpath(".//tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_the_overview_counts_by_article_and_by_person() -> None:
    page = report(Article("one", SEGMENTS, "mt"), Article("two", SEGMENTS[:1]))
    assert cells(page, 0)[1:] == [
        ["one (mt)", "4", "1", "1", "1", "0", "0", "1", "1", "0"],
        ["two", "1", "1", "0", "0", "0", "0", "1", "1", "0"],
        ["All", "5", "2", "1", "1", "0", "0", "2", "2", "0"],
    ]
    assert cells(page, 1) == [
        ["Who", "Changes", "Flags taken", "Comments", "Errors marked"],
        ["Li Wei", "4", "2", "0", "0"],
        ["Bo", "0", "0", "2", "0"],
        ["Zhang", "2", "0", "0", "0"],
    ]
    assert page.xpath("//td//a/@href | //th//a/@href") == ["#article-1", "#article-2"]


def test_a_segment_shows_its_whole_way_and_each_step() -> None:
    page = report(Article("one", SEGMENTS[:1], "mt"))
    row = page.xpath("//table[@class='changes']/tbody/tr")[0]
    assert row.xpath("./td[3]/del/text()") == ["Kaos"]
    assert row.xpath("./td[3]/ins/text()") == ["COSMOPlat", " well"]
    assert row.xpath(".//div[@class='step']//ins/text()") == ["COSMOPlat", " well"]
    assert row.xpath(".//time/@datetime") == ["2026-09-21T14:13:20Z", "2026-09-21T14:14:20Z", "2026-09-21T14:13:20Z"]
    assert "Suggested: COSMOPlat" in row.text_content()


def test_marked_errors_and_ratings_stand_under_their_article() -> None:
    spans = (
        ErrorSpan("a", "0", 0, 4, "terminology", "major", "Rater 1", subcategory="wrong term", note="a name"),
        ErrorSpan("b", "9", 0, 1, "style", "minor", "Rater 2"),
    )
    ratings = (Rating("Rater 1", 66.5, "0"), Rating("Rater 2", None, "0"), Rating("Rater 2", 80))
    page = report(Article("one", (Segment("Kaos works.", name="7"),), spans=spans, ratings=ratings))
    assert page.xpath("//mark/text()") == ["Kaos"]
    assert ["7", "Kaos works.", "terminology, wrong term, majorby Rater 1a name"] in cells(page, 2)
    assert "merged or split since" in page.text_content()
    assert cells(page, 3)[1:] == [["7", "Rater 1", "66.5"], ["the article", "Rater 2", "80"]]


def test_inline_codes_are_not_shown() -> None:
    codes = (Code("<1>", "<b>"), Code("</1>", "</b>"))
    segment = Segment("A <1>b</1> c.", codes=codes, correction=Correction("A <1>d</1> c.", "draft", "Li Wei", AT))
    for kind in ("report-html", "html"):
        data = write(read(b"x.", "article")[0], [Article("one", (segment,))], None, kind).decode()
        assert "&lt;1&gt;" not in data


def test_the_page_loads_nothing_and_says_so() -> None:
    page = report(Article("one", SEGMENTS, "mt"))
    assert page.xpath("//@src | //link | //script | //@style | //form") == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def test_an_article_without_changes_says_so() -> None:
    assert "Nothing was changed in it." in report(Article("one", (Segment("a"),))).text_content()
