"""The review loop in the grid: what each act does to the text, the segments, and to where the reviewer is."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]


def test_without_source_the_article_reads_as_paragraphs_with_notes_in_the_margin(open_grid: Open) -> None:
    grid = open_grid("flow")
    assert len(grid.texts()) == 6
    assert grid.page.get_by_role("columnheader", name="Source").count() == 0
    assert grid.texts()[2].count("Kaos") == 2
    tops = grid.page.evaluate(
        """() => { const root = document.getElementById('host').shadowRoot;
          return [...root.querySelectorAll('.note')].map((note) => {
            const row = note.closest('.row');
            const spot = [...row.querySelectorAll('.flag')]
              .find((piece) => note.textContent.startsWith(piece.textContent));
            return [note.getBoundingClientRect().top, spot.getClientRects()[0].top]; }); }"""
    )
    assert abs(tops[0][0] - tops[0][1]) < 8
    assert all(note >= spot - 8 for note, spot in tops)


def test_accept_everywhere_is_one_event_with_a_count_and_one_undo(open_grid: Open) -> None:
    grid = open_grid("flow")
    grid.press("n", "n", "n")
    assert "Kaos" in grid.focus()["text"]
    grid.press("Shift+A")
    grid.told("Accepted “COSMOPlat” in 4 places")
    grid.saved()
    assert grid.kinds() == ["accept"]
    event = next(iter(grid.fake.events.values()))
    assert len(event["targets"]) == len(event["payload"]["texts"]) == 4
    assert {flag["segment"] for flag in event["payload"]["flags"]} == {target["segment"] for target in event["targets"]}
    assert "\n".join(grid.stored()).count("COSMOPlat") == 4
    grid.press("u")
    grid.saved()
    assert "\n".join(grid.stored()).count("Kaos") == 4
    assert sum(text.count("Kaos") for text in grid.texts()) == 4
    grid.press("Shift+U")
    grid.saved()
    assert "\n".join(grid.stored()).count("COSMOPlat") == 4


def test_accepting_moves_the_spans_that_stand_later(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(2, 0)
    grid.press("Alt+ArrowDown", "Alt+Enter", "Alt+ArrowDown")
    assert grid.area(2).evaluate("a => a.value.slice(a.selectionStart, a.selectionEnd)") == "8,000"
    grid.press("Alt+Enter")
    assert grid.texts()[2] == "The COSMOPlat platform has empowered 80,000 companies."
    grid.saved()
    for event in grid.fake.events.values():
        flag = event["payload"]["flags"][0]
        assert flag["end"] - flag["start"] == len(flag["surface"])


def test_a_resolved_flag_says_so_in_words_and_can_be_taken_back(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("n", "Shift+D")
    note = grid.page.get_by_role("group", name="Flag: the Group Haier")
    expect(note).to_contain_text("dismissed")
    note.get_by_role("button", name="Undo").click()
    expect(note).to_contain_text("minor")
    grid.press("a")
    expect(note).to_contain_text("accepted")
    note.get_by_role("button", name="Undo").click()
    expect(grid.area(0)).to_have_value("This morning, Chen Lan went to the Group Haier to investigate.")
    grid.saved()


def test_dismissing_with_a_wider_scope_takes_all_it_covers(open_grid: Open) -> None:
    grid = open_grid("flow")
    grid.press("n", "n", "n", "d", "2")
    grid.press("Tab")
    grid.type("as the client wants")
    grid.press("Enter")
    grid.told("Dismissed 4 flags")
    grid.saved()
    dismissal = next(iter(grid.fake.dismissed.values()))
    assert (dismissal["scope"], dismissal["reason"]) == ("text", "as the client wants")
    assert "Kaos" in grid.focus()["text"]


def test_confirm_goes_to_the_next_unconfirmed_changed_or_not(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(0, 0)
    grid.press("Control+Enter")
    assert grid.focus()["label"] == "Translation of segment 2"
    for _ in range(5):
        grid.press("Control+Enter")
    grid.told("Every segment is confirmed")
    expect(grid.page.locator(".finished")).to_contain_text("Every segment is confirmed")
    grid.saved()
    assert {one["status"] for one in grid.fake.view["segments"]} == {"confirmed"}


def test_undo_works_after_a_reload(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("n", "a")
    grid.saved()
    grid.load()
    assert "to Haier Group to" in grid.texts()[0]
    grid.press("u")
    expect(grid.area(0)).to_have_value("This morning, Chen Lan went to the Group Haier to investigate.")
    grid.saved()
    assert grid.kinds() == ["accept", "undo"]


def test_filters_show_what_fits_and_flags_are_walked_within(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.page.get_by_label("Severity").select_option("critical")
    expect(grid.page.locator(".row:visible[aria-label^=Segment]")).to_have_count(1)
    grid.press("Escape")
    grid.page.get_by_role("button", name="Show all").click()
    grid.press("/")
    grid.type("root of")
    expect(grid.page.locator(".row:visible[aria-label^=Segment]")).to_have_count(1)
    grid.press("Enter")
    assert grid.focus()["label"].startswith("Segment 4")


def test_the_clean_article_is_copied_as_plain_and_rich_text(open_grid: Open) -> None:
    grid = open_grid("flow")
    grid.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid.press("Shift+X", "y")
    grid.told("Copied 4 paragraphs")
    plain = grid.page.evaluate("navigator.clipboard.readText()")
    assert plain.startswith("A harbour that makes its own machines | Lanshan | Chen Lan\n\nHarbour Daily")
    rich = grid.page.evaluate(
        "navigator.clipboard.read().then((items) => items[0].getType('text/html')).then((blob) => blob.text())"
    )
    assert rich.count("<p") == 4


def test_markup_in_a_text_is_text(open_grid: Open, harness: object) -> None:
    grid = open_grid("pairs")
    first = grid.fake.view["segments"][0]
    first["text"] = first["source"] = first["references"][0] = (
        '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>'
    )
    grid.load()
    grid.press("o")
    assert grid.texts()[0].startswith("<img")
    assert grid.page.evaluate("window.hurt") is None
    assert grid.page.locator(".rendition img, .rendition script").count() == 0


def test_new_data_keeps_the_caret_and_what_is_being_typed(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(0, 0)
    grid.type("Half")
    view = grid.fake.article()
    view["segments"][1]["text"], view["segments"][1]["version"], view["revision"] = "Somebody's new words.", 5, 99
    grid.page.evaluate("(article) => { window.push({...window.data, article}); }", view)
    expect(grid.area(1)).to_have_value("Somebody's new words.")
    assert grid.focus()["label"] == "Translation of segment 1"
    grid.type(" done ")
    assert grid.texts()[0].startswith("Half done This")


@pytest.mark.parametrize("act", ["dismissal", "comment", "mark"])
def test_a_view_taken_before_an_act_was_stored_does_not_undo_it(open_grid: Open, act: str) -> None:
    grid = open_grid("pairs")
    old = copy.deepcopy(grid.fake.article())
    grid.press("n")
    if act == "dismissal":
        grid.press("Shift+D")
    elif act == "comment":
        grid.press("r")
        grid.type("Who?")
        grid.press("Control+Enter")
        grid.told("Comment added")
    else:
        grid.press("m", "2", "Enter")
        grid.told("Marked")
    grid.page.wait_for_function("!Object.keys(localStorage).some((key) => key.includes('outbox'))")
    grid.saved()
    old["revision"] = 50
    old["name"] = "As it was"
    left = grid.page.evaluate(
        """async (article) => { await window.push({...window.data, article});
          const root = document.getElementById('host').shadowRoot;
          return root.querySelectorAll('.note.dismissed, .note.comment, .note.error').length; }""",
        old,
    )
    assert left == 1


def test_the_address_coming_back_as_data_does_not_take_the_caret_out_of_the_text(open_grid: Open) -> None:
    grid = open_grid("pairs", article=2)
    grid.caret(3, 0)
    grid.page.wait_for_function("location.search.includes('segment=204')")
    grid.caret(4, 0)
    grid.page.wait_for_function("location.search.includes('segment=205')")
    for segment in (204, 205):
        grid.page.evaluate("(segment) => { window.push({...window.data, segment}); }", segment)
        assert grid.focus()["label"] == "Translation of segment 5"
    grid.page.evaluate("window.push({...window.data, segment: 202}) && null")
    grid.page.wait_for_function(
        "document.getElementById('host').shadowRoot.activeElement.ariaLabel.startsWith('Segment 2')"
    )


def test_a_deep_link_opens_at_its_segment(open_grid: Open) -> None:
    grid = open_grid("long", segment=390)
    assert grid.focus()["label"].startswith("Segment 190,")
    expect(grid.page.locator(".row[aria-current=true]")).to_be_in_viewport()


def test_far_rows_of_a_huge_article_are_made_whole_when_they_are_needed(open_grid: Open) -> None:
    grid = open_grid("huge")
    assert grid.page.locator(".row").count() == 2040
    assert grid.page.locator("textarea").count() < 200
    last = grid.page.get_by_role("row", name="Segment 2040,")
    expect(last).to_contain_text("Participants had had a discussion.")
    grid.press("p", "p")
    assert "had had" in grid.focus()["text"]
    assert grid.page.locator(".row[aria-current]").get_attribute("aria-label", timeout=3000).startswith("Segment 2040")  # type: ignore[union-attr]
    expect(last.get_by_role("textbox")).to_have_value("Participants had had a discussion.")
    grid.press("a")
    grid.saved()
    assert grid.stored()[-1] == "Participants the a discussion."


def test_an_article_that_comes_back_during_composition_waits_for_its_end(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(0, 0)
    session = grid.page.context.new_cdp_session(grid.page)
    session.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    view = grid.fake.article()
    view["segments"][1]["text"], view["segments"][1]["version"], view["revision"] = "Somebody's new words.", 5, 99
    grid.page.evaluate("(article) => { window.push({...window.data, article}); }", view)
    assert grid.texts()[0].startswith("niThis")
    session.send("Input.insertText", {"text": "你"})
    expect(grid.area(1)).to_have_value("Somebody's new words.")
    assert grid.texts()[0].startswith("你This")


def test_unseen_characters_are_shown(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.view["segments"][0]["text"] = "abc\u202edef\u200b"
    grid.load()
    assert grid.page.locator(".backdrop .hidden").first.get_attribute("data-name") == "RLO"


def test_an_article_without_segments_says_so(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.view["segments"] = []
    grid.load()
    expect(grid.page.locator(".empty")).to_have_text("This article has no segments.")
