"""Alignment: every sentence in one bead, in order, and mostly in the right one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.text import alignment
from review.text.alignment import Bead, align, pair, sureness
from review.text.sentences import sentences, separator

SIDE = st.lists(st.lists(st.text("ab 12中.", max_size=20), max_size=4), max_size=4)


@given(SIDE, SIDE)
def test_every_sentence_stands_in_one_bead_and_in_order(source: list[list[str]], target: list[list[str]]) -> None:
    beads = align(source, target)
    assert [index for bead in beads for index in bead.sources] == list(range(sum(map(len, source))))
    assert [index for bead in beads for index in bead.targets] == list(range(sum(map(len, target))))
    assert 0 <= sureness(beads) <= 1


@given(SIDE)
def test_a_text_is_aligned_with_itself_one_to_one(side: list[list[str]]) -> None:
    whole = [[f"sentence {n}.{m} {text}" for m, text in enumerate(part)] for n, part in enumerate(side)]
    assert all(bead.sources == bead.targets for bead in align(whole, whole))


def test_a_long_sentence_belongs_to_the_two_it_was_made_into() -> None:
    source = [["他说港口的建设进展顺利，明年就可以投入使用，大家都很高兴。", "会议结束了。"]]
    target = [
        ["He said the port was coming along well.", "It could be used next year, and all were glad.", "It ended."]
    ]
    assert pair(source, target) == [(source[0][0], (0, 1)), (source[0][1], (2,))]


def test_numbers_and_names_in_both_texts_hold_them_together() -> None:
    source = [["1991年建厂房。", "1992年建码头。", "1993年建铁路。", "1994年建学校。", "GDP增长了。"]]
    target = [["A factory in 1991.", "A quay in 1992.", "A school in 1994.", "GDP grew."]]
    found = {targets: text for text, targets in pair(source, target)}
    assert found[0,] == "1991年建厂房。"
    assert "1994年建学校。" in found[2,]
    assert found[3,] == "GDP增长了。"


def test_paragraphs_end_together() -> None:
    source = [["甲乙丙丁戊己。", "庚辛壬癸子丑。"], ["寅卯辰巳午未。"]]
    target = [["Something rather long is said in here at length."], ["More is said here."]]
    assert [(bead.sources, bead.targets) for bead in align(source, target)] == [((0, 1), (0,)), ((2,), (1,))]


def test_one_side_may_be_empty() -> None:
    assert align([], [["a"]]) == [Bead((), (0,), align([], [["a"]])[0].cost)]
    assert pair([["a"]], []) == [("a", ())]
    assert align([], []) == []


@pytest.mark.parametrize(("rows", "columns"), [(150, 40), (40, 150), (2, 300), (300, 2), (200, 200)])
def test_long_texts_are_aligned_in_a_band(monkeypatch: pytest.MonkeyPatch, rows: int, columns: int) -> None:
    monkeypatch.setattr(alignment, "_CELLS", 500)
    monkeypatch.setattr(alignment, "_BAND", 10)
    beads = align([["a b c."] * rows], [["d e f."] * columns])
    assert sum(len(bead.sources) for bead in beads) == rows
    assert sum(len(bead.targets) for bead in beads) == columns


def likeness(texts: Sequence[str]) -> np.ndarray:
    """Vectors that know Chinese and English words for four things: [port, tea, rain, road], and nothing else."""
    pairs = (("港", "port"), ("茶", "ea"), ("雨", "ain"), ("路", "road"))
    rows = np.array([[1e-3 + (han in text or word in text) for han, word in pairs] for text in texts], np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("source", "target", "lengths_say", "want"),
    [
        (
            ["他们修了港口，也修了新的道路。", "大家喝茶。", "今天没有下雨。"],
            ["They built a port.", "They built a long new road as well.", "They had tea and no rain."],
            [((0, 1), (0, 1)), ((2,), (2,))],
            [((0,), (0, 1)), ((1, 2), (2,))],
        ),
        (
            ["他们修了港口。", "大家在喝茶。"],
            ["They built a port, which is big.", "They needed years for the port.", "All are having tea."],
            [((0,), (0,)), ((1,), (1, 2))],
            [((0,), (0, 1)), ((1,), (2,))],
        ),
    ],
)
def test_meanings_mend_what_lengths_get_wrong(
    source: list[str], target: list[str], lengths_say: list[object], want: list[object]
) -> None:
    assert [(bead.sources, bead.targets) for bead in align([source], [target])] == lengths_say
    beads = align([source], [target], likeness)
    assert [(bead.sources, bead.targets) for bead in beads] == want
    assert all(bead.cost >= 0 for bead in beads)


def test_meanings_are_not_asked_for_where_all_is_sure_or_the_text_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def embed(texts: Sequence[str]) -> np.ndarray:
        raise AssertionError("asked")

    same = [["one sentence 1.", "another one 2.", "a third 3."]]
    assert [bead.sources for bead in align(same, same, embed)] == [(0,), (1,), (2,)]
    monkeypatch.setattr(alignment, "_MOST_EMBEDDED", 5)
    assert align([["a b c."] * 9], [["d e f."]], embed) == align([["a b c."] * 9], [["d e f."]])


def test_articles_without_line_breaks_are_aligned_well(shared_data: Path) -> None:
    """On the 38 news articles of WMT23, run together and cut again, most sentences find their source."""
    folder = shared_data / "wmt23-zh-en"
    source, target = ((folder / name).read_text("utf-8").split("\n") for name in ("source.zh", "reference.refA.en"))
    documents: dict[str, list[int]] = {}
    for row in (folder / "documents.tsv").read_text("utf-8").splitlines()[1:]:
        line, document, _segment = row.split("\t")
        documents.setdefault(document, []).append(int(line) - 1)
    right = total = 0
    for lines in documents.values():
        mine, owners = _run_together([source[line] for line in lines], "zh")
        other, theirs = _run_together([target[line] for line in lines], "en")
        total += len(other)
        for bead in align([mine], [other]):
            here = set().union(*(owners[index] for index in bead.sources))
            there = set().union(*(theirs[index] for index in bead.targets))
            right += len(bead.targets) * (here == there)
    assert right / total > 0.95


def _run_together(lines: list[str], language: str) -> tuple[list[str], list[set[int]]]:
    """The sentences of lines put together, each with the numbers of the lines it came from."""
    text, owners = "", []
    for number, line in enumerate(lines):
        gap = separator(text, line.strip())
        text += gap + line.strip()
        owners += [number] * (len(gap) + len(line.strip()))
    ranges = sentences(text, language)
    return [text[start:end] for start, end in ranges], [set(owners[start:end]) for start, end in ranges]
