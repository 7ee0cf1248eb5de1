"""What is typed is never lost: the queue between the page and the server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]


def waiting(grid: Grid, part: str) -> None:
    expect(grid.page.locator(".saved")).to_contain_text("Not saved")
    expect(grid.page.locator(".saved")).to_contain_text(part)


def composing(grid: Grid) -> None:
    """An edit is under way to the server while an input method composes in the same field."""
    held: list[Route] = []
    grid.page.route("**/events", lambda route: held.append(route), times=1)
    grid.caret(0, 0)
    with grid.page.expect_request("**/events"):
        grid.type("Mine ")
    session = grid.page.context.new_cdp_session(grid.page)
    session.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    held[0].continue_()


def test_an_edit_is_sent_after_a_pause_and_acknowledged(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(0, 0)
    grid.type("Now: ")
    grid.saved()
    expect(grid.page.locator(".saved")).to_have_text("All changes saved")
    grid.page.wait_for_function("!Object.keys(localStorage).some((key) => /outbox|draft/.test(key))")
    assert grid.stored()[0].startswith("Now: This")
    assert grid.kinds() == ["edit"]


def test_a_sign_in_page_is_no_acknowledgement(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.mode = "html"
    grid.press("n", "a")
    waiting(grid, "sign in")
    assert grid.outbox() == 1
    grid.fake.mode = "ok"
    grid.saved()
    assert grid.kinds() == ["accept"]
    assert grid.outbox() == 0


def test_acts_done_while_the_server_is_down_survive_a_reload(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.mode = "down"
    grid.press("n", "a", "n", "a")
    waiting(grid, "error 502")
    grid.caret(4, 0)
    grid.type("Then: ")
    grid.load()
    assert "Haier Group" in grid.texts()[0]
    assert "dual circulation" in grid.texts()[1]
    assert grid.texts()[4].startswith("Then: ")
    grid.fake.mode = "ok"
    grid.saved()
    assert grid.kinds() == ["accept", "accept", "edit"]
    assert grid.stored()[4].startswith("Then: In the next")


def test_text_typed_a_moment_before_a_crash_is_there_after_it(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(0, 0)
    grid.page.evaluate(
        "window.addEventListener('pagehide', (event) => event.stopImmediatePropagation(), true);"
        "document.addEventListener('visibilitychange', (event) => event.stopImmediatePropagation(), true)"
    )
    grid.type("Q")
    draft = grid.page.evaluate("Object.entries(localStorage).find(([key]) => key.includes('draft'))")
    other = grid.page.context.new_page()
    grid.page.close()
    other.goto(grid.harness.url + "/loader.js")
    other.evaluate("([key, text]) => localStorage.setItem(key, JSON.stringify({...JSON.parse(text), at: 0}))", draft)
    grid.page = other
    grid.load()
    grid.saved()
    assert grid.stored()[0].startswith("QThis")


def test_a_token_that_ran_out_is_asked_for_and_sending_goes_on(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.token = "fresh"
    grid.page.evaluate("window.renew = 'fresh'")
    grid.press("n", "a")
    grid.saved()
    assert grid.kinds() == ["accept"]
    assert grid.page.evaluate("window.triggers.map(([name]) => name)") == ["token"]


def test_without_a_new_token_nothing_is_lost(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.token = "fresh"
    grid.press("n", "a")
    waiting(grid, "permission")
    assert grid.outbox() == 1


def test_a_refused_edit_stays_visible_until_it_is_put_away(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.mode = "refuse"
    grid.caret(0, 0)
    grid.type("Mine ")
    refusal = grid.page.get_by_role("group", name="Refused change")
    expect(refusal).to_contain_text("Wang Wei changed this sentence first.")
    expect(refusal).to_contain_text("Mine This morning")
    grid.load()
    expect(refusal).to_contain_text("Mine This morning")
    grid.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    refusal.get_by_role("button", name="Copy text").click()
    grid.told("Copied")
    assert grid.page.evaluate("navigator.clipboard.readText()").startswith("Mine This morning")
    refusal.get_by_role("button", name="Put away").click()
    expect(refusal).to_have_count(0)
    assert grid.texts()[0].startswith("This morning")


def test_a_refusal_during_composition_leaves_what_is_being_typed(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.mode = "refuse"
    composing(grid)
    refusal = grid.page.get_by_role("group", name="Refused change")
    expect(refusal).to_contain_text("Mine This morning")
    assert grid.texts()[0].startswith("Mine niThis")
    assert "Mine niThis" in grid.page.evaluate("JSON.stringify(localStorage)")
    grid.page.context.new_cdp_session(grid.page).send("Input.insertText", {"text": "你"})
    expect(refusal.filter(has_text="Mine 你This morning")).to_have_count(1)
    expect(grid.area(0)).to_have_value("This morning, Chen Lan went to the Group Haier to investigate.")


def test_a_refusal_during_composition_is_acted_upon_when_the_field_is_left(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.mode = "refuse"
    composing(grid)
    refusal = grid.page.get_by_role("group", name="Refused change")
    expect(refusal).to_contain_text("Mine This morning")
    grid.area(0).evaluate("a => a.blur()")
    expect(refusal.filter(has_text="Mine niThis morning")).to_have_count(1)
    expect(grid.area(0)).to_have_value("This morning, Chen Lan went to the Group Haier to investigate.")


def test_a_conflict_shows_what_the_other_wrote(open_grid: Open) -> None:
    grid = open_grid("pairs")
    first = grid.fake.view["segments"][0]
    first["text"], first["version"] = "Somebody else's words.", 1
    grid.caret(0, 0)
    grid.type("Mine ")
    expect(grid.page.get_by_role("group", name="Refused change")).to_contain_text("Mine This")
    grid.press("Escape")
    expect(grid.area(0)).to_have_value("Somebody else's words.")


def test_a_refused_text_can_be_put_in_again_over_what_the_other_wrote(open_grid: Open) -> None:
    grid = open_grid("pairs")
    first = grid.fake.view["segments"][0]
    first["text"], first["version"] = "Somebody else's words.", 1
    grid.caret(0, 0)
    grid.type("Mine ")
    grid.page.get_by_role("button", name="Put my text in").click()
    expect(grid.page.get_by_role("group", name="Refused change")).to_have_count(0)
    grid.saved()
    assert grid.stored()[0].startswith("Mine This morning")


def test_what_waits_for_another_article_of_the_batch_is_sent_and_not_undone_here(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.page.evaluate(
        """(prefix) => localStorage.setItem(prefix + '000000000000001-000001-x-y', JSON.stringify({
          id: '00000000-0000-4000-8000-000000000001', kind: 'rate', payload: {value: 1},
          targets: [{segment: 999, base_version: null}]}))""",
        f"rendition/outbox/d1:1/{grid.name}/",
    )
    grid.fake.view["segments"].append({**grid.fake.view["segments"][0], "id": 999})
    data = grid.page.evaluate("window.data")
    grid.page.evaluate("(data) => { window.leave(); window.push(data); }", {**data, "segment": 201})
    grid.saved()
    assert grid.kinds() == ["rate"]
    grid.press("u")
    grid.told("Nothing to undo")


def test_what_waits_for_another_batch_is_said(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.page.evaluate("localStorage.setItem('rendition/outbox/d1:1/77/1', '{}')")
    grid.load()
    expect(grid.page.locator(".elsewhere")).to_contain_text("1 change in another batch is not saved yet")


def test_what_another_tab_saved_is_shown_here(open_grid: Open) -> None:
    grid = open_grid("pairs")
    other = grid.page.context.new_page()
    other.goto(grid.address)
    other.wait_for_function("window.ready")
    other.keyboard.press("n")
    other.keyboard.press("a")
    expect(grid.area(0)).to_have_value("This morning, Chen Lan went to Haier Group to investigate.")


def test_fifty_acts_in_one_tick_are_fifty_stored_events_in_order(open_grid: Open) -> None:
    grid = open_grid("long")
    grid.page.evaluate(
        """() => { const root = document.getElementById('host').shadowRoot;
          for (let i = 0; i < 50; i += 1) root.activeElement.dispatchEvent(
            new KeyboardEvent('keydown', {key: 'c', code: 'KeyC', bubbles: true, composed: true})); }"""
    )
    grid.saved()
    assert grid.kinds() == ["status"] * 50
    assert [event["targets"][0]["segment"] for event in grid.fake.events.values()] == list(range(201, 251))


def test_versions_are_foretold_while_events_wait(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.mode = "down"
    grid.caret(0, 0)
    for letter in "abc":
        grid.type(letter)
        grid.press("Escape", "e")
    grid.press("Control+Enter")
    waiting(grid, "502")
    grid.fake.mode = "ok"
    grid.saved()
    versions = [event["targets"][0]["base_version"] for event in grid.fake.events.values()]
    assert versions == [0, 1, 2, 3]
    assert grid.stored()[0].startswith("abcThis")


def test_two_tabs_send_each_event_once(open_grid: Open) -> None:
    grid = open_grid("pairs")
    other = grid.page.context.new_page()
    other.goto(grid.address)
    other.wait_for_function("window.ready")
    grid.fake.mode = "down"
    grid.press("n", "a")
    other.bring_to_front()
    other.keyboard.press("c")
    waiting(grid, "502")
    grid.fake.mode = "ok"
    grid.saved()
    expect(other.locator(".saved")).to_have_text("All changes saved")
    sent = [name for request in grid.fake.requests for name in request]
    assert sorted(set(sent)) == sorted(sent)


def test_a_full_store_of_the_browser_is_said_and_the_act_still_sent(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    grid.fake.mode = "down"
    grid.press("n", "a")
    waiting(grid, "while this page stays open")
    grid.fake.mode = "ok"
    grid.saved()
    assert grid.kinds() == ["accept"]


def test_a_server_that_cannot_store_now_is_quoted_and_asked_again(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.mode = "full"
    grid.press("n", "a", "n", "a")
    expect(grid.page.locator(".saved")).to_have_text(
        "Not saved: The disk is full. Make room on it. 2 changes kept in this browser; trying again."
    )
    expect(grid.page.get_by_role("group", name="Refused change")).to_have_count(0)
    assert grid.outbox() == 2
    grid.fake.mode = "ok"
    grid.saved()
    assert grid.kinds() == ["accept", "accept"]


@pytest.mark.parametrize("mode", ["refuse", "ok"])
def test_a_grid_that_is_mounted_anew_hears_the_answer_to_the_old_one(open_grid: Open, mode: str) -> None:
    grid = open_grid("pairs")
    held: list[Route] = []
    grid.page.route("**/events", lambda route: held.append(route), times=1)
    with grid.page.expect_request("**/events"):
        grid.press("n", "a")
    grid.page.evaluate(
        "() => { window.leave(); return window.push(window.data).then((leave) => { window.leave = leave; }); }"
    )
    expect(grid.area(0)).to_have_value("This morning, Chen Lan went to Haier Group to investigate.")
    grid.fake.mode = mode
    held[0].continue_()
    if mode == "refuse":
        expect(grid.page.get_by_role("group", name="Refused change")).to_have_count(1)
        expect(grid.area(0)).to_have_value("This morning, Chen Lan went to the Group Haier to investigate.")
    grid.saved()
    assert len(grid.fake.requests) == 1


def test_what_only_the_page_holds_outlives_the_grid(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    grid.fake.mode = "down"
    grid.press("n", "a")
    waiting(grid, "while this page stays open")
    grid.page.evaluate("() => { window.leave(); return window.push(window.data).then(() => null); }")
    grid.fake.mode = "ok"
    grid.saved()
    assert grid.kinds() == ["accept"]


def test_what_waits_for_one_database_is_not_sent_to_another(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.fake.mode = "down"
    grid.press("n", "a")
    grid.caret(4, 0)
    grid.type("Then: ")
    waiting(grid, "502")
    grid.fake.store = "d2"
    grid.load()
    grid.fake.mode = "ok"
    grid.saved()
    assert grid.texts()[0].startswith("This morning, Chen Lan went to the Group Haier")
    assert grid.kinds() == []
    grid.fake.store = "d1"
    grid.load()
    grid.saved()
    assert grid.kinds() == ["accept", "edit"]


def test_what_is_typed_in_any_way_is_not_called_saved_before_it_is(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    line = "() => document.getElementById('host').shadowRoot.querySelector('.saved').textContent"
    session = grid.page.context.new_cdp_session(grid.page)
    grid.caret(0, 0)
    session.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    assert grid.page.evaluate(line) == "Saving 1…"
    grid.area(0).evaluate("a => a.blur()")
    assert grid.page.evaluate(line) == "Saving 1…" or grid.stored()[0].startswith("ni")
    grid.saved()
    assert grid.stored()[0].startswith("niThis")
    for kind in ("insertText", "insertFromPaste", "insertFromDrop"):
        said = grid.area(1).evaluate(
            f"""(a, kind) => {{ a.focus(); a.setRangeText(kind, 0, 0, 'end');
              a.dispatchEvent(new InputEvent('input', {{inputType: kind, bubbles: true, composed: true}}));
              return ({line})(); }}""",
            kind,
        )
        assert said == "Saving 1…"
        grid.saved()
        assert grid.stored()[1].startswith(kind)


def test_an_answer_that_comes_while_more_is_being_typed_does_not_say_saved(open_grid: Open) -> None:
    grid = open_grid("pairs")
    composing(grid)
    grid.page.wait_for_function("!Object.keys(localStorage).some((key) => key.includes('outbox'))")
    expect(grid.page.locator(".saved")).to_have_text("Saving 1…")
    assert grid.stored()[0].startswith("Mine This")
    grid.page.context.new_cdp_session(grid.page).send("Input.insertText", {"text": "你"})
    grid.saved()
    assert grid.stored()[0].startswith("Mine 你This")
