"""Acts on the segments themselves: deleting, inserting, merging, splitting, pairing, paragraphs as one text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]


def test_an_edit_across_sentences_is_one_event_with_a_target_each(open_grid: Open) -> None:
    grid = open_grid("flow")
    text = grid.texts()[2]
    start, end = text.index("platform. She") + 8, text.index("stressed")
    grid.caret(2, start, end)
    grid.type(", and ")
    grid.saved()
    grid.page.wait_for_function("!Object.keys(localStorage).some((key) => key.includes('draft'))")
    grid.saved()
    assert "platform, and stressed that" in grid.texts()[2]
    last = list(grid.fake.events.values())[-1]
    assert last["payload"]["origin"] == "paragraph"
    assert grid.stored()[2].endswith("the Kaos platform, and ")
    assert grid.stored()[3].startswith("stressed that")
    grid.press("Control+z", "Control+z")
    grid.saved()
    assert grid.texts()[2] == text


def test_all_page_leftovers_go_in_one_act_and_come_back_with_one_undo(open_grid: Open) -> None:
    grid = open_grid("flow")
    before = grid.stored()
    grid.page.get_by_role("button", name="Delete 3 page leftovers").click()
    grid.told("Deleted 3 page leftovers")
    grid.saved()
    assert grid.stored()[0] == "A harbour that makes its own machines | Lanshan | Chen Lan"
    assert not any("[ad_" in text for text in grid.stored())
    assert grid.page.locator("del").all_inner_texts() == ["[ad_1]", "[ad_2]"]
    groups = {event["payload"].get("group") for event in grid.fake.events.values()}
    assert len(groups) == 1
    assert None not in groups
    grid.press("u")
    grid.saved()
    assert grid.stored() == before
    assert grid.page.locator("del").count() == 0


def test_delete_and_restore_keep_the_focus_on_the_segment(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("j", "x")
    assert grid.focus()["label"].startswith("Segment 2, deleted")
    assert grid.page.locator("del").all_inner_texts() == [
        "She stressed the need to hasten the double cycle of the economy."
    ]
    grid.press("x")
    assert grid.focus()["label"].startswith("Segment 2, new")
    grid.saved()
    assert grid.kinds() == ["delete", "restore"]


def test_a_range_is_deleted_and_restored_in_one_event(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("Shift+R", "j", "j", "Shift+R")
    grid.told("Deleted 3 segments")
    grid.saved()
    assert grid.kinds() == ["delete"]
    assert len(grid.stored()) == 3
    grid.press("u")
    grid.saved()
    assert len(grid.stored()) == 6


def test_merge_split_and_insert(open_grid: Open) -> None:
    grid = open_grid("pairs")
    first, second = grid.stored()[:2]
    grid.press("Shift+M")
    grid.saved()
    assert grid.stored()[0] == f"{first} {second}"
    assert len(grid.texts()) == 5
    grid.caret(0, len(first))
    grid.press("Alt+/")
    grid.saved()
    assert grid.stored()[:2] == [first, second]
    assert grid.focus()["label"] == "Translation of segment 2"
    sources = [one["source"] for one in grid.fake.view["segments"][:2]]
    assert sources == ["陈岚上午到海尔集团调研。", "她强调，要加快构建双循环。"]
    grid.press("Escape", "i")
    grid.type("A new sentence.")
    grid.saved()
    grid.page.wait_for_function("!Object.keys(localStorage).some((key) => key.includes('draft'))")
    grid.saved()
    assert grid.stored()[2] == "A new sentence."
    for _ in grid.kinds():
        grid.press("Control+z")
        grid.saved()
        grid.page.wait_for_function("new Promise((done) => requestAnimationFrame(() => done(true)))")
    expect(grid.area(0)).to_have_value(first)
    assert grid.stored()[:2] == [first, second]


def test_sources_are_paired_anew(open_grid: Open) -> None:
    grid = open_grid("pairs")
    sources = [one["source"] for one in grid.fake.view["segments"]]
    grid.press("j", "]")
    grid.saved()
    after = [one["source"] for one in grid.fake.view["segments"]]
    assert after == [sources[0], "", sources[1], sources[2], sources[3], sources[4] + sources[5]]
    grid.press("[")
    grid.saved()
    assert [one["source"] for one in grid.fake.view["segments"]][1:4] == sources[1:4]
    grid.press("u", "u")
    grid.saved()
    assert [one["source"] for one in grid.fake.view["segments"]] == sources


def test_the_layout_toggles_between_sentences_and_paragraphs(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("j", "v")
    assert len(grid.texts()) == 2
    grid.told("Whole paragraphs")
    grid.press("v")
    assert len(grid.texts()) == 6
    assert grid.focus()["label"].startswith("Segment 2")


def test_accepting_a_removal_everywhere_deletes_what_is_nothing_else(open_grid: Open) -> None:
    grid = open_grid("flow")
    grid.fake.view["segments"][-1]["text"] = "[ad_1]"
    grid.load()
    grid.press("n", "n", "Shift+A")
    grid.told("Accepted in 2 places")
    grid.saved()
    assert grid.kinds() == ["delete"]
    assert grid.page.locator("del").all_inner_texts() == ["[ad_1]", "[ad_1]"]
    grid.press("u")
    grid.saved()
    assert grid.page.locator("del").count() == 0


def test_a_split_is_undone_redone_and_undone_again(open_grid: Open) -> None:
    grid = open_grid("pairs")
    before = grid.stored()
    grid.caret(0, 12)
    grid.press("Alt+/")
    expect(grid.page.locator(".field textarea")).to_have_count(7)
    for keys, count in (("Control+z", 6), ("Control+y", 7), ("Control+z", 6), ("Control+y", 7), ("Control+z", 6)):
        grid.saved()
        grid.press(keys)
        expect(grid.page.locator(".field textarea")).to_have_count(count)
    grid.saved()
    assert grid.stored() == before
    assert grid.page.get_by_role("group", name="Refused change").count() == 0


@pytest.mark.parametrize(
    ("source", "at"),
    [
        ("煤炭产量达4.1亿吨。电力增长。", 11),
        ("Output grew 4.1 percent in 2020. Power grew too and so on.", 33),
        ("第一句。第二句很长很长很长。", 4),
        ("1. Open the door of the house. Go in and stay there.", 31),
        ("See example.com for more about all of this matter", None),
    ],
)
def test_the_source_is_cut_at_the_end_of_a_sentence_and_not_in_a_number(
    modules: Callable[..., Any], source: str, at: int | None
) -> None:
    assert modules("structure", "sourceCut", source, 0.5) == at
