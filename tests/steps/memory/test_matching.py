"""Matches: what was confirmed or corrected is found again, and what was undone is not."""

from __future__ import annotations

from typing import Any

import pytest

from review.errors import InputError
from review.model import Unit
from review.steps import memory
from review.steps.memory import Match
from review.store import Store, batches, memories, schema
from tests.steps.desk import Desk, article

ZH = ("zh", "en")


def found(desk: Desk, text: str, **options: Any) -> list[Match]:
    return memory.matches(desk.store, desk.project, ZH, text, **options)


def bring_in(desk: Desk, name: str, *units: Unit) -> int:
    number = desk.store.write(lambda c: memories.create(c, desk.project, desk.actor, name, {}))
    counts = memories.add_units(desk.store, number, units)
    desk.store.write(lambda c: memories.publish(c, number, counts))
    return number


def test_nothing_is_remembered_of_what_nobody_touched(desk: Desk) -> None:
    assert found(desk, "卡奥斯助力小企业。") == []


def test_a_correction_is_found_by_its_source_with_who_and_where(desk: Desk) -> None:
    desk.do("edit", desk.ids()[:1], {"texts": ["COSMOPlat helps small firms."]})
    (match,) = found(desk, "卡奥斯助力小企业。")
    assert match.score == 100
    assert match.known.target == "COSMOPlat helps small firms."
    assert (match.known.by, match.known.article_name, match.known.origin) == ("Local user", "one", "batch")
    assert match.known.segment == desk.ids()[0]
    assert match.difference == (("equal", "卡奥斯助力小企业。", "卡奥斯助力小企业。"),)


def test_a_fuzzy_match_says_its_score_and_where_it_departs(desk: Desk) -> None:
    desk.do("status", desk.ids()[:1], {"status": "confirmed"})
    (match,) = found(desk, "卡奥斯助力中小企业。")
    assert match.score == 90
    assert match.difference == (
        ("equal", "卡奥斯助力", "卡奥斯助力"),
        ("delete", "中", ""),
        ("equal", "小企业。", "小企业。"),
    )
    assert found(desk, "今天天气很好，我们去公园。") == []


def test_the_segment_itself_is_left_out(desk: Desk) -> None:
    desk.do("status", desk.ids()[:1], {"status": "confirmed"})
    assert found(desk, "卡奥斯助力小企业。", besides=desk.ids()[0]) == []


def test_undo_takes_an_entry_away_and_redo_brings_it_back(desk: Desk) -> None:
    act = desk.do("edit", desk.ids()[:1], {"texts": ["COSMOPlat helps small firms."]})
    assert len(found(desk, "卡奥斯助力小企业。")) == 1
    undone = desk.event("undo", desk.ids()[:1], {"event": act}, free=True)
    assert desk.post(undone)["refused"] == []
    assert found(desk, "卡奥斯助力小企业。") == []
    assert desk.post(desk.event("redo", desk.ids()[:1], {"event": act}, free=True))["refused"] == []
    assert len(found(desk, "卡奥斯助力小企业。")) == 1


@pytest.mark.parametrize(
    ("kind", "payload"),
    [("delete", {}), ("status", {"status": "rejected"})],
    ids=["deleted", "rejected"],
)
def test_what_is_deleted_or_rejected_is_not_remembered(desk: Desk, kind: str, payload: dict[str, Any]) -> None:
    desk.do("edit", desk.ids()[:1], {"texts": ["COSMOPlat helps small firms."]})
    desk.do(kind, desk.ids()[:1], payload)
    assert found(desk, "卡奥斯助力小企业。") == []


def test_a_text_that_was_erased_is_not_shown(desk: Desk) -> None:
    desk.do("edit", desk.ids()[:1], {"texts": ["COSMOPlat helps small firms."]})
    assert found(desk, "卡奥斯助力小企业。")

    def erase(connection: Any) -> None:
        body = schema.text.c.body
        connection.execute(schema.text.update().where(body == "COSMOPlat helps small firms.").values(body=None))

    desk.store.write(erase)
    assert found(desk, "卡奥斯助力小企业。") == []
    memory.build(desk.store, desk.project)
    assert found(desk, "卡奥斯助力小企业。") == []


def test_the_same_pair_of_texts_comes_once_and_the_newest(store: Store) -> None:
    desk = Desk(store, [article(("one",), ("卡奥斯助力小企业。",), str(number)) for number in range(3)])
    for number in desk.articles:
        desk.article = number
        desk.do("edit", desk.ids(), {"texts": ["COSMOPlat helps."]})
    (match,) = found(desk, "卡奥斯助力小企业。")
    assert match.known.article_name == "2"


def test_without_a_source_the_translations_are_compared(store: Store) -> None:
    desk = Desk(store, [article(("Kaos helps small firms.", "The last."), None)])
    desk.do("edit", desk.ids()[:1], {"texts": ["COSMOPlat helps small firms."]})
    (match,) = found(desk, "Kaos helps small firms.", side="target")
    assert match.known.source is None
    assert match.score == 77
    assert found(desk, "Kaos helps small firms.") == []


def test_languages_are_told_apart_by_their_first_subtag(desk: Desk) -> None:
    bring_in(desk, "tm", Unit("卡奥斯平台", "COSMOPlat platform", "zh-CN", "en-GB"))
    assert len(found(desk, "卡奥斯平台")) == 1
    assert memory.matches(desk.store, desk.project, ("zh", "de"), "卡奥斯平台") == []
    assert memory.matches(desk.store, desk.project, ("en", "zh"), "卡奥斯平台") == []


def test_what_was_brought_in_is_found_with_its_origin_and_gone_once_it_is_removed(desk: Desk) -> None:
    bring_in(desk, "client", Unit("最后一句。", "The final sentence.", "zh", "en", by="ANNA", at=5))
    (match,) = found(desk, "最后一句。")
    assert (match.known.origin, match.known.by, match.known.at, match.known.segment) == ("client", "ANNA", 5, None)
    desk.do("status", [desk.ids()[3]], {"status": "confirmed"})
    assert [match.known.origin for match in found(desk, "最后一句。")] == ["batch", "client"]
    desk.store.write(lambda c: memories.remove(c, desk.project, "client"))
    assert [match.known.origin for match in found(desk, "最后一句。")] == ["batch"]


def test_a_discarded_batch_is_not_remembered(desk: Desk) -> None:
    desk.do("status", desk.ids()[:1], {"status": "confirmed"})
    assert found(desk, "卡奥斯助力小企业。")
    desk.store.write(lambda c: batches.discard(c, desk.batch))
    assert found(desk, "卡奥斯助力小企业。") == []


def test_another_project_has_a_memory_of_its_own(desk: Desk) -> None:
    desk.do("status", desk.ids()[:1], {"status": "confirmed"})
    assert memory.matches(desk.store, desk.project + 1, ZH, "卡奥斯助力小企业。") == []


def test_what_a_merge_made_is_remembered_and_what_it_took_is_not(desk: Desk) -> None:
    desk.do("edit", desk.ids()[:1], {"texts": ["COSMOPlat helps small firms."]})
    desk.do("merge", desk.ids()[:2], {"new": desk.new()})
    assert [match.score for match in found(desk, "卡奥斯助力小企业。卡奥斯和卡奥斯。")] == [100]
    assert found(desk, "卡奥斯助力小企业。") == []


@pytest.mark.parametrize(
    ("text", "side", "places"),
    [
        ("small firms", "target", [(15, 26)]),
        ("SMALL   firms", "target", [(15, 26)]),
        ("firm", "target", []),
        ("助力", "source", [(3, 5)]),
        ("力", "source", [(4, 5)]),
        ("kaos", "source", [(3, 7)]),
        ("企业。", "source", []),
    ],
)
def test_a_phrase_is_found_as_whole_words_where_words_have_spaces(
    store: Store, text: str, side: Any, places: list[tuple[int, int]]
) -> None:
    source = "卡奥斯助力小企业" if "aos" not in text else "卡奥斯Kaos助力"
    desk = Desk(store, [article(("x",), (source,))])
    desk.do("edit", desk.ids(), {"texts": ["Its help is to small firms."]})
    hits = memory.concordance(desk.store, desk.project, text, side).hits
    assert [(hit.start, hit.end) for hit in hits] == places


def test_concordance_says_when_there_is_more(store: Store) -> None:
    texts = [f"Sentence {number} of the port." for number in range(12)]
    desk = Desk(store, [article(texts, [f"句子{number}" for number in range(12)])])
    desk.do("status", desk.ids(), {"status": "confirmed"})
    some = memory.concordance(desk.store, desk.project, "the port", "target", 5)
    assert (len(some.hits), some.more) == (5, True)
    assert some.hits[0].known.target == texts[-1]
    everything = memory.concordance(desk.store, desk.project, "the port", "target", 12)
    assert (len(everything.hits), everything.more) == (12, False)


@pytest.mark.parametrize("text", ["", " ", "。！", "x" * 1001])
def test_a_phrase_without_words_or_without_end_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises(InputError):
        memory.concordance(desk.store, desk.project, text, "source")


def test_a_unit_without_its_text_does_not_end_a_page_early(desk: Desk) -> None:
    bring_in(desk, "tm", *(Unit(f"句子{number}", f"Sentence {number}", "zh", "en") for number in range(9)))

    def erase(connection: Any) -> None:
        connection.execute(schema.text.update().where(schema.text.c.body == "Sentence 1").values(body=None))

    desk.store.write(erase)
    with desk.store.read() as connection:
        number = memories.rows(connection, desk.project)[0].id
        first, after = memories.units(connection, number, limit=3)
        assert after is not None
        rest, end = memories.units(connection, number, after, limit=30)
    assert len(first) + len(rest) == 8
    assert end is None
