"""README's figures are those that were measured, and no others."""

from __future__ import annotations

import pytest

from scripts.figures import table

MACHINE = {"processor": "A chip", "cores": "2 cores", "date": "2026-01-01"}


def test_measured_figures_stand_with_their_machine_and_others_are_left_out() -> None:
    figures = {"load": {"p50": 1234.5, "p95": 1999.0}, "reload": {"p50": 412.4, "p95": 600.0}}
    made = table({"page": {"figures": figures, "machine": MACHINE}})
    assert "A chip, 2 cores, 2026-01-01" in made
    assert made.splitlines()[-2:] == [
        "| load | at most 2.0 s | 1.2 s (p95 2.0 s) |",
        "| reload | at most 0.8 s | 412 ms (p95 600 ms) |",
    ]


def test_without_results_there_is_nothing_to_write() -> None:
    with pytest.raises(SystemExit, match="make bench"):
        table({})
