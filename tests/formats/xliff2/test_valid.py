"""What keeps the specification is read, however unusual."""

from __future__ import annotations

import pytest

from tests.formats.helpers import again, read
from tests.formats.xliff2.valid import ACCEPTED


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_valid_is_read_and_written_again_byte_for_byte(name: str) -> None:
    header, articles = read(ACCEPTED[name])
    assert header.format == "xliff2"
    assert sum(len(article.segments) for article in articles) == header.extra["count"] > 0
    assert again(ACCEPTED[name]) == ACCEPTED[name]
