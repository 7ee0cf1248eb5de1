"""What fuzzing found once does not break a reader again, and neither do the originals that it starts from."""

from __future__ import annotations

from pathlib import Path

import pytest

from review import formats
from tests.formats.originals import originals
from tests.fuzz.target import check

FOUND = Path(__file__).with_name("found")
READ = sorted(name for name, item in formats.formats().items() if item.read)


@pytest.mark.parametrize("name", READ)
def test_every_reader_passes_what_fuzzing_starts_from_and_what_it_found(name: str) -> None:
    start = originals(name)
    assert start, "fuzzing needs an original of the format in tests/formats/originals.py"
    for data in start.values():
        check(name, data)
    for path in sorted((FOUND / name).glob("*")):
        check(name, path.read_bytes())


def test_what_was_found_is_of_formats_that_there_are() -> None:
    assert {path.name for path in FOUND.glob("*/")} <= set(READ)
