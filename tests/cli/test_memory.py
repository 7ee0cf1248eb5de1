"""``python -m review memory``: TMX in, a phrase looked for, TMX out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from review import settings as settings_room
from review.cli import main
from tests.formats.tmx.samples import GOOD, units


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    monkeypatch.setenv("REVIEW_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("REVIEW_DATABASE_URL", f"sqlite:///{tmp_path / 'typed.sqlite3'}")
    settings_room.settings.cache_clear()
    (tmp_path / "client.tmx").write_text(GOOD, "utf-8")
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Any:
        return CliRunner().invoke(main, ["memory", *words])

    yield run
    settings_room.settings.cache_clear()


def test_the_command_line_imports_searches_writes_and_removes(typed: Callable[..., Any], tmp_path: Path) -> None:
    assert typed("import", "client.tmx").output == "client: 3 units (zh-CN to de 1, zh-CN to en-GB 2)\n"
    assert typed("list").output.splitlines()[1:] == ["client: 3 units (zh-CN to de 1, zh-CN to en-GB 2), by Local user"]
    assert typed("search", "cosmoplat").output == "卡奥斯<b>平台</b>\tThe <b>[COSMOPlat]</b> platform\tclient\n"
    missing = typed("search", "nothing")
    assert missing.exit_code == 1
    assert typed("export", "--output", "out.tmx").exit_code == 0
    assert units((tmp_path / "out.tmx").read_bytes()) == units(GOOD)
    assert typed("remove", "client").output == "client: 3 units removed\n"
    assert typed("list").output == "reviewed here: 0 segments\n"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("import", "no.tmx"), "no.tmx"),
        (("import", "client.tmx", "broken.tmx"), "not <tmx>"),
        (("import", "client.tmx", "client.tmx", "--name", "x"), "--name is for one file"),
        (("remove", "nobody"), "none was imported"),
        (("export", "--name", "nobody"), "none was imported"),
        (("search", "。"), "no word"),
    ],
)
def test_wrong_use_is_one_sentence_and_code_2(
    typed: Callable[..., Any], tmp_path: Path, words: tuple[str, ...], part: str
) -> None:
    (tmp_path / "broken.tmx").write_text("<html/>", "utf-8")
    result = typed(*words)
    assert result.exit_code == 2
    assert part in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert typed("list").output == "reviewed here: 0 segments\n"
