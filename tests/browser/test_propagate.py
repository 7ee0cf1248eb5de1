"""A name corrected once is right in every article after two further key presses, and one undo takes it all back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from review import formats
from scripts.serving import Served
from tests.browser.desk import Desk, run, serious

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXTS = (
    "This morning, {name} visited the Kaos platform in {town}.",
    "Nothing else was on the programme.",
    "With Kaos, small firms find buyers for old cranes.",
    "{name} said that the Kaos platform, and what stands behind it, must grow.",
    "Kaos pays.",
)
"""Written for this test; "Kaos" stands in four of the sentences."""
TOWNS = "Rizhao Weifang Zibo Yantai Jining Linyi Dezhou Binzhou Heze Laiwu".split()
HITS = 4


def lines(file: Path, articles: dict[str, list[str]]) -> Path:
    """A JSON Lines file of articles, each a list of sentences."""
    rows = [
        {"article": name, "segment": str(at), "hypothesis": text, "source_language": "zh", "target_language": "en"}
        for name, texts in articles.items()
        for at, text in enumerate(texts, 1)
    ]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return file


def exported(served: Served) -> dict[str, list[str]]:
    """Every article's text as the command line exports it, and the proof that the state is what the events say."""
    made = run(served, "export", "--batch", "platform", "--format", "jsonl", "--output", "-")
    assert made.returncode == 0, made.stderr
    proof = run(served, "replay")
    assert proof.returncode == 0, proof.stderr
    found: dict[str, list[str]] = {}
    for row in map(json.loads, made.stdout.decode().splitlines()):
        found.setdefault(row["article"], []).append(row.get("post_edit") or row["hypothesis"])
    return found


def propagate(served: Served, page: Page, file: Path, before: dict[str, list[str]]) -> None:
    """Correct "Kaos" once in the first article, press two keys, look, undo, look again."""
    brought = run(served, "import", str(file), "--batch", "platform")
    assert brought.returncode == 0, brought.stderr
    desk = Desk(page, served)
    first = next(iter(before))
    page.goto(served.url)
    desk.ready()
    page.get_by_role("table", name=f"Segments of {first}").wait_for()
    desk.field("Kaos").evaluate(
        "area => { const at = area.value.indexOf('Kaos'); area.focus(); area.setSelectionRange(at, at + 4); }"
    )
    page.keyboard.type("COSMOPlat")
    left = sum(text.count("Kaos") > 0 for texts in before.values() for text in texts) - 1
    offer = page.get_by_role("group", name="The same correction elsewhere")
    expect(offer).to_contain_text(f"{left} more in {len(before)} articles", timeout=20_000)

    page.keyboard.press("Alt+f")
    button = page.get_by_role("dialog").locator("button.main")
    expect(button).to_have_text(f"Change {left} segments", timeout=20_000)
    assert serious(page) == []
    page.keyboard.press("Enter")

    status = page.locator(".rendition [role=status]").first
    expect(status).to_contain_text(f"{left} segments in {len(before)} articles changed", timeout=20_000)
    desk.saved()
    after = {name: [text.replace("Kaos", "COSMOPlat") for text in texts] for name, texts in before.items()}
    assert exported(served) == after
    assert "Kaos" not in desk.text()

    page.keyboard.press("Control+z")
    expect(status).to_contain_text("Undid: propagation", timeout=20_000)
    corrected = next(at for at, text in enumerate(before[first]) if "Kaos" in text)
    once = before[first][corrected].replace("Kaos", "COSMOPlat", 1)
    back = {**before, first: [*before[first][:corrected], once, *before[first][corrected + 1 :]]}
    assert exported(served) == back
    assert desk.text().count("Kaos") == "".join(back[first]).count("Kaos")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_eleven_articles_are_right_after_one_correction_and_two_keys(
    serve: Callable[..., Served], page: Page, tmp_path: Path, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    articles = {
        f"visit-{town.lower()}": [text.format(name="Chen Lan", town=town) for text in TEXTS]
        for town in ("Qingdao", *TOWNS)
    }
    propagate(serve(samples=False), page, lines(tmp_path / "visits.jsonl", articles), articles)


@pytest.mark.real_data
def test_the_seed_article_and_ten_made_from_it(
    serve: Callable[..., Served], page: Page, tmp_path: Path, shared_data: Path
) -> None:
    reading = formats.read(shared_data / "seed" / "qingdao-haier.en.txt", "article")
    seed = [segment.hypothesis for article in reading.articles for segment in article.segments]
    articles = {"qingdao-haier": seed}
    for town in TOWNS:
        articles[f"{town.lower()}-haier"] = [re.sub("Qingdao", town, text) for text in seed]
    propagate(serve(samples=False), page, lines(tmp_path / "seed.jsonl", articles), articles)


def test_the_act_is_undone_after_a_reload_and_from_another_article(
    serve: Callable[..., Served], page: Page, tmp_path: Path
) -> None:
    articles = {
        f"visit-{town.lower()}": [text.format(name="Chen Lan", town=town) for text in TEXTS] for town in TOWNS[:3]
    }
    served = serve(samples=False)
    brought = run(served, "import", str(lines(tmp_path / "visits.jsonl", articles)), "--batch", "platform")
    assert brought.returncode == 0, brought.stderr
    desk = Desk(page, served)
    page.goto(served.url)
    desk.ready()
    status = page.locator(".rendition [role=status]").first
    page.keyboard.press("f")
    page.get_by_role("textbox", name="Find").fill("Kaos")
    page.get_by_label("Write instead").fill("COSMOPlat")
    page.get_by_label("Write instead").press("Control+Enter")
    expect(page.get_by_role("dialog").locator("button.main")).to_have_text(f"Change {3 * HITS} segments")
    page.get_by_label("Write instead").press("Control+Enter")
    expect(status).to_contain_text(f"{3 * HITS} segments in 3 articles changed")

    page.reload()
    desk.ready()
    assert "Kaos" not in desk.text()
    page.keyboard.press("u")
    expect(status).to_contain_text("Undid: propagation")
    assert exported(served) == articles

    page.keyboard.press("Shift+U")
    expect(status).to_contain_text("Did again: propagation")
    page.get_by_role("button", name="›").click()
    page.get_by_role("table", name=f"Segments of {list(articles)[1]}").wait_for()
    desk.ready()
    assert "Kaos" not in desk.text()
    page.locator(".rows .row").first.focus()
    page.keyboard.press("u")
    expect(status).to_contain_text("Undid: propagation")
    assert exported(served) == articles
