"""A corpus on disk: written, looked through and folded without a difference, and never trusted when broken."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.model import Rule
from review.text import nearness
from review.text.corpus import Corpus, Row, Writer, fold
from review.text.corpus import reading as corpus_reading
from review.text.rules import Replacer

WORDS = ("Kaos", "kaos", "the", "platform", "双循环", "é", "\n", "<b>", "K", "a")


def rows(count: int, seed: int = 1, first: int = 1) -> list[Row]:
    dice = random.Random(seed)
    made = []
    for number in range(count):
        text = " ".join(dice.choices(WORDS, k=dice.randrange(6)))
        source = None if dice.random() < 0.2 else dice.choice(("卡奥斯", "", "没有"))
        made.append(
            Row(first + number, number // 3, dice.randrange(4), dice.randrange(5), dice.random() < 0.2,
                dice.random() < 0.1, text, source)
        )  # fmt: skip
    return made


def written(folder: Path, given_: list[Row]) -> Corpus:
    with Writer(folder) as writer:
        for row in given_:
            writer.add(row)
        writer.finish({"event": 7})
    found = Corpus.open(folder)
    assert found is not None
    return found


@pytest.mark.parametrize("count", [0, 1, 7, 5000])
def test_what_is_written_is_read(tmp_path: Path, count: int) -> None:
    given_ = rows(count)
    found = written(tmp_path / "one", given_)
    assert [found.row(place) for place in range(found.rows)] == given_
    assert found.facts == {"event": 7}
    measured = nearness.measure([row.target for row in given_])
    assert np.array_equal(found.signatures, measured.signatures)
    assert np.array_equal(found.sizes, measured.sizes)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_writer_that_does_not_finish_leaves_nothing(tmp_path: Path) -> None:
    with Writer(tmp_path / "one") as writer:
        writer.add(rows(1)[0])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("block", [1, 20, 1 << 22])
@pytest.mark.parametrize("rule", [Rule("Kaos", "x"), Rule("aos", "x", "literal"), Rule("^k|a$", "x", "pattern")])
def test_a_scan_finds_what_each_text_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int, rule: Rule
) -> None:
    monkeypatch.setattr(corpus_reading, "BLOCK", block)
    given_ = rows(200)
    found = written(tmp_path / "one", given_)
    hits = found.scan(Replacer(rule).scanner)
    counts = [len(Replacer(rule).changes(row.target)) for row in given_]
    assert dict(zip(hits.rows.tolist(), hits.counts.tolist(), strict=True)) == {
        place: count for place, count in enumerate(counts) if count
    }
    assert sum(counts) > 20


def test_rows_are_found_by_segment_whatever_the_order(tmp_path: Path) -> None:
    given_ = rows(50)
    random.Random(3).shuffle(given_)
    found = written(tmp_path / "one", given_)
    wanted = np.array([given_[4].id, 999, given_[0].id])
    assert found.places(wanted).tolist() == [4, -1, 0]


@settings(deadline=None)
@given(st.data())
def test_folding_puts_rows_where_they_are_told(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("fold")
    old, new = rows(data.draw(st.integers(0, 30))), rows(data.draw(st.integers(0, 8)), seed=2, first=500)
    order = data.draw(st.permutations(range(len(old) + len(new))))
    order = order[: data.draw(st.integers(0, len(order)))]
    if data.draw(st.booleans()):
        order = sorted(order)
    corpus = written(folder / "old", old)
    fold(corpus, new, np.array(order, np.int64), folder / "new", {"event": 9})
    found = Corpus.open(folder / "new")
    assert found is not None
    expected = [(old + new)[place] for place in order]
    assert [found.row(place) for place in range(found.rows)] == expected
    again = written(folder / "again", expected)
    for path in sorted((folder / "again").iterdir()):
        if path.name != "corpus.json":
            assert path.read_bytes() == (folder / "new" / path.name).read_bytes(), path.name
    assert again.rows == len(order)


@pytest.mark.parametrize("harm", ["cut", "gone", "version", "json"])
def test_a_broken_or_foreign_folder_is_no_corpus(tmp_path: Path, harm: str) -> None:
    written(tmp_path / "one", rows(10))
    meta = tmp_path / "one" / "corpus.json"
    if harm == "cut":
        path = tmp_path / "one" / "target"
        path.write_bytes(path.read_bytes()[:-1])
    elif harm == "gone":
        (tmp_path / "one" / "ids").unlink()
    elif harm == "version":
        meta.write_text(meta.read_text().replace('"version": 1', '"version": 0'))
    else:
        meta.write_text("[]")
    assert Corpus.open(tmp_path / "one") is None
    assert Corpus.open(tmp_path / "none") is None
