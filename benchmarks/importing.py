"""Reviewing while another process imports a million segments: how long an act takes to be stored."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.page import measure_acts, opened, prepared
from scripts.serving import ROOT

SEGMENTS = 1_000_000
ACTS = 10_000


def run() -> dict[str, Any]:
    """Act on the review page for as long as the import goes on. Times are in milliseconds unless said."""
    with prepared() as (served, browser, folder):
        write(folder)
        command = [sys.executable, "-m", "review", "import", "many.en", "--source", "many.zh", "--format", "lines"]
        environment = {**served.environment, "PYTHONPATH": str(ROOT)}
        with opened(browser, served) as page:
            started = time.monotonic()
            importing = subprocess.Popen(
                [*command, "--batch", "many"], cwd=folder, env=environment, stdout=subprocess.DEVNULL
            )
            figures = measure_acts(page, ACTS, going=lambda: importing.poll() is None)
            code = importing.wait()
            seconds = time.monotonic() - started
    if code:
        raise RuntimeError(f"The import failed with exit code {code}.")
    return {"segments imported": SEGMENTS, "import, s": seconds, "act to acknowledgement": figures}


def write(folder: Path) -> None:
    """SEGMENTS lines in each of two languages, no two alike."""
    with (folder / "many.en").open("w") as target, (folder / "many.zh").open("w", encoding="utf-8") as source:
        for number in range(SEGMENTS):
            target.write(f"The port handled {number} containers of cargo in the first half of the year.\n")
            source.write(f"上半年港口完成集装箱吞吐量{number}标箱。\n")
