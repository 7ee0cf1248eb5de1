"""Keys: in the text, outside it, by preset, and never during composition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.grid.driver import Grid

pytestmark = pytest.mark.browser

Open = Callable[..., Grid]

CHECK = """async (address) => {
  const { COMMANDS, PRESETS, RESERVED } = await import(address + '/commands.js');
  const { Keys } = await import(address + '/keys.js');
  const wrong = [];
  for (const preset of Object.keys(PRESETS)) {
    const keys = new Keys({ preset });
    const held = new Map();
    for (const { id } of COMMANDS) for (const key of keys.of(id)) {
      if (RESERVED.has(key)) wrong.push(`${preset}: ${key} is reserved`);
      if (held.has(key)) wrong.push(`${preset}: ${key} means ${held.get(key)} and ${id}`);
      held.set(key, id);
    }
    for (const { id } of COMMANDS) if (!keys.of(id).length) wrong.push(`${preset}: ${id} has no key`);
  }
  const letters = COMMANDS.flatMap((command) => command.letter);
  if (new Set(letters).size !== letters.length) wrong.push('two commands share a letter');
  return wrong;
}"""

COMMAND = """async ([address, init, typing, saved]) => {
  const { Keys } = await import(address + '/keys.js');
  const event = new KeyboardEvent('keydown', init);
  if (init.graph) Object.defineProperty(event, 'getModifierState', { value: (name) => name === 'AltGraph' });
  return new Keys(saved ?? {}).command(event, typing);
}"""


@pytest.fixture
def command(context: Any, harness: Any) -> Callable[..., str | None]:
    from review.pages.grid import fingerprint

    page = context.new_page()
    page.goto(f"{harness.url}/loader.js")

    def ask(
        key: str, code: str = "", typing: bool = False, saved: dict[str, Any] | None = None, **init: Any
    ) -> str | None:
        address = f"{harness.url}/assets/{fingerprint()}"
        return page.evaluate(COMMAND, [address, {"key": key, "code": code, **init}, typing, saved])  # type: ignore[no-any-return]

    return ask


def test_no_preset_uses_a_reserved_key_or_one_key_twice(open_grid: Open) -> None:
    grid = open_grid("pairs")
    assert grid.page.evaluate(CHECK, grid.page.evaluate("new URL(window.data.assets, location).href")) == []


def test_letters_act_outside_the_text_only(command: Callable[..., str | None]) -> None:
    assert command("a", "KeyA") == "accept"
    assert command("a", "KeyA", typing=True) is None
    assert command("A", "KeyA", shiftKey=True) == "acceptAll"
    assert command("a", "KeyA", saved={"letters": False}) is None


def test_letters_go_by_their_place_on_a_layout_that_is_not_latin(command: Callable[..., str | None]) -> None:
    assert command("ф", "KeyA") == "accept"
    assert command("о", "KeyJ") == "segmentNext"
    assert command("я", "KeyZ", typing=True, ctrlKey=True) == "undo"
    assert command("q", "KeyA") is None, "a Latin layout goes by the letter it prints"


def test_nothing_acts_during_composition_or_with_altgr(command: Callable[..., str | None]) -> None:
    assert command("Enter", "Enter", typing=True, ctrlKey=True) == "confirm"
    assert command("Enter", "Enter", typing=True, ctrlKey=True, isComposing=True) is None
    assert command("n", "KeyN", isComposing=True) is None
    assert command("1", "Digit1", typing=True, altKey=True) == "choose1"
    assert command("1", "Digit1", typing=True, altKey=True, ctrlKey=True, graph=True) is None


def test_digits_with_alt_go_by_their_place(command: Callable[..., str | None]) -> None:
    assert command("¡", "Digit1", typing=True, altKey=True) == "choose1"
    assert command("2", "Digit2") == "choose2"


def test_a_preset_and_own_keys_change_what_a_key_means(command: Callable[..., str | None]) -> None:
    assert command("j", "KeyJ", typing=True, ctrlKey=True) is None
    assert command("j", "KeyJ", typing=True, ctrlKey=True, saved={"preset": "memoq"}) == "merge"
    own = {"own": {"accept": ["Alt+Q"]}}
    assert command("q", "KeyQ", typing=True, altKey=True, saved=own) == "accept"
    assert command("Enter", "Enter", typing=True, altKey=True, saved=own) is None


def test_the_whole_loop_with_the_caret_in_the_text(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(0, 0)
    grid.press("Alt+ArrowDown")
    assert grid.area(0).evaluate("a => a.value.slice(a.selectionStart, a.selectionEnd)") == "the Group Haier"
    grid.press("Alt+Enter")
    assert grid.focus()["tag"] == "TEXTAREA"
    assert grid.texts()[0] == "This morning, Chen Lan went to Haier Group to investigate."
    grid.type(" itself")
    assert "Haier Group itself to" in grid.texts()[0]
    grid.press("Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowDown", "Alt+2")
    assert grid.texts()[3].startswith("The real economy is the root")
    grid.press("Alt+ArrowUp")
    assert grid.area(2).evaluate("a => a.value.slice(a.selectionStart, a.selectionEnd)") == "8,000"
    grid.press("Alt+0")
    grid.press("2", "Enter")
    grid.told("Dismissed")
    assert grid.focus()["tag"] == "TEXTAREA"
    grid.press("Control+ArrowDown", "Control+Enter")
    assert grid.fake is not None
    grid.saved()
    assert grid.kinds() == ["accept", "edit", "accept", "dismiss", "status"]
    grid.press("Control+z")
    grid.saved()
    assert grid.fake.view["segments"][3]["status"] == "draft"


def test_the_whole_loop_by_letters(open_grid: Open) -> None:
    grid = open_grid("pairs")
    assert grid.focus()["role"] == "row"
    grid.press("j", "j", "k")
    assert grid.focus()["label"].startswith("Segment 2,")
    grid.press("n")
    assert "double cycle" in grid.focus()["text"]
    grid.press("a")
    grid.told("Accepted “dual circulation”, 5 flags left")
    grid.press("n", "n", "d", "Tab", "Tab")
    grid.press("Escape")
    grid.press("Shift+D")
    grid.told("Dismissed, 4 flags left")
    grid.press("u")
    grid.told("Undid: dismissal")
    grid.press("Shift+U")
    grid.press("c")
    grid.told("Confirmed")
    grid.saved()
    assert grid.kinds() == ["accept", "dismiss", "undo", "redo", "status"]


def test_escape_leaves_the_text_and_keeps_it(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("e")
    grid.type("So ")
    grid.press("Escape")
    assert grid.focus()["role"] == "row"
    grid.saved()
    assert grid.stored()[0].startswith("So This")


def test_composed_text_is_kept_whole_and_fires_nothing(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(0, 0)
    session = grid.page.context.new_cdp_session(grid.page)
    session.send("Input.imeSetComposition", {"text": "ni", "selectionStart": 2, "selectionEnd": 2})
    assert grid.texts()[0].startswith("niThis")
    grid.page.wait_for_function("performance.now() > 0 && new Promise((done) => setTimeout(() => done(true), 700))")
    assert grid.kinds() == []
    session.send("Input.insertText", {"text": "你"})
    grid.saved()
    grid.page.wait_for_function("!Object.keys(localStorage).some((key) => key.includes('draft'))")
    grid.saved()
    assert grid.stored()[0].startswith("你This")
    assert grid.kinds() == ["edit"]


def test_keys_of_the_grid_do_not_reach_the_page_around_it(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.page.evaluate(
        "window.heard = []; document.addEventListener('keydown', (event) => window.heard.push(event.key))"
    )
    grid.press("r", "Escape", "c", "e")
    grid.type("rc")
    assert grid.page.evaluate("window.heard") == []


def test_a_key_is_remapped_in_the_list_of_acts(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("?")
    grid.page.get_by_label("Find an act").fill("accept the")
    grid.page.get_by_role("button", name="Key of Accept the suggestion").click()
    grid.press("Control+t")
    expect(grid.page.locator("dialog")).to_contain_text("belongs to the browser")
    grid.page.get_by_role("button", name="Key of Accept the suggestion").click()
    grid.press("Alt+q")
    grid.press("Escape")
    grid.caret(0, 0)
    grid.press("Alt+ArrowDown", "Alt+q")
    assert "Haier Group" in grid.texts()[0]
    assert grid.page.evaluate("window.triggers.at(-1)")[1]["own"] == {"accept": ["Alt+Q"]}


def test_an_act_is_found_by_name_and_run_from_the_list(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.caret(0, 0)
    grid.press("Control+/")
    grid.type("original and")
    grid.press("Enter")
    expect(grid.page.locator(".details")).to_contain_text(["Original"])
    assert grid.focus()["tag"] == "TEXTAREA"


def key_of(grid: Grid, label: str) -> Any:
    return grid.page.get_by_role("button", name=f"Key of {label}")


def test_a_key_taken_from_an_act_is_told_and_can_be_given_back(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("?")
    key_of(grid, "Merge with the next").click()
    grid.press("Control+z")
    expect(grid.page.locator("dialog p[role=status]")).to_have_text(
        "Merge with the next: Ctrl+Z. Ctrl+Z was Undo's; Undo has no key now."
    )
    assert "none" in str(key_of(grid, "Undo:").get_attribute("aria-label"))
    grid.page.get_by_role("button", name="Reset the key of Undo").click()
    expect(grid.page.locator("dialog p[role=status]")).to_have_text(
        "Undo: Ctrl+Z. Ctrl+Z was Merge with the next's; Merge with the next has no key now."
    )
    grid.page.get_by_role("button", name="Reset the key of Merge").click()
    expect(key_of(grid, "Merge with the next")).to_have_text("Alt+⇧↓")
    assert grid.page.evaluate("window.triggers.at(-1)")[1]["own"] == {}


def test_undo_and_confirm_keep_a_key_where_letters_are_off(open_grid: Open) -> None:
    grid = open_grid("pairs")
    grid.press("?")
    letters = grid.page.get_by_label("single letters outside the text")
    letters.uncheck()
    key_of(grid, "Merge with the next").click()
    grid.press("Control+Enter")
    note = grid.page.locator("dialog p[role=status]")
    expect(note).to_have_text(
        "Confirm and go to the next unconfirmed would be left without a key. Give it another one first."
    )
    letters.check()
    key_of(grid, "Merge with the next").click()
    grid.press("Control+Enter")
    letters.click()
    expect(note).to_contain_text("has no key but its letter")
    expect(letters).to_be_checked()


def test_enter_goes_into_the_text_where_letters_are_off(command: Callable[..., str | None]) -> None:
    off = {"letters": False}
    assert command("Enter", "Enter", saved=off) == "edit"
    assert command("Enter", "Enter", saved=off, typing=True) is None
    assert command("F2", "F2", saved=off, ctrlKey=True, shiftKey=True) == "edit"
