"""The progress bar: on a terminal with an estimate, nowhere else."""

from __future__ import annotations

import io
import sys

import pytest

from review.cli._progress import QUICK, progress_bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time as click's bar reads it; set its one item."""
    now = [1000.0]
    monkeypatch.setattr("click._termui_impl.time.time", lambda: now[0])
    return now


def test_a_pipe_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress_bar(QUICK * 10) as progress:
        assert progress is None


def test_a_little_work_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress_bar(QUICK - 1) as progress:
        assert progress is None


def test_the_estimate_is_the_mean_time_of_all_steps_so_far(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    """A slow start (code is compiled) counts, but is not dragged along once steps go fast."""
    monkeypatch.setattr(sys, "stderr", screen := Terminal())
    with progress_bar(QUICK, "Comparing") as progress:
        assert progress
        shown = []
        for seconds, done in ((20, 10), (25, 50), (30, 100), (29, 90), (40, 200)):
            clock[0] = 1000 + seconds
            progress(done, 200)
            shown.append(screen.getvalue().rpartition("\r")[2].split("]")[1].split())
    assert shown[0] == ["5%", "00:06:20"]
    assert shown[1] == ["25%", "00:01:15"]
    assert shown[2] == ["50%", "00:00:30"]
    assert shown[3] == shown[2], "a part that comes late takes nothing back"
    assert shown[4][0] == "100%"
    assert "Comparing" in screen.getvalue()
