"""Inline codes of the file: drawn as chips, whole under the caret, and never lost on the way to the server."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from review.model import Code
from review.text import codes
from tests.grid.driver import Grid
from tests.text.code_cases import CASES, TWO

FIRST = "Open <1>Settings</1> and choose the <2/> language."
BROKEN = "Open <1>Settings and choose the <2/> language."


@pytest.fixture
def coded(open_grid: Callable[..., Grid]) -> Grid:
    return open_grid("coded")


def lose(grid: Grid) -> None:
    """Delete the first closing code of the first text, by Backspace pressed twice."""
    grid.caret(0, FIRST.index(" and"))
    grid.press("Backspace", "Backspace")
    assert grid.texts()[0] == BROKEN


def test_the_rule_in_the_browser_is_the_server_s(modules: Callable[..., Any]) -> None:
    assert [modules("codes", "lacking", *case[:4]) for case in CASES] == [case[4] for case in CASES]


def test_the_rules_agree_on_texts_made_at_random(modules: Callable[..., Any]) -> None:
    known = [Code(str(one[0]), str(one[1]), bool(one[2])) for one in TWO]
    dice = random.Random(7)
    parts = [*(code.token for code in known), "a", " 𝒳 ", "<9/>", "<"]
    for _ in range(150):
        before, after, source = ("".join(dice.choices(parts, k=dice.randrange(7))) for _ in range(3))
        said = modules("codes", "lacking", TWO, before, after, source)
        assert said == codes.lacking(known, before, after, source), (before, after, source)


def test_codes_are_chips_that_say_what_they_are(coded: Grid) -> None:
    row = coded.page.locator(".row").first
    for place in (".source", ".backdrop", ".details .reference", ".details .alternative"):
        chips = row.locator(f"{place} .code")
        assert chips.all_text_contents() == ["<1>", "</1>", "<2/>"]
        assert chips.evaluate_all("list => list.map(one => one.title)") == [
            "opening code 1: <a>", "closing code 1: </a>", "code 2: image",
        ]  # fmt: skip
    expect(row.locator(".source .code").first).to_have_attribute("aria-label", "opening code 1: <a>")
    assert coded.page.locator(".row").nth(3).locator(".code").count() == 0


def test_what_is_copied_of_the_source_has_the_tokens(coded: Grid) -> None:
    assert (
        coded.page.locator(".source")
        .first.evaluate("e => { const r = document.createRange(); r.selectNodeContents(e); return r.toString(); }")
        .rstrip("\u200b")
        == coded.fake.view["segments"][0]["source"]
    )


def test_differences_show_a_moved_code_as_a_whole(coded: Grid) -> None:
    coded.caret(0, FIRST.index("<2/>") + 1)
    coded.press("Alt+.")
    coded.saved()
    coded.press("F2")
    changes = coded.page.locator(".details .original .changes")
    assert changes.locator("del .code").all_text_contents() == ["<2/>"]
    assert changes.locator("ins .code").all_text_contents() == ["<2/>"]


def test_the_remarks_of_the_file_stand_under_the_active_segment(coded: Grid) -> None:
    notes = coded.page.locator(".details .filenote")
    assert notes.all_text_contents() == ["NoteButton label: at most 40 letters.", "NoteSecond remark"]


def test_backspace_selects_a_code_and_then_deletes_it(coded: Grid) -> None:
    at = FIRST.index("</1>")
    coded.caret(0, at + 4)
    coded.press("Backspace")
    focus = coded.focus()
    assert (focus["from"], focus["to"], focus["value"]) == (at, at + 4, FIRST)
    coded.told("closing code 1: </a>")
    coded.press("Backspace")
    assert coded.texts()[0] == BROKEN


def test_delete_does_the_same_on_the_other_side(coded: Grid) -> None:
    at = FIRST.index("<2/>")
    coded.caret(0, at)
    coded.press("Delete")
    assert (coded.focus()["from"], coded.focus()["to"]) == (at, at + 4)
    coded.press("Delete")
    assert coded.texts()[0] == FIRST.replace("<2/>", "")


@pytest.mark.parametrize("key", ["Control+Backspace", "Control+Delete"])
def test_deleting_a_word_never_leaves_half_a_code(coded: Grid, key: str) -> None:
    for at in range(len(FIRST) + 1):
        coded.caret(0, at)
        coded.press(key, key)
        found = coded.texts()[0]
        assert not any(half in codes.bare([Code(t) for t in ("<1>", "</1>", "<2/>")], found) for half in "</>")
        coded.press("Control+z")
        if coded.texts()[0] != FIRST:
            coded.press("Control+z")
        expect(coded.area(0)).to_have_value(FIRST)


def test_arrows_jump_over_a_code(coded: Grid) -> None:
    at = FIRST.index("<1>")
    coded.caret(0, at)
    coded.press("ArrowRight")
    assert coded.focus()["from"] == at + 3
    coded.press("ArrowLeft")
    assert coded.focus()["from"] == at
    coded.press("Shift+ArrowRight")
    assert (coded.focus()["from"], coded.focus()["to"]) == (at, at + 3)
    coded.press("Shift+ArrowRight")
    assert (coded.focus()["from"], coded.focus()["to"]) == (at, at + 4)


def test_a_selection_that_cuts_a_code_takes_all_of_it(coded: Grid) -> None:
    coded.caret(0, FIRST.index("<1>") + 1, FIRST.index("</1>") + 2)
    assert (coded.focus()["from"], coded.focus()["to"]) == (FIRST.index("<1>"), FIRST.index("</1>") + 4)
    coded.caret(0, FIRST.index("</1>") + 1)
    assert coded.focus()["from"] == FIRST.index("</1>")


def test_what_is_typed_inside_a_code_goes_behind_it(coded: Grid) -> None:
    coded.area(0).evaluate("(a, at) => { a.focus(); a.setSelectionRange(at, at); }", FIRST.index("<1>") + 1)
    coded.type("x")
    assert coded.texts()[0] == FIRST.replace("<1>", "<1>x")


def test_a_code_can_be_cut_and_pasted_and_is_not_sent_without_its_place(coded: Grid) -> None:
    coded.caret(0, FIRST.index("<2/>"))
    coded.press("Shift+ArrowRight", "Control+x")
    assert coded.texts()[0] == FIRST.replace("<2/>", "")
    expect(coded.page.locator(".saved")).to_contain_text(
        "Not saved, segment 1: The inline code <2/> (image) is missing"
    )
    coded.press("End", "Control+v")
    coded.saved()
    assert coded.stored()[0] == FIRST.replace("<2/>", "") + "<2/>"


@pytest.mark.parametrize(
    ("token", "key", "after"),
    [
        ("<1>", "Alt+,", "<1>Open Settings</1> and choose the <2/> language."),
        ("</1>", "Alt+.", "Open <1>Settings and</1> choose the <2/> language."),
        ("<2/>", "Alt+.", "Open <1>Settings</1> and choose the language. <2/>"),
        ("<2/>", "Alt+,", "Open <1>Settings</1> and choose <2/> the language."),
    ],
)
def test_a_key_moves_the_code_a_word_on(coded: Grid, token: str, key: str, after: str) -> None:
    coded.caret(0, FIRST.index(token))
    coded.press(key)
    expect(coded.area(0)).to_have_value(after)
    at = after.index(token)
    assert (coded.focus()["from"], coded.focus()["to"]) == (at, at + len(token))
    coded.saved()
    assert coded.stored()[0] == after


def test_moving_there_and_back_changes_nothing(coded: Grid) -> None:
    coded.caret(0, FIRST.index("<2/>"))
    coded.press("Alt+,", "Alt+,", "Alt+.", "Alt+.")
    expect(coded.area(0)).to_have_value(FIRST)


def test_flags_stay_on_their_words_when_a_code_moves(coded: Grid) -> None:
    text = coded.texts()[1]
    coded.caret(1, text.index("<1>"))
    coded.press("Alt+,", "Alt+,")
    expect(coded.area(1)).to_have_value("<1>The Kaos platform</1> is online.")
    expect(coded.page.locator(".row").nth(1).locator(".backdrop .flag")).to_have_text("Kaos")


def test_a_key_puts_in_the_next_code_that_lacks(coded: Grid) -> None:
    text = "The port is large 𝒳 <2>indeed</2>."
    coded.caret(2, 4)
    line = coded.page.locator(".row").nth(2).locator(".codeline")
    expect(line).to_contain_text("Missing: <1> </1>")
    coded.press("Alt+i")
    expect(coded.area(2)).to_have_value(text.replace("port", "<1>port"))
    expect(line).to_contain_text("Missing: </1>")
    coded.press("Control+ArrowRight", "Alt+i")
    coded.saved()
    assert "<1>port" in coded.stored()[2]
    assert "</1>" in coded.stored()[2]
    expect(line).to_be_hidden()
    coded.press("Alt+i")
    coded.told("No code is missing.")


def test_about_a_selection_it_puts_the_missing_pair(coded: Grid) -> None:
    coded.caret(2, 4, 8)
    coded.press("Alt+i")
    coded.saved()
    assert coded.stored()[2] == "The <1>port</1> is large 𝒳 <2>indeed</2>."
    assert (coded.focus()["from"], coded.focus()["to"]) == (7, 11)


def test_a_text_that_lost_a_code_is_not_sent_and_says_so(coded: Grid) -> None:
    lose(coded)
    expect(coded.page.locator(".codeline").first).to_contain_text("Missing: </1>")
    expect(coded.page.locator(".codeline").first).to_contain_text("Not saved until this is mended")
    coded.press("Control+Enter")
    coded.told("Not saved: The inline code </1> (</a>) is missing; put it back where it belongs.")
    assert coded.focus()["value"] == BROKEN
    assert coded.kinds() == []
    coded.press("Alt+i")
    coded.saved()
    assert coded.stored()[0] == FIRST
    coded.press("Control+Enter")
    coded.saved()
    assert coded.kinds() == ["status"]


def test_an_invented_code_is_refused_as_well(coded: Grid) -> None:
    coded.caret(0, 0)
    coded.type("<2/>")
    coded.press("Control+Enter")
    coded.told("Not saved: The inline code <2/> (image) stands there too often; take it out.")
    assert coded.kinds() == []


def test_other_segments_are_saved_while_one_waits(coded: Grid) -> None:
    lose(coded)
    coded.caret(3, 0)
    coded.type("Still ")
    expect(coded.page.locator(".saved")).to_contain_text("Not saved, segment 1")
    coded.page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('rendition/outbox/'))")
    coded.press("Control+Enter")
    coded.page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('rendition/outbox/'))")
    assert coded.stored()[3].startswith("Still ")
    assert coded.stored()[0] == FIRST
    assert coded.texts()[0] == BROKEN


def test_what_was_typed_is_there_after_a_reload(coded: Grid) -> None:
    lose(coded)
    coded.load()
    expect(coded.area(0)).to_have_value(BROKEN)
    expect(coded.page.locator(".saved")).to_contain_text("Not saved, segment 1")
    coded.caret(0, BROKEN.index(" and"))
    coded.press("Alt+i")
    coded.saved()
    assert coded.stored()[0] == FIRST
    assert coded.page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('rendition/draft/'))") is False


def test_what_was_typed_stays_when_a_newer_view_comes(coded: Grid) -> None:
    lose(coded)
    coded.fake.view["segments"][3]["text"] = "Somebody wrote this."
    coded.fake.view["segments"][3]["version"] += 1
    coded.fake.view["revision"] += 1
    coded.page.evaluate("article => window.push({...window.data, article})", coded.fake.article())
    expect(coded.area(3)).to_have_value("Somebody wrote this.")
    expect(coded.area(0)).to_have_value(BROKEN)


def test_where_somebody_else_wrote_meanwhile_the_text_is_kept_in_the_refusal(coded: Grid) -> None:
    lose(coded)
    coded.fake.view["segments"][0]["text"] = FIRST.replace("Open", "Go to")
    coded.fake.view["segments"][0]["version"] += 1
    coded.fake.view["revision"] += 1
    coded.page.evaluate("article => window.push({...window.data, article})", coded.fake.article())
    expect(coded.area(0)).to_have_value(BROKEN)
    coded.caret(0, BROKEN.index(" and"))
    coded.press("Alt+i")
    expect(coded.page.locator(".refusal blockquote")).to_have_text(FIRST)
    expect(coded.area(0)).to_have_value(FIRST.replace("Open", "Go to"))


def test_undo_takes_unsaved_typing_back_first_and_redo_brings_it_again(coded: Grid) -> None:
    coded.caret(3, 0)
    coded.type("So: ")
    coded.saved()
    lose(coded)
    coded.press("Control+z")
    expect(coded.area(0)).to_have_value(FIRST)
    coded.saved()
    coded.press("Control+y")
    expect(coded.area(0)).to_have_value(BROKEN)
    coded.press("Control+z", "Control+z")
    coded.saved()
    expect(coded.area(3)).to_have_value("No codes here, only <9> as text.")


@pytest.mark.parametrize(
    "key", ["Alt+Shift+ArrowDown", "Alt+/", "Alt+Shift+Delete", "Alt+F2", "Alt+F9", "F9", "Shift+F2"]
)
def test_no_act_passes_over_text_that_waits(coded: Grid, key: str) -> None:
    lose(coded)
    coded.press(key)
    coded.told("Not saved: The inline code </1> (</a>) is missing")
    assert coded.kinds() == []
    assert coded.texts()[0] == BROKEN


def test_the_original_comes_back_whatever_codes_it_has(coded: Grid) -> None:
    coded.caret(2, 4, 8)
    coded.press("Alt+i")
    coded.saved()
    coded.press("Shift+F6")
    coded.saved()
    assert coded.stored()[2] == "The port is large 𝒳 <2>indeed</2>."
    lose(coded)
    coded.press("Shift+F6")
    expect(coded.area(0)).to_have_value(FIRST)
    coded.press("Control+y")
    expect(coded.area(0)).to_have_value(BROKEN)


def test_an_accepted_suggestion_keeps_the_codes_among_its_words(modules: Callable[..., Any]) -> None:
    def replaced(text: str, words: str, suggestion: str) -> str:
        at = text.index(words)
        flag = {"from": at, "to": at + len(words), "detector": "terminology"}
        return str(modules("flags", "replaced", text, flag, suggestion, TWO))

    assert (
        replaced("The <1>double</1> cycle.", "double</1> cycle", "dual circulation") == "The <1>dual circulation</1>."
    )
    assert replaced("A <1>b c</1> d", "<1>b c</1>", "X") == "A <1>X</1> d"
    assert replaced("A b</1> c <2>d", "b</1> c <2>d", "X") == "A X</1><2>"
    assert replaced("A bad word", "bad ", "") == "A word"


def test_a_code_too_many_is_taken_out_by_its_flag(modules: Callable[..., Any]) -> None:
    flag = {"from": 2, "to": 5, "detector": "codes"}
    assert modules("flags", "replaced", "a <1> b <1>c", flag, "", TWO) == "a b <1>c"


@pytest.mark.parametrize(
    ("text", "fitted"),
    [
        ("Pick a language in settings.", "Pick a language in settings.<1></1><2/>"),
        ("In <1>settings</1> pick a <2/> language.", "In <1>settings</1> pick a <2/> language."),
        ("<2/><2/>In </1>settings<1>", "In settings<1></1><2/>"),
        ("In <1>settings</1> <8/>", "In <1>settings</1> <8/><2/>"),
    ],
)
def test_a_text_of_the_memory_is_fitted_with_the_codes(modules: Callable[..., Any], text: str, fitted: str) -> None:
    segment = {
        "codes": [["<1>", "", True], ["</1>", "", True], ["<2/>", "", True]],
        "saved": FIRST, "source": "打开<1>设置</1>，选择<2/>语言。",
    }  # fmt: skip
    made = modules("codes", "fitted", segment, text)
    assert made == fitted
    assert codes.lacking([Code(t) for t in ("<1>", "</1>", "<2/>")], FIRST, made, str(segment["source"])) == ""


def test_a_pair_about_the_whole_text_is_put_about_the_memory_s(modules: Callable[..., Any]) -> None:
    segment = {"codes": TWO, "saved": "<1>All of it</1>", "source": "<1>全部</1>"}
    assert modules("codes", "fitted", segment, "Everything") == "<1>Everything</1>"


def test_a_split_never_cuts_a_code(coded: Grid) -> None:
    coded.area(0).evaluate("(a, at) => { a.focus(); a.setSelectionRange(at, at); }", FIRST.index("</1>") + 2)
    coded.press("Alt+/")
    coded.saved()
    assert coded.stored()[:2] == ["Open <1>Settings</1>", "and choose the <2/> language."]


def test_an_inserted_sentence_has_no_codes(coded: Grid) -> None:
    coded.caret(0, 3)
    coded.press("Alt+=")
    coded.type("Then <1> more.")
    coded.saved()
    assert coded.stored()[1] == "Then <1> more."


def test_the_clean_article_is_copied_without_codes(modules: Callable[..., Any]) -> None:
    segments = [
        {"text": "The <1>port</1>.", "codes": TWO, "paragraph": 0},
        {"text": "<1></1>", "codes": TWO, "paragraph": 0},
        {"text": "See <1>", "paragraph": 0},
    ]
    assert modules("clipboard", "paragraphs", segments) == ["The port. See <1>"]


def test_codes_are_protected_in_whole_paragraphs_too(coded: Grid) -> None:
    coded.press("Alt+Shift+F8")
    whole = coded.texts()[0]
    at = whole.index("<1>platform")
    coded.caret(0, at + 3)
    coded.press("Backspace", "Backspace", "Control+Enter")
    coded.told("Not saved: The inline code <1> (<b>) is missing")
    expect(coded.page.locator(".codeline").first).to_contain_text("Missing: <1>")
    coded.press("Alt+i")
    coded.saved()
    assert coded.stored()[1] == "The Kaos <1>platform</1> is online."


def test_a_code_that_the_server_misses_is_said_at_the_refused_text(coded: Grid) -> None:
    """The page's view is older: only the server knows that <9> is a code by now."""
    coded.fake.view["segments"][3]["codes"] = [["<9>", "br", True]]
    text = coded.texts()[3]
    coded.caret(3, text.index("<9>"), text.index("<9>") + 4)
    coded.press("Backspace")
    refusal = coded.page.locator(".refusal")
    expect(refusal).to_contain_text("Not saved (edit, segment 4): The inline code <9> (br) is missing")
    expect(refusal.locator("blockquote")).to_have_text("No codes here, only as text.")
    expect(coded.area(3)).to_have_value(text)
    refusal.get_by_role("button", name="Put my text in").click()
    expect(coded.area(3)).to_have_value("No codes here, only as text.")
    expect(coded.page.locator(".saved")).to_contain_text("Not saved, segment 4: The inline code <9> (br) is missing")
