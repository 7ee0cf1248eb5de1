"""The log is JSON lines with ids, and tells nothing that it should not."""

from __future__ import annotations

import json
import logging

import pytest

from review import log


@pytest.fixture
def lines(capsys: pytest.CaptureFixture) -> list[dict]:
    logging.getLogger("review").handlers.clear()
    log.set_up("info")

    def read() -> list[dict]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    yield read
    logging.getLogger("review").handlers.clear()


def test_a_line_has_its_time_level_event_and_ids(lines) -> None:
    log.log("info", "batch imported", batch=3, segments=10)
    (line,) = lines()
    assert (line["level"], line["event"], line["batch"], line["segments"]) == ("info", "batch imported", 3, 10)
    assert line["at"].endswith("Z")


def test_an_error_is_named_by_type_and_place_and_not_by_its_text(lines) -> None:
    try:
        raise ValueError("the segment's text")
    except ValueError as error:
        log.log("error", "failed", error=error)
    (line,) = lines()
    assert line["error"] == "ValueError"
    assert "test_log.py:" in line["where"]
    assert "segment's text" not in json.dumps(line)


def test_what_is_below_the_level_is_not_written(lines) -> None:
    log.set_up("error")
    log.log("info", "quiet")
    assert lines() == []
