"""Two loose documents of any running format are paired by alignment."""

from __future__ import annotations

import pytest

from review import formats
from review.errors import InputError
from review.steps.importing import Input, plan
from review.text.alignment import Bead
from tests.formats.docx.documents import document, paragraphs
from tests.formats.helpers import corrected, read, written

TARGET = document(["The port grew by 6.8%. It handled 410 tons. ", ("Kaos", "b"), " works in Qingdao."], ["The end."])
SOURCE = document(["港口增长6.8%。"], ["处理了410吨。", "Kaos在青岛运行。"], ["完。"])
SIDES = {
    "docx": SOURCE,
    "txt": "港口增长6.8%。处理了410吨。\n\nKaos在青岛运行。\n\n完。\n".encode(),
}
PAIRS = ["港口增长6.8%。", "处理了410吨。", "Kaos在青岛运行。", "完。"]


@pytest.mark.parametrize("kind", SIDES)
def test_a_source_of_another_format_is_laid_beside(kind: str) -> None:
    header, (article,) = read(TARGET, source=SIDES[kind], references=[SIDES["txt"]], alternatives=[TARGET])
    assert header.extra["count"] == 4
    assert [segment.source for segment in article.segments] == PAIRS
    assert [segment.references for segment in article.segments] == [(text,) for text in PAIRS]
    assert article.segments[2].alternatives == ("Kaos works in Qingdao.",)
    assert (article.source_language, article.target_language) == ("zh", "en")


def test_a_plain_text_takes_a_document_as_its_source() -> None:
    text = b"The port grew by 6.8%. It handled 410 tons.\n\nKaos works in Qingdao.\n\nThe end.\n"
    _, (article,) = read(text, source=SOURCE)
    assert [segment.source for segment in article.segments] == PAIRS


def test_sentences_that_share_a_source_are_one_and_a_source_alone_is_a_segment(monkeypatch: pytest.MonkeyPatch) -> None:
    beads = [Bead((0,), (0, 1)), Bead((1,), ()), Bead((2,), (2,))]
    monkeypatch.setattr("review.formats.pairing.beads_of", lambda side, target: beads)
    target = document(["The port grew by 6.8 percent. ", "It handled 410 tons of cargo."], ["The end is near."])
    alone = "剩下的没有翻译。"
    source = f"港口增长了6.8个百分点，处理了410吨货物。\n\n{alone}\n\n终点已近。"
    header, (article,) = read(target, source=source.encode())
    pairs = [(segment.source, segment.hypothesis, len(segment.locators)) for segment in article.segments]
    assert pairs == [
        ("港口增长了6.8个百分点，处理了410吨货物。", "The port grew by 6.8 percent. It handled 410 tons of cargo.", 2),
        (alone, "", 0),
        ("终点已近。", "The end is near.", 1),
    ]  # fmt: skip
    first, empty, last = article.segments
    edited = [first, corrected(empty, "The rest."), last]
    data, _ = written(header, [type(article)(article.name, tuple(edited), target_language="en")], target)
    assert paragraphs(data)[0].endswith("of cargo. The rest.")
    assert paragraphs(data, "reject") == paragraphs(target)


def test_a_table_takes_no_separate_files() -> None:
    with pytest.raises(InputError, match="in columns or keys"):
        plan([Input.of(b'{"hypothesis": "x"}')], {"source": b"x"})


def test_documents_are_known_among_the_running_formats() -> None:
    running = {name for name, item in formats.formats().items() if item.running}
    assert {"article", "docx"} <= running
    assert "jsonl" not in running
