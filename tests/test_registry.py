"""The registry finds what the files of a room offer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from review.registry import find


def test_each_file_that_defines_the_name_is_found_in_alphabetical_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "a_room_of_things"
    room.mkdir()
    (room / "__init__.py").write_text("")
    (room / "pear.py").write_text("THING = 2")
    (room / "apple.py").write_text("THING = 1")
    (room / "base.py").write_text("OTHER = 0")
    (room / "_hidden.py").write_text("THING = 3")
    monkeypatch.syspath_prepend(tmp_path)
    import a_room_of_things

    found = find(a_room_of_things, "THING")
    assert list(found.items()) == [("apple", 1), ("pear", 2)]
    del sys.modules["a_room_of_things"]
