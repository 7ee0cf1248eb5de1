"""The clean article: corrected text only, one blank line between paragraphs."""

from __future__ import annotations

from dataclasses import replace

from review.model import Article, Code, ReadingHeader, Segment
from tests.formats.helpers import corrected, deleted, inserted, read, write

NEWS = b"Headline here\n\nOne. Two.\n\n[ad_1]\n\nThree.\n"


def test_the_clean_article_holds_what_is_left_after_review() -> None:
    header, (article,) = read(NEWS)
    headline, one, two, leftover, three = article.segments
    segments = (headline, corrected(one, "Uno."), two, inserted("New.", 1), deleted(leftover), three)
    out = write(header, [replace(article, segments=segments)], None, "text")
    assert out == b"Headline here\n\nUno. Two. New.\n\nThree.\n"


def test_articles_are_parted_by_two_blank_lines() -> None:
    header, (article,) = read(b"One. Two.")
    assert write(header, [article, article], None, "text") == b"One. Two.\n\n\nOne. Two.\n"


def test_chinese_sentences_are_joined_without_blanks() -> None:
    header, (article,) = read("一。二。".encode())
    assert write(header, [article], None, "text") == "一。二。\n".encode()


def test_inline_codes_of_the_file_are_left_out() -> None:
    segment = Segment("A <1>bold</1> word, <3/> and <9> signs.", codes=(Code("<1>"), Code("</1>"), Code("<3/>")))
    made = Article("a", (segment,))
    for format in ("text", "lines"):
        assert write(ReadingHeader(format), [made], None, format) == b"A bold word,  and <9> signs.\n"
    for format in ("csv", "tsv"):
        assert b"A bold word,  and <9> signs." in write(ReadingHeader(format), [made], None, format)
