"""``saved`` prints what corrections saved, of the project or of one batch."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.model import Rule, Scope
from review.settings import settings
from review.steps import propagating
from review.store import Store
from tests.steps.desk import Desk, article


@pytest.fixture(autouse=True)
def database(tmp_path: Path, empty_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "saved.sqlite3").write_bytes(empty_store.read_bytes())
    url = f"sqlite:///{tmp_path / 'saved.sqlite3'}"
    monkeypatch.setenv("REVIEW_DATABASE_URL", url)
    settings.cache_clear()
    yield url
    settings.cache_clear()


@pytest.fixture
def reviewed(database: str) -> None:
    """Six sentences with "Kaos": one corrected by hand, five by one propagation."""
    with Store.open(database) as store:
        desk = Desk(store, [article(name=name) for name in ("one", "two", "=three")])
        desk.save()
        desk.do("edit", [desk.ids()[0]], {"texts": ["COSMOPlat helps small firms."]})
        rule = Rule(find="Kaos", replace="COSMOPlat")
        propagating.propagate(store, desk.actor, desk.batch, Scope(desk.project), rule, key=str(uuid4()))


def saved(*args: str) -> Result:
    return CliRunner().invoke(main, ["saved", *args])


@pytest.mark.usefixtures("reviewed")
def test_a_table_says_what_was_saved(tmp_path: Path) -> None:
    printed = saved("--batch", "batch").stdout
    assert printed.startswith("batch: 4 corrections saved: 2 acts corrected 6 segments.\n")
    lines = [line.split() for line in printed.splitlines()]
    assert ["by", "hand", "1", "1"] in lines
    assert ["by", "propagation", "1", "5"] in lines
    assert ["1", "0.0", "0.0", "0.0", "50%"] in lines
    assert ["two", "(mt)", "4", "2", "50%"] in [line[:5] for line in lines]
    saved("--output", str(tmp_path / "out.txt"))
    assert "The whole project: 4 corrections saved" in (tmp_path / "out.txt").read_text("utf-8")


@pytest.mark.usefixtures("reviewed")
def test_json_holds_ways_days_people_and_articles() -> None:
    found = json.loads(saved("--format", "json").stdout)
    assert (found["saved"], found["acts"], found["segments"]) == (4, 2, 6)
    assert found["ways"]["propagation"] == {"acts": 1, "segments": 5}
    assert found["people"][0]["name"] == "Local user"
    first = found["articles"][0]
    assert (first["order"], first["name"], first["rate"]) == (1, "one", 0.5)
    assert first["hter"] > 0
    assert first["flags"]["begun"]["flags"] == 0
    assert [one["order"] for one in found["articles"]] == [1, None, None]
    assert "time" not in json.dumps(found)
    assert json.loads(saved("--format", "json", "--no-distance").stdout)["articles"][0]["hter"] is None


@pytest.mark.usefixtures("reviewed")
def test_csv_has_a_line_for_each_article_and_no_formulas() -> None:
    rows = list(csv.DictReader(io.StringIO(saved("--format", "csv").stdout)))
    assert [row["name"] for row in rows] == ["one", "two", "'=three"]
    assert (rows[0]["segments_hand"], rows[0]["segments_propagation"], rows[0]["changed"]) == ("1", "1", "2")


def test_nothing_corrected_is_said_and_an_unknown_batch_is_refused() -> None:
    assert saved().stdout == "The whole project: nothing has been corrected yet.\n"
    result = saved("--batch", "nine")
    assert result.exit_code == 2
    assert "There is no batch 'nine'" in result.stderr
    assert json.loads(saved("--format", "json").stdout)["articles"] == []
    assert saved("--format", "csv").stdout == "order,article\n"
