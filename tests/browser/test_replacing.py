"""Replace and Unify in a real browser: the preview, a tick taken away, a text edited, one act, one way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from scripts.serving import Served
from tests.browser.desk import run, serious

if TYPE_CHECKING:
    from playwright.sync_api import Page

ARTICLES = ("harbour", "market", "school")
PLACES = ("harbour", "market", "school", "museum", "theatre")
ROWS = (
    ("海尔卡奥斯平台服务企业。", "The Kaos platform serves firms."),
    ("他参观了卡奥斯。", "He visited Kaos and its users."),
    ("一切很好。", "All is well."),
)


@contextmanager
def stocked(folder: Path, rows: list[tuple[str, str, str]]) -> Iterator[Served]:
    """A server with batch "news" of these rows: article, source, translation."""
    file = folder / "news.jsonl"
    file.write_text("".join(json.dumps(row(n, *given)) + "\n" for n, given in enumerate(rows)), "utf-8")
    served = Served(folder / "review.sqlite3", samples=False)
    made = run(served, "import", str(file), "--batch", "news")
    assert made.returncode == 0, made.stderr
    with served:
        yield served


def row(number: int, article: str, source: str, text: str) -> dict[str, str]:
    given = {"article": article, "segment": str(number), "hypothesis": text, "target_language": "en"}
    return {**given, "source": source, "source_language": "zh"} if source else given


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server with one batch: three articles, with Kaos in two segments of each."""
    with stocked(tmp_path, [(article, *pair) for article in ARTICLES for pair in ROWS]) as served:
        yield served


def exported(served: Served) -> list[str]:
    """The batch's texts as the command line writes them; and state equals events."""
    made = run(served, "export", "--batch", "news", "--format", "text")
    assert made.returncode == 0, made.stderr
    proof = run(served, "replay")
    assert proof.returncode == 0, proof.stderr
    return [line for line in made.stdout.decode().splitlines() if line.strip()]


def settled(page: Page) -> None:
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def preview(page: Page, served: Served, **query: str) -> None:
    page.goto(f"{served.url}/replace?{urlencode(query)}")
    page.locator(".hits tbody tr").first.wait_for()
    settled(page)


def test_a_preview_is_unticked_and_edited_then_replaced_in_one_act_and_taken_back_in_one(
    served: Served, page: Page
) -> None:
    from playwright.sync_api import expect

    before = exported(served)
    preview(page, served, find="Kaos", replace="COSMOPlat")
    expect(page.get_by_text("6 hits in 6 segments of 3 articles.")).to_be_visible()
    assert page.locator(".hits del").all_text_contents() == ["Kaos"] * 6
    assert page.locator(".hits ins").all_text_contents() == ["COSMOPlat"] * 6
    page.get_by_label("Replace in market, segment 1").uncheck()
    page.get_by_role("button", name="Edit: He visited COSMOPlat and its users.").nth(2).click()
    page.keyboard.press("Control+a")
    page.keyboard.type("He came to COSMOPlat, a car of r and c.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 unticked · 1 edited by hand")).to_be_visible()
    settled(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Replaced in 5 segments of 3 articles.")).to_be_visible()
    after = exported(served)
    assert [text for text in after if "Kaos" in text] == ["The Kaos platform serves firms."]
    assert sum("COSMOPlat" in text for text in after) == 5
    assert after[7] == "He came to COSMOPlat, a car of r and c."
    expect(page.get_by_text("1 hit in 1 segment of 1 article.")).to_be_visible()
    expect(page.locator(".hits tbody input:checked")).to_have_count(1)
    page.get_by_role("button", name="Take it all back").click()
    expect(page.get_by_text("Taken back: 5 segments")).to_be_visible()
    expect(page.locator(".hits tbody input:checked")).to_have_count(6)
    assert "car of r and c" not in (page.locator(".hits").text_content() or "")
    assert exported(served) == before


def test_a_pattern_with_groups_and_a_source_condition_travels_in_the_address(served: Served, page: Page) -> None:
    from playwright.sync_api import expect

    page.goto(f"{served.url}/replace")
    page.get_by_label("Find in the translation").fill(r"the (\w+) platform")
    page.get_by_label("Replace with").fill(r"the platform \1")
    page.get_by_label("Only where the source has").fill("海尔")
    page.get_by_role("radiogroup", name="Find as").get_by_text("Pattern").click()
    page.locator(".hits tbody tr").nth(2).wait_for()
    page.wait_for_url("**kind=pattern**")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".hits del")).to_have_text(["The Kaos platform"] * 3)
    expect(other.locator(".hits ins")).to_have_text(["The platform Kaos"] * 3)
    expect(other.get_by_label("Only where the source has")).to_have_value("海尔")
    other.close()
    page.get_by_label("Find in the translation").fill("the (")
    page.get_by_label("Find in the translation").press("Enter")
    expect(page.get_by_text("is refused")).to_be_visible()
    expect(page.locator(".hits")).to_have_count(0)


@pytest.fixture
def uneven(tmp_path: Path) -> Iterator[Served]:
    """A server with one batch in which 卡尔扎伊 is Karzai seven times, Kalzay twice and Carsay three times."""
    renders = ["Karzai"] * 7 + ["Kalzay"] * 2 + ["Carsay"] * 3
    pairs = [
        (f"第{n}处有卡尔扎伊。", f"In {PLACES[n % 5]} {n} there is {name} again.") for n, name in enumerate(renders)
    ]
    pairs += [(f"第{n}句。", f"There is {PLACES[n % 5]} {n} again.") for n in range(30)]
    with stocked(tmp_path, [(f"part {n % 3}", source, text) for n, (source, text) in enumerate(pairs)]) as served:
        yield served


def test_renderings_are_unified_in_one_act_and_parted_again_by_one(uneven: Served, page: Page) -> None:
    from playwright.sync_api import expect

    before = exported(uneven)
    page.goto(f"{uneven.url}/consistency")
    page.get_by_label("Words of the source").fill("卡尔扎伊")
    page.get_by_label("Words of the source").press("Enter")
    expect(page.get_by_text("stands in the source of 12 segments. 3 renderings found.")).to_be_visible()
    expect(page.locator("table.spots mark", has_text="Karzai")).to_have_count(7)
    page.get_by_role("radio", name="Kalzay 2").or_(page.get_by_role("button", name="Kalzay 2")).click()
    expect(page.locator("table.spots mark", has_text="Kalzay")).to_have_count(2)
    with page.expect_popup() as opened:
        page.locator("table.spots a").first.click()
    row = opened.value.locator(".row.active textarea").first
    row.wait_for()
    assert "Kalzay" in row.input_value()
    opened.value.close()
    settled(page)
    page.get_by_role("combobox", name="Keep, or write another").click()
    page.get_by_role("option", name="Carsay").click()
    settled(page)
    page.get_by_role("button", name="Unify…").click()
    expect(page.get_by_text("9 hits in 9 segments of 3 articles.")).to_be_visible()
    page.wait_for_url("**/replace?**")
    page.locator(".hits tbody tr").nth(8).wait_for()
    page.get_by_role("button", name="Replace", exact=False).first.click()
    expect(page.get_by_text("Replaced in 9 segments of 3 articles.")).to_be_visible()
    after = exported(uneven)
    assert sum("Carsay" in text for text in after) == 12
    assert not any("Karzai" in text or "Kalzay" in text for text in after)
    page.get_by_role("button", name="Take it all back").click()
    expect(page.get_by_text("Taken back: 9 segments")).to_be_visible()
    assert exported(uneven) == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_renderings_and_in_uneven_terms(uneven: Served, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{uneven.url}/consistency")
    page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    settled(page)
    assert serious(page) == []
    page.goto(f"{uneven.url}/consistency?{urlencode({'batch': 1, 'term': '卡尔扎伊'})}")
    page.locator("table.spots").wait_for()
    settled(page)
    assert serious(page) == []


def test_a_large_act_shows_its_progress_and_is_taken_back_whole(tmp_path: Path, page: Page) -> None:
    from playwright.sync_api import expect

    rows = [(f"part {n // 100}", "", f"Kaos has {n} users.") for n in range(2000)]
    with stocked(tmp_path, rows) as served:
        preview(page, served, find="Kaos", replace="COSMOPlat")
        expect(page.get_by_text("2,000 hits in 2,000 segments of 20 articles.")).to_be_visible()
        expect(page.get_by_text("1 to 50 of 2,000")).to_be_visible()
        page.get_by_label("Replace in part 0, segment 1", exact=True).uncheck()
        page.get_by_role("button", name="›").click()
        expect(page.get_by_text("51 to 100 of 2,000")).to_be_visible()
        expect(page.get_by_text("1 unticked")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="Replace", exact=False).first.click()
        expect(page.get_by_text("Replaced in 1,999 segments of 20 articles.")).to_be_visible(timeout=60_000)
        assert sum("COSMOPlat" in text for text in exported(served)) == 1999
        page.get_by_role("button", name="Take it all back").click()
        expect(page.get_by_text("Taken back: 1,999 segments")).to_be_visible(timeout=60_000)
        assert not any("COSMOPlat" in text for text in exported(served))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_preview(served: Served, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    preview(page, served, find="Kaos", replace="COSMOPlat", source="卡奥斯")
    assert serious(page) == []
