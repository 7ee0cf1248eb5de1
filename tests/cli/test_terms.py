"""``terms propose``, ``accept``, ``decline`` and ``reopen``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from review.cli import main
from review.settings import settings
from review.steps import learning
from review.store import Store
from review.store import terms as stored
from tests.steps.desk import article
from tests.steps.learning.conftest import KARO, KARO_SOURCES, OTHER_SOURCES, OTHERS, Learner


@pytest.fixture(autouse=True)
def database(tmp_path: Path, empty_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    place = tmp_path / "db"
    place.mkdir()
    (place / "test.sqlite3").write_bytes(empty_store.read_bytes())
    url = f"sqlite:///{place / 'test.sqlite3'}"
    monkeypatch.setenv("REVIEW_DATABASE_URL", url)
    settings.cache_clear()
    yield url
    settings.cache_clear()


def teach(url: str, *, second: bool = False, approved: bool = False) -> None:
    """A batch in which Karo was corrected once, and by somebody else to something else (``second``)."""
    with Store.open(url) as store:
        desk = Learner(store, [article(KARO, KARO_SOURCES, "karo"), article(OTHERS, OTHER_SOURCES, "others")])
        desk.replace(0, "Karo", "KAROPlat")
        if second:
            desk.replace(1, "Karo", "Caro Platform", actor=desk.colleague())
        if approved:
            desk.approve(4)
        learning.refresh(store, desk.project)


def terms(*args: str) -> Result:
    return CliRunner().invoke(main, ["terms", *args])


def listed() -> list[dict[str, Any]]:
    return [json.loads(line) for line in terms("propose", "--format", "jsonl").stdout.splitlines()]


def refused(*args: str) -> str:
    result = terms(*args)
    assert result.exit_code == 2, result.output
    assert result.stderr.count("\n") == 1
    return str(result.stderr)


def test_proposals_are_listed_with_evidence_and_what_they_would_flag(database: str) -> None:
    teach(database)
    shown = terms("propose").stdout.splitlines()
    assert shown == [
        "1  “Karo” to “KAROPlat”, where the source has 卡罗丝",
        "    corrected in 1 segment by Local user (1): karo",
        "    would flag 5 in 5 segments of 1 article",
    ]


def test_json_lines_hold_everything(database: str) -> None:
    teach(database)
    (one,) = listed()
    assert (one["id"], one["source"], one["deprecated"], one["preferred"]) == (1, "卡罗丝", "Karo", "KAROPlat")
    assert one["evidence"][0]["by"] == "Local user"
    assert one["impact"]["segments"] == 5


def test_a_batch_has_its_own_proposals(database: str) -> None:
    teach(database)
    assert "Karo" in terms("propose", "--batch", "batch").stdout
    with Store.open(database) as store:
        other = Learner(store, [article()]).batch
    assert terms("propose", "--batch", str(other)).stdout.startswith("Nothing is proposed")
    assert "no batch" in refused("propose", "--batch", "99").lower()


def test_nothing_to_propose_is_said(database: str) -> None:
    assert terms("propose").stdout.startswith("Nothing is proposed")
    assert terms("propose", "--format", "jsonl").stdout == ""


def test_an_accepted_proposal_is_a_term(database: str) -> None:
    teach(database)
    result = terms("accept", "1", "--source", "卡罗丝", "--note", "its name")
    assert (result.exit_code, result.stdout) == (0, "Accepted as added-1; the project's batches are flagged again.\n")
    with Store.open(database) as store, store.read() as connection:
        (concept,) = stored.concepts(connection, 1)
    assert [term.text for term in concept.terms] == ["卡罗丝", "KAROPlat", "Karo"]
    assert terms("propose").stdout.startswith("Nothing is proposed")


def test_a_declined_one_can_be_reopened(database: str) -> None:
    teach(database)
    assert terms("decline", "1", "--reason", "only here").exit_code == 0
    assert listed() == []
    assert terms("reopen", "1").exit_code == 0
    assert len(listed()) == 1


def test_what_approved_text_speaks_against_is_refused_until_a_reason_is_given(database: str) -> None:
    teach(database, approved=True)
    assert "1 of 1 confirmed or approved segment" in refused("accept", "1")
    assert terms("accept", "1", "--override", "approved too soon").exit_code == 0


def test_a_conflict_is_shown_with_both_sides_and_decided(database: str) -> None:
    teach(database, second=True)
    shown = terms("propose").stdout
    assert shown.startswith("Conflict about “Karo”:\n")
    (conflict,) = listed()
    sides = {side["preferred"]: side["id"] for side in conflict["conflict"]["sides"]}
    assert set(sides) == {"KAROPlat", "Caro Platform"}
    chosen = str(sides["KAROPlat"])
    assert "why" in refused("accept", chosen, "--instead-of-others")
    assert terms("accept", chosen, "--instead-of-others", "--note", "the company says so").exit_code == 0
    assert listed() == []


def test_an_unknown_number_or_project_is_named(database: str) -> None:
    assert "no proposal 7" in refused("accept", "7")
    assert "no project 'x'" in refused("propose", "--project", "x")
    assert "--reason" in refused("decline", "7")


@pytest.mark.parametrize("act", [["accept"], ["decline", "--reason", "x"], ["reopen"]])
def test_a_number_that_no_proposal_can_have_is_told_in_one_sentence(act: list[str]) -> None:
    assert "9" * 20 in refused(act[0], "9" * 20, *act[1:])


@pytest.mark.parametrize("batch", ["²", "9" * 5000], ids=["superscript", "long"])
def test_a_batch_whose_name_looks_like_a_number_is_told_in_one_sentence(batch: str) -> None:
    assert "There is no batch" in refused("propose", "--batch", batch)
