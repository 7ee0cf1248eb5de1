"""One correction, followed elsewhere: offered, looked at, done, and taken back, by keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.grid.driver import Grid
from tests.grid.test_access import findings

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]


def correct(grid: Grid, word: str = "COSMOPlat") -> None:
    """Type ``word`` over the first "Kaos" of the sample "pairs", with the caret left behind it."""
    at = grid.area(2).input_value().index("Kaos")
    grid.caret(2, at, at + 4)
    grid.type(word)


def offer(grid: Grid) -> Locator:
    return grid.page.get_by_role("group", name="The same correction elsewhere")


def preview(grid: Grid) -> Locator:
    return grid.page.get_by_role("dialog")


def main(grid: Grid) -> Locator:
    return preview(grid).locator("button.main")


def opened(grid: Grid) -> None:
    """Correct once and open what is offered."""
    correct(grid)
    expect(offer(grid)).to_be_visible()
    grid.press("Alt+f")
    expect(main(grid)).to_have_text("Change 2 segments")


def test_a_stored_correction_is_offered_elsewhere_and_the_caret_stays(open_grid: Open) -> None:
    grid = open_grid("pairs")
    correct(grid)
    expect(offer(grid)).to_contain_text("“Kaos” → “COSMOPlat”: 4 more in 2 articles")
    grid.told("“Kaos” → “COSMOPlat”: 4 more in 2 articles (Alt+F)")
    assert grid.focus()["tag"] == "TEXTAREA"
    assert grid.focus()["from"] == grid.area(2).input_value().index("COSMOPlat") + 9
    (asked,) = grid.fake.beyond.of("offers")
    assert (asked["before"], asked["after"]) == (
        "The Kaos platform has empowered 8,000 companies.",
        "The COSMOPlat platform has empowered 8,000 companies.",
    )


def test_the_row_and_the_caret_s_line_do_not_move_when_the_offer_comes(open_grid: Open) -> None:
    grid = open_grid("pairs")
    correct(grid)
    before = grid.area(2).bounding_box()
    expect(offer(grid)).to_be_visible()
    assert grid.area(2).bounding_box() == before


def test_an_accepted_suggestion_is_offered_elsewhere_too(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("j", "j", "n", "a")
    expect(offer(grid)).to_contain_text("“Kaos” → “COSMOPlat”")


def test_a_word_typed_in_two_goes_counts_as_one_correction(open_grid: Open) -> None:
    grid = open_grid("pairs")
    correct(grid, "COS")
    grid.saved()
    grid.type("MOPlat")
    expect(offer(grid)).to_be_visible()
    assert grid.fake.beyond.of("offers")[-1]["before"] == "The Kaos platform has empowered 8,000 companies."


def test_undone_the_correction_offers_nothing_any_more(open_grid: Open) -> None:
    grid = open_grid("pairs")
    correct(grid)
    expect(offer(grid)).to_be_visible()
    grid.press("Control+z")
    expect(offer(grid)).to_have_count(0)


def test_without_the_server_nothing_is_offered_and_nothing_said(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.mute["offers"] = (503, "away")
    correct(grid)
    grid.saved()
    grid.press("Escape", "j")
    expect(offer(grid)).to_have_count(0)
    assert "away" not in (grid.page.locator(".rendition [role=status]").first.text_content() or "")


def test_two_key_presses_change_every_place_and_one_takes_it_back(open_grid: Open) -> None:
    grid = open_grid("pairs")
    opened(grid)
    expect(main(grid)).to_be_focused()
    grid.press("Enter")
    expect(preview(grid)).to_have_count(0)
    grid.told("2 segments in 2 articles changed. Ctrl+Z takes all back.")
    texts = [one["text"] for one in grid.fake.beyond.others]
    assert texts[0] == "The COSMOPlat platform opened a quay."
    assert texts[1].startswith("Kaos"), "what is confirmed stays"
    assert texts[2] == "Every winch knows COSMOPlat. COSMOPlat knows it too."
    assert grid.focus()["tag"] == "TEXTAREA"
    assert grid.focus()["from"] == grid.area(2).input_value().index("COSMOPlat") + 9, "the caret is where it was"
    grid.press("Control+z")
    grid.told("Undid: propagation of")
    assert grid.fake.beyond.others[0]["text"] == "The Kaos platform opened a quay."
    grid.press("Control+y")
    grid.told("Did again: propagation of")
    assert grid.fake.beyond.others[0]["text"] == "The COSMOPlat platform opened a quay."
    assert [body["redo"] for body in grid.fake.beyond.of("propagations/turn")] == [False, True]


def test_the_correction_itself_is_undone_after_the_act(open_grid: Open) -> None:
    grid = open_grid("pairs")
    opened(grid)
    grid.press("Enter")
    grid.told("changed")
    grid.press("Control+z")
    grid.told("Undid: propagation")
    grid.press("Control+z")
    expect(grid.area(2)).to_have_value("The Kaos platform has empowered 8,000 companies.")


def test_an_act_that_this_article_knows_of_is_undone_after_a_reload(open_grid: Open) -> None:
    grid = open_grid("pairs")
    opened(grid)
    grid.press("Enter")
    grid.told("changed")
    event = grid.fake.beyond.of("propagations")[0]["id"]
    grid.fake.events[event] = {"kind": "propagate", "targets": [{"segment": 203}], "payload": {}}
    grid.fake.undo_stack.append(event)
    grid.load()
    grid.press("u")
    grid.told("Undid: propagation")
    assert grid.fake.beyond.of("propagations/turn")[0]["event"] == event


def test_a_refused_undo_says_why_and_the_act_before_it_can_be_undone(open_grid: Open) -> None:
    grid = open_grid("pairs")
    opened(grid)
    grid.press("Enter")
    grid.told("changed")
    grid.fake.mute["propagations/turn"] = (400, "Wang Wei has changed one of these sentences since.")
    grid.press("Control+z")
    grid.told("Not undone: Wang Wei has changed one of these sentences since.")
    grid.press("Control+z")
    expect(grid.area(2)).to_have_value("The Kaos platform has empowered 8,000 companies.")


def test_the_list_says_what_stays_and_why(open_grid: Open) -> None:
    grid = open_grid("pairs")
    opened(grid)
    expect(preview(grid).locator(".sum")).to_have_text(
        "5 hits in 4 segments of 2 articles; 1 confirmed segment stays as it is unless ticked; "
        "1 cannot be changed: it is locked."
    )
    rows = preview(grid).locator(".found")
    expect(rows).to_have_count(4)
    expect(rows.nth(0)).to_contain_text("[-Kaos-]{+COSMOPlat+}")
    expect(rows.nth(1).locator("input")).not_to_be_checked()
    expect(rows.nth(1).locator(".state")).to_have_text("✓ confirmed")
    expect(rows.nth(3).locator("input")).to_have_count(0)
    expect(rows.nth(3).locator(".state")).to_have_text("stays: it is locked")
    expect(preview(grid).get_by_role("heading", level=3)).to_have_text(["Quay · engine", "Winch · engine"])


def test_ticks_are_walked_and_set_by_keys(open_grid: Open) -> None:
    grid = open_grid("pairs")
    opened(grid)
    grid.press("ArrowDown", "Space", "j", "Space")
    expect(main(grid)).to_have_text("Change 2 segments")
    grid.press("Control+Enter")
    grid.told("changed")
    (body,) = grid.fake.beyond.of("propagations")
    assert (body["every"], body["without"], body["including"]) == (True, [900], [901])
    assert grid.fake.beyond.others[1]["text"].startswith("COSMOPlat")


def test_all_and_none(open_grid: Open) -> None:
    grid = open_grid("pairs")
    opened(grid)
    grid.press("Control+a")
    expect(main(grid)).to_have_attribute("aria-disabled", "true")
    grid.press("Enter")
    assert grid.fake.beyond.of("propagations") == []
    grid.press("ArrowDown", "Space", "Control+Enter")
    grid.told("1 segment in 1 article changed")
    (body,) = grid.fake.beyond.of("propagations")
    assert (body["every"], body["including"]) == (False, [900])


def test_one_hit_s_text_is_written_anew(open_grid: Open) -> None:
    grid = open_grid("pairs")
    opened(grid)
    grid.press("ArrowDown", "Enter")
    area = preview(grid).locator("textarea")
    expect(area).to_have_value("The COSMOPlat platform opened a quay.")
    grid.press("Control+a")
    grid.type("COSMOPlat opened a quay.")
    grid.press("Enter")
    expect(area).to_have_count(0)
    grid.press("ArrowDown", "e")
    grid.type("never")
    grid.press("Escape")
    expect(preview(grid)).to_be_visible()
    grid.press("Control+Enter")
    grid.told("changed")
    assert grid.fake.beyond.of("propagations")[0]["own"] == {"900": "COSMOPlat opened a quay."}
    assert grid.fake.beyond.others[0]["text"] == "COSMOPlat opened a quay."


def test_the_list_follows_the_rule_and_the_scope(open_grid: Open) -> None:
    grid = open_grid("flow")
    grid.fake.beyond.others = []
    grid.caret(2, 0)
    grid.press("Alt+f")
    expect(preview(grid).locator(".sum")).to_have_text("Write what to find.")
    grid.type("Kaos")
    expect(preview(grid).locator(".found")).to_have_count(4)
    expect(main(grid)).to_have_attribute("aria-disabled", "true")
    preview(grid).get_by_label("Write instead").fill("COSMOPlat")
    expect(preview(grid).locator(".found").first).to_contain_text("{+COSMOPlat+}")
    expect(main(grid)).to_have_text("Change 4 segments")
    preview(grid).get_by_label("Where").select_option("project")
    expect(main(grid)).to_have_text("Change 4 segments")
    assert grid.fake.beyond.of("hits")[-1]["scope"] == "project"
    preview(grid).get_by_label("Find").fill("Kaoss")
    expect(preview(grid).locator(".sum")).to_have_text("No other place has these words.")


def test_selected_words_are_what_to_find_where_nothing_is_offered(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(2, 4, 8)
    grid.press("Alt+f")
    expect(preview(grid).get_by_role("heading", level=2)).to_have_text("Find and replace")
    expect(preview(grid).get_by_label("Find")).to_have_value("Kaos")
    expect(preview(grid).get_by_label("Write instead")).to_be_focused()
    grid.press("Escape")
    expect(preview(grid)).to_have_count(0)
    assert grid.focus()["tag"] == "TEXTAREA"


def test_a_rule_that_cannot_be_followed_says_so_in_the_dialog(open_grid: Open) -> None:
    grid = open_grid("pairs")
    opened(grid)
    grid.fake.mute["hits"] = (400, "The pattern has no closing bracket.")
    preview(grid).get_by_label("Find").fill("Kaos(")
    expect(preview(grid).get_by_role("alert")).to_have_text("The pattern has no closing bracket.")
    expect(preview(grid).get_by_role("button", name="Try again")).to_be_hidden()


def test_where_the_server_is_away_one_can_try_again(open_grid: Open) -> None:
    grid = open_grid("pairs")
    opened(grid)
    grid.fake.mute["propagations"] = (503, "The database is busy.")
    grid.press("Enter")
    expect(preview(grid).get_by_role("alert")).to_have_text("The database is busy.")
    grid.fake.mute.clear()
    preview(grid).get_by_role("button", name="Try again").click()
    grid.told("2 segments in 2 articles changed")


def test_an_act_waits_until_all_edits_are_stored(open_grid: Open) -> None:
    grid = open_grid("pairs")
    opened(grid)
    grid.page.evaluate("Date.now = ((now) => () => now() * 1000)(Date.now)")
    grid.page.keyboard.press("Escape")
    grid.fake.mode = "full"
    grid.caret(0, 0)
    grid.type("X")
    expect(grid.page.locator(".saved")).to_contain_text("Not saved")
    grid.fake.mode = "ok"
    grid.page.route("**/events", lambda route: route.abort())
    grid.press("Alt+f")
    expect(main(grid)).to_have_text("Change 2 segments")
    grid.press("Enter")
    expect(preview(grid).get_by_role("alert")).to_contain_text("Some edits are not saved yet, so nothing was changed.")
    assert grid.fake.beyond.of("propagations") == []


def test_a_large_act_shows_how_far_it_is(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.beyond.as_job = True
    grid.fake.beyond.states = [{"state": "running", "progress": 1, "total": 2}]
    opened(grid)
    grid.press("Enter")
    expect(preview(grid).locator(".sum")).to_have_text("1 of 2")
    expect(preview(grid).get_by_role("progressbar", name="Progress")).to_be_visible()
    grid.fake.beyond.states = [{"state": "done", "progress": 2, "total": 2}]
    grid.told("2 segments in 2 articles changed")
    expect(preview(grid)).to_have_count(0)


def test_a_large_undo_shows_how_far_it_is(open_grid: Open) -> None:
    grid = open_grid("pairs")
    opened(grid)
    grid.press("Enter")
    grid.told("changed")
    grid.fake.beyond.as_job = True
    grid.fake.beyond.states = [{"state": "queued"}]
    grid.press("Control+z")
    expect(grid.page.locator(".toast")).to_have_text("Taking back…")
    grid.press("Control+z")
    grid.told("The last act is still under way.")
    grid.fake.beyond.states = [{"state": "running", "progress": 1, "total": 2}]
    expect(grid.page.locator(".toast")).to_have_text("Taking back: 1 of 2")
    grid.fake.beyond.states = [{"state": "done"}]
    grid.told("Undid: propagation of 2 segments in 2 articles")


def test_a_large_act_is_stopped_and_changes_nothing(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.beyond.as_job = True
    grid.fake.beyond.states = [{"state": "running", "progress": 1, "total": 2}]
    opened(grid)
    grid.press("Enter")
    preview(grid).get_by_role("button", name="Stop").click()
    expect(preview(grid).get_by_role("alert")).to_have_text("Stopped; nothing was changed.")


def test_left_alone_segments_are_listed_when_it_is_done(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.beyond.as_job = True
    grid.fake.beyond.states = [{"state": "running"}]
    opened(grid)
    grid.press("Enter")
    expect(preview(grid).locator(".sum")).to_have_text("0 of 4")
    left = [{"segment": 903, "article": 91, "reason": "it is locked"}]
    grid.fake.beyond.states = [{"state": "done", "result": {**grid.fake.beyond.outcome, "skipped": left}}]
    expect(preview(grid).locator(".sum")).to_have_text(
        "2 segments in 2 articles changed. u takes all back. 1 left alone:"
    )
    expect(preview(grid).locator(".left")).to_have_text("Winch, segment 4: it is locked")
    grid.press("u")
    grid.told("Undid: propagation")


def test_similar_segments_are_there_to_be_written_anew(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.beyond.similar = [
        {**grid.fake.beyond.others[0], "segment": 950, "text": "The Chaos platform has empowered 8,000 firms.",
         "likeness": 0.91, "changes": [], "protected": False, "skipped": ""}
    ]  # fmt: skip
    opened(grid)
    similar = preview(grid).locator(".found").last
    expect(similar.locator("input")).not_to_be_checked()
    expect(similar).to_contain_text("91% alike")
    expect(similar).to_contain_text("[-Kaos-]{+Chaos+}")
    similar.locator("input").check()
    expect(preview(grid).locator("textarea")).to_have_value("The Chaos platform has empowered 8,000 firms.")
    preview(grid).locator("textarea").fill("The COSMOPlat platform serves 80,000 firms.")
    grid.press("Enter")
    expect(main(grid)).to_have_text("Change 3 segments")
    grid.press("Control+Enter")
    grid.told("changed")
    assert grid.fake.beyond.of("propagations")[0]["own"] == {"950": "The COSMOPlat platform serves 80,000 firms."}


def test_pages_come_by_scrolling(open_grid: Open) -> None:
    grid = open_grid("pairs")
    one = grid.fake.beyond.others[0]
    grid.fake.beyond.others = [{**one, "segment": 1000 + at, "number": at + 1} for at in range(130)]
    correct(grid)
    expect(offer(grid)).to_be_visible()
    grid.press("Alt+f")
    expect(main(grid)).to_have_text("Change 130 segments")
    rows = preview(grid).locator(".found")
    for count in (100, 130):
        preview(grid).locator(".list").evaluate("list => { list.scrollTop = list.scrollHeight; }")
        expect(rows).to_have_count(count)


def test_a_page_that_does_not_come_can_be_asked_for_again_and_ticks_stay(open_grid: Open) -> None:
    grid = open_grid("pairs")
    one = grid.fake.beyond.others[0]
    grid.fake.beyond.others = [{**one, "segment": 1000 + at, "number": at + 1} for at in range(60)]
    correct(grid)
    expect(offer(grid)).to_be_visible()
    grid.page.route(
        "**/hits", lambda route: route.abort() if '"after":1' in (route.request.post_data or "") else route.continue_()
    )
    grid.press("Alt+f")
    expect(main(grid)).to_have_text("Change 60 segments")
    grid.press("ArrowDown", "Space")
    preview(grid).locator(".list").evaluate("list => { list.scrollTop = list.scrollHeight; }")
    expect(preview(grid).get_by_role("alert")).to_have_text("The server does not answer.")
    grid.page.unroute("**/hits")
    preview(grid).get_by_role("button", name="Try again").click()
    expect(preview(grid).locator(".found")).to_have_count(60)
    expect(main(grid)).to_have_text("Change 59 segments")


def test_what_is_typed_while_a_large_act_runs_is_not_lost(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.beyond.as_job = True
    grid.fake.beyond.states = [{"state": "running", "progress": 1, "total": 2}]
    opened(grid)
    grid.press("Enter")
    expect(preview(grid).locator(".sum")).to_have_text("1 of 2")
    grid.press("Escape")
    grid.caret(0, 0)
    grid.type("Yes: ")
    grid.fake.beyond.states = [{"state": "done", "progress": 2, "total": 2}]
    grid.told("2 segments in 2 articles changed")
    expect(grid.area(0)).to_have_value("Yes: This morning, Chen Lan went to the Group Haier to investigate.")
    grid.saved()
    assert grid.stored()[0].startswith("Yes: ")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_preview(open_grid: Open, theme: str) -> None:
    grid = open_grid("pairs", theme=theme)
    opened(grid)
    assert findings(grid) == []
