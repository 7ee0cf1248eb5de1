"""Replace and Unify in a real browser: the preview, a tick taken away, a text edited, one act, one way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from scripts.serving import Served
from tests.browser.desk import run, serious

if TYPE_CHECKING:
    from playwright.sync_api import Page

ARTICLES = ("harbour", "market", "school")
ROWS = (
    ("海尔卡奥斯平台服务企业。", "The Kaos platform serves firms."),
    ("他参观了卡奥斯。", "He visited Kaos and its users."),
    ("一切很好。", "All is well."),
)


@pytest.fixture
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with one batch: three articles, with Kaos in two segments of each."""
    folder = tmp_path_factory.mktemp("replacing")
    file = folder / "news.jsonl"
    rows = [
        {"article": article, "segment": f"{article} {n}", "source": source, "hypothesis": text,
         "source_language": "zh", "target_language": "en"}
        for article in ARTICLES for n, (source, text) in enumerate(ROWS, 1)
    ]  # fmt: skip
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    served = Served(folder / "review.sqlite3", samples=False)
    made = run(served, "import", str(file), "--batch", "news")
    assert made.returncode == 0, made.stderr
    with served:
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
    page.get_by_role("button", name="Take it all back").click()
    expect(page.get_by_text("Taken back: 5 segments")).to_be_visible()
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
    expect(other.get_by_label("Only where the source has")).to_have_value("海尔")
    other.close()
    page.get_by_label("Find in the translation").fill("the (")
    page.get_by_label("Find in the translation").press("Enter")
    expect(page.get_by_text("is refused")).to_be_visible()
    expect(page.locator(".hits")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_preview(served: Served, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    preview(page, served, find="Kaos", replace="COSMOPlat", source="卡奥斯")
    assert serious(page) == []
