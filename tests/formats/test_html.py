"""HTML: stands alone, shows every text as text, marks what changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from review.model import Article, Comment, Segment
from tests.formats.helpers import AT, HOSTILE, corrected, deleted, inserted, read, write


def page(article: Article, kind: str = "html") -> html.HtmlElement:
    header, _ = read(b"x y z.", "article", name="n")
    return html.document_fromstring(write(header, [article], None, kind).decode())


def article(*segments: Segment, **more: str) -> Article:
    return Article("one", segments, "mt", **{"source_language": "zh", "target_language": "en", **more})


def test_changes_are_marked_by_word() -> None:
    found = page(article(corrected(Segment("The double cycle works.", source="双循环"), "The dual circulation works.")))
    assert found.xpath("//del/text()") == ["double cycle"]
    assert found.xpath("//ins/text()") == ["dual circulation"]
    assert found.xpath("//td[@lang='zh']/text()") == ["双循环"]
    assert "Li Wei, 21 Sep 2026, 14:13 UTC" in found.text_content()


def test_deleted_and_inserted_segments_are_marked_whole() -> None:
    found = page(article(deleted(Segment("[ad_1]")), inserted("New one.")))
    assert found.xpath("//del/text()") == ["[ad_1]"]
    assert found.xpath("//ins/text()") == ["New one."]


def test_there_is_no_source_column_without_a_source() -> None:
    assert len(page(article(Segment("a"))).xpath("//th")) == 3
    assert len(page(article(Segment("a", source="b"))).xpath("//th")) == 4


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["html", "report-html"])
def test_hostile_text_is_shown_as_text(text: str, kind: str) -> None:
    comment = Comment("c", text, text, AT)
    segment = corrected(Segment(text, name=text, source=text), text + "!", comments=(comment,))
    found = page(replace(article(segment), name=text, system=text), kind)
    assert found.xpath("//script|//b|//a|//img") == []
    assert " ".join(text.split()) in " ".join(found.text_content().split())


def test_nothing_is_loaded_from_elsewhere() -> None:
    found = page(article(Segment("a")))
    assert found.xpath("//@src|//link/@href") == []
    assert "default-src 'none'" in found.xpath("//meta/@content")[1]


def test_right_to_left_text_says_so() -> None:
    found = page(article(corrected(Segment("جملة."), "جملة أخرى."), target_language="ar"))
    assert set(found.xpath("//td[@lang='ar']/@dir")) == {"rtl"}
    assert page(article(Segment("x"), target_language="")).xpath("//td[@dir='auto']")
    found = page(article(Segment("x"), target_language="az-Arab"))
    assert set(found.xpath("//td[@lang='az-Arab']/@dir")) == {"rtl"}
