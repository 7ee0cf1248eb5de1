"""The clean article: corrected text only, one blank line between paragraphs."""

from __future__ import annotations

from dataclasses import replace

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
