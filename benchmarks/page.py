"""The review page on 300 segments: load, key to paint, act to durable acknowledgement, bursts, kill -9."""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.browsing import launch
from scripts.serving import ROOT, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SEGMENTS = 300
LOADS = 7
KEYS = 200
ACTS = 150
BURST = 50
PROBE = Path(__file__).with_name("probe.js")
SAMPLES = ROOT / "corpora" / "articles"


def run() -> dict[str, Any]:
    """Measure on a server and a browser of its own. Times are in milliseconds unless said."""
    with prepared() as (served, browser, _):
        return {
            "segments": SEGMENTS,
            **loads(browser, served),
            **keys(browser, served),
            **acts(browser, served),
            **burst(browser, served),
            **killed(browser, served),
        }


@contextmanager
def prepared() -> Iterator[tuple[Served, Browser, Path]]:
    """A server with one article of SEGMENTS segments, a browser, and a folder for files."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        served = Served(folder / "bench.sqlite3", samples=False)
        article(folder / "article.jsonl")
        review(served, "import", "article.jsonl", "--batch", "bench", cwd=folder)
        browser = launch(playwright)
        with served:
            yield served, browser, folder
        browser.close()


def article(path: Path) -> None:
    """One article of SEGMENTS segments, made of the samples that have a source."""
    texts = [
        json.loads(line)
        for name in ("weifang-tractors", "rizhao-port")
        for line in (SAMPLES / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    with path.open("w", encoding="utf-8") as out:
        for number in range(SEGMENTS):
            row = {
                **texts[number % len(texts)],
                "article": "bench",
                "segment": str(number + 1),
                "paragraph": number // 4,
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def review(served: Served, *words: str, cwd: Path) -> None:
    """Run a command of the program on the server's database."""
    environment = {**served.environment, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "review", *words], cwd=cwd, env=environment, check=True, capture_output=True)


@contextmanager
def opened(browser: Browser, served: Served) -> Iterator[Page]:
    """The review page in a fresh context, all rows painted, the probe in place."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(path=PROBE)
    context.add_init_script(f"probe.watch({SEGMENTS})")
    page = context.new_page()
    page.goto(served.url)
    painted(page)
    yield page
    context.close()


def painted(page: Page) -> float:
    """Wait until all rows stand painted; when that was, in milliseconds after the navigation began."""
    page.wait_for_function("probe.rows !== null", timeout=60_000)
    return float(page.evaluate("probe.rows"))


def loads(browser: Browser, served: Served) -> dict[str, Any]:
    """Load with an empty cache, and reload, on a server that has shown the page once."""
    first, again = [], []
    with opened(browser, served):
        pass
    for _ in range(LOADS):
        with opened(browser, served) as page:
            first.append(painted(page))
            page.reload()
            again.append(painted(page))
    return {"load": spread(first), "reload": spread(again)}


def start_typing(page: Page, row: int = 0) -> None:
    """Put the caret at the end of a row's text."""
    page.locator(".row textarea").nth(row).click()
    page.keyboard.press("Control+End")


def keys(browser: Browser, served: Served) -> dict[str, Any]:
    """From a letter typed, and from a move to the next segment, to its paint."""
    figures = {}
    with opened(browser, served) as page:
        start_typing(page, 2)
        for name, press in (("key to paint, typing", "x"), ("key to paint, next segment", "Control+ArrowDown")):
            page.evaluate("probe.clear()")
            for count in range(1, KEYS + 1):
                page.keyboard.press(press)
                page.wait_for_function(f"probe.paints.length >= {count}", polling="raf")
            figures[name] = spread(page.evaluate("probe.paints"))
        saved(page)
    return figures


def saved(page: Page) -> None:
    """Wait until every act made on the page has been acknowledged."""
    page.wait_for_function("probe.open() === 0", timeout=60_000)


def act(page: Page, number: int) -> None:
    """Change a segment's text and confirm it."""
    page.keyboard.type("y" if number % 2 else "z")
    page.keyboard.press("Control+Enter")


def acts(browser: Browser, served: Served) -> dict[str, Any]:
    """Act to durable acknowledgement, one after the other, each an edit and a confirmation."""
    with opened(browser, served) as page:
        return {"act to acknowledgement": measure_acts(page, ACTS)}


def measure_acts(page: Page, count: int, going: Any = lambda: True) -> dict[str, Any]:
    """Act ``count`` times, or while ``going()``; each act waits for the one before."""
    start_typing(page)
    page.evaluate("probe.clear()")
    for number in range(count):
        act(page, number)
        saved(page)
        if not going():
            break
    return spread(page.evaluate("probe.waits()"))


def burst(browser: Browser, served: Served) -> dict[str, Any]:
    """BURST confirmations in one tick of the page's clock."""
    before = stored(served)
    with opened(browser, served) as page:
        start_typing(page)
        page.evaluate("probe.clear()")
        page.evaluate(f"probe.burst({BURST})")
        saved(page)
        made = page.evaluate("[...probe.made.keys()]")
        waits = page.evaluate("probe.waits()")
    return {
        "burst in one tick": {
            "events": len(made),
            "stored": len(stored(served) - before),
            "last acknowledged after": max(waits),
        }
    }


def killed(browser: Browser, served: Served) -> dict[str, Any]:
    """The server is killed between acts that go on; every act must be stored after its restart."""
    with opened(browser, served) as page:
        start_typing(page)
        page.evaluate("probe.clear()")
        for number in range(40):
            act(page, number)
            if number == 19:
                served.kill()
        waiting = page.evaluate("probe.open()")
        restarted = time.monotonic()
        served.start(wait=False)
        saved(page)
        drained = time.monotonic() - restarted
        made = set(page.evaluate("[...probe.made.keys()]"))
    return {
        "kill -9": {
            "acts": len(made),
            "waiting when it restarts": waiting,
            "lost": len(made - stored(served)),
            "drained after, s": drained,
        }
    }


def stored(served: Served) -> set[str]:
    """The ids of all events in the database."""
    connection = sqlite3.connect(f"file:{served.database}?mode=ro", uri=True)
    try:
        return {row[0] for row in connection.execute("SELECT id FROM event")}
    finally:
        connection.close()


def spread(times: list[float]) -> dict[str, Any]:
    """Median, 95th percentile and worst of some times, and how many there were."""
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return {"p50": cuts[9], "p95": cuts[18], "worst": max(times), "times": len(times)}
