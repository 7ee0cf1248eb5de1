"""README's screenshots, taken from the real app: ``make shots`` (``ARGS="review articles"`` for some)."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.browsing import launch
from scripts.serving import ROOT, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, Page

OUT = ROOT / "docs" / "screenshots"
HEIGHTS = {1280: 800, 1920: 1080}
COLOURS = 128
"""A palette of this many colours shows the pages without visible loss, at a third of the size."""


@dataclass(frozen=True)
class Shot:
    """One page: its address after the app's, what to do on it first, and in which themes and widths.

    ``before`` puts into the database what only this page shows.
    """

    path: str
    ready: Callable[[Page], None]
    views: tuple[tuple[str, int], ...]
    before: Callable[[Served], None] | None = None


def walk_to(surface: str) -> Callable[[Page], None]:
    """Wait for the grid, and go flag by flag until the note on ``surface`` is open."""

    def ready(page: Page) -> None:
        page.locator(".row textarea").first.click()
        page.keyboard.press("Escape")
        note = page.get_by_text(f"“{surface}”").first
        for _ in range(40):
            page.keyboard.press("n")
            if note.is_visible():
                break
        note.wait_for()
        page.get_by_text("All changes saved").first.wait_for()

    return ready


VISITS = (
    ("上午，考察团参观了{town}的卡奥斯平台。", "In the morning the delegation visited the Kaos platform in {town}."),
    ("企业负责人介绍了今年的订单。", "The head of the enterprise presented this year's orders."),
    ("卡奥斯为中小企业找到了买家。", "With Kaos, small firms in {town} find buyers for cranes and parts."),
    ("考察团希望{town}用好卡奥斯平台。", "The delegation hopes that {town} makes good use of Kaos’s platform."),
)
"""A few sentences of six articles, in which one name stands again and again."""
TOWNS = {"Qingdao": "青岛", "Rizhao": "日照", "Weifang": "潍坊", "Zibo": "淄博", "Yantai": "烟台", "Jining": "济宁"}


def several_visits(served: Served) -> None:
    """Import articles in which the same name is wrong: the newest batch, which the page opens with."""
    file = served.database.with_name("visits.jsonl")
    rows = [
        {"article": f"visit-{town.lower()}", "segment": str(at), "source": source.format(town=name),
         "hypothesis": text.format(town=town), "source_language": "zh", "target_language": "en"}
        for town, name in TOWNS.items() for at, (source, text) in enumerate(VISITS, 1)
    ]  # fmt: skip
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    command = [sys.executable, "-m", "review", "import", str(file), "--batch", "visits"]
    subprocess.run(command, cwd=ROOT, env=served.environment, check=True, stdout=subprocess.DEVNULL)


def correct_once(page: Page) -> None:
    """Correct a name that stands in other segments too, and open the preview of what that does there."""
    from playwright.sync_api import expect

    fields = page.locator(".field textarea")
    fields.first.wait_for()
    if page.get_by_role("table", name="Segments of visit-").count() == 0:
        raise RuntimeError("The page did not open with the imported visits.")
    if "COSMOPlat" in "".join(fields.evaluate_all("all => all.map(one => one.value)")):  # an earlier view's
        page.locator(".rows .row").first.focus()
        page.keyboard.press("u")
        expect(fields.first).to_have_value(re.compile("Kaos"))
    fields = page.locator(".field textarea")
    number = fields.evaluate_all("all => all.findIndex(one => one.value.includes('Kaos'))")
    fields.nth(number).evaluate(
        "area => { const at = area.value.indexOf('Kaos'); area.focus(); area.setSelectionRange(at, at + 4); }"
    )
    page.keyboard.type("COSMOPlat")
    page.get_by_role("group", name="The same correction elsewhere").wait_for()
    page.keyboard.press("Alt+f")
    page.get_by_role("dialog").locator("button.main", has_text="Change").wait_for()


def choose_table(page: Page) -> None:
    """Upload a table and wait until its preview stands, nothing being stored yet."""
    rows = [json.loads(line) for line in (ROOT / "corpora/articles/rizhao-port.jsonl").read_text("utf-8").splitlines()]
    table = StringIO()
    writer = csv.writer(table)
    writer.writerow(["zh", "output", "human"])
    writer.writerows([row["source"], row["hypothesis"], row["references"][0]] for row in rows)
    upload: FilePayload = {"name": "harbour.csv", "mimeType": "text/csv", "buffer": table.getvalue().encode()}
    page.locator("input[type=file]").first.set_input_files(upload)
    page.get_by_role("button", name=re.compile("^Import ")).wait_for()
    at_rest(page)


def at_rest(page: Page) -> None:
    """Wait until Streamlit runs nothing and every table is drawn."""
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")
    page.locator("[data-testid=stSkeleton]").first.wait_for(state="detached")


def text_stands(words: str) -> Callable[[Page], None]:
    """Wait until these words stand on the page (a table's stand behind its picture) and it is at rest."""

    def ready(page: Page) -> None:
        page.get_by_text(words).first.wait_for(state="attached")
        at_rest(page)

    return ready


def compare_systems(served: Served) -> None:
    """Import what three systems made of a sample as a batch: the newest, which the page opens with."""
    lines = (ROOT / "corpora/articles/rizhao-port.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    file = served.database.with_name("three.jsonl")
    with file.open("w", encoding="utf-8") as out:
        for at, system in enumerate(("Quayside-1", "Quayside-2", "Northgate")):
            for row in rows:
                text = row["alternatives"][at - 1] if at else row["hypothesis"]
                out.write(json.dumps({**row, "system": system, "hypothesis": text, "alternatives": []}) + "\n")
    command = [sys.executable, "-m", "review", "import", str(file), "--batch", "port, three systems"]
    subprocess.run(command, cwd=ROOT, env=served.environment, check=True, stdout=subprocess.DEVNULL)


def shots(served: Served) -> dict[str, Shot]:
    """What is shown, by file name."""
    numbers = article_numbers(served)
    both = (("light", 1280), ("dark", 1280))
    return {
        "review": Shot(
            f"?article={numbers['weifang-tractors']}",
            walk_to("physical economy"),
            (*both, ("light", 1920), ("dark", 1920)),
        ),
        "article": Shot(f"?article={numbers['zaozhuang-lithium']}", walk_to("June 21"), both),
        "articles": Shot("articles", text_stands("weifang-tractors"), both),
        "import": Shot("import", choose_table, both[:1]),
        "correction": Shot("", correct_once, both, several_visits),
        "scores": Shot("scores", text_stands("The scores follow"), both, compare_systems),
    }


def article_numbers(served: Served) -> dict[str, int]:
    """The samples' ids, by name."""
    from review.store import Store, articles, people

    store = Store.open(f"sqlite:///{served.database}")
    try:
        project, _ = store.write(people.ensure_local)
        with store.read() as connection:
            return {row.name: row.id for row in articles.rows(connection, project)}
    finally:
        store.close()


def take(browser: Browser, served: Served, name: str, shot: Shot) -> None:
    """Take one page in each of its views."""
    if shot.before:
        shot.before(served)
    for theme, width in shot.views:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.goto(f"{served.url}/{shot.path}")
        shot.ready(page)
        page.wait_for_function("document.fonts.status === 'loaded'")
        file = OUT / f"{name}-{theme}-{width}.png"
        file.write_bytes(small(page.screenshot()))
        print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1024} KiB")
        context.close()


def small(png: bytes) -> bytes:
    """The same picture with a palette."""
    from PIL import Image

    out = BytesIO()
    with Image.open(BytesIO(png)) as image:
        image.convert("RGB").quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def main(names: list[str]) -> None:
    """Take the named pages, or all."""
    from playwright.sync_api import sync_playwright

    OUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Served(Path(folder) / "shots.sqlite3") as served,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        for name, shot in shots(served).items():
            if not names or name in names:
                take(browser, served, name, shot)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
