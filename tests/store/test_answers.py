"""Answers outlive the process; judgements hold while the text reads as it did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from review.model import Article, Correction, Flag
from review.store import Store, articles, batches, judgements
from review.store.answers import CHUNK, Answers
from review.store.engine import connect
from review.store.judgements import Judgement
from tests.steps.desk import TEXTS, Desk, flag


def test_an_answer_is_there_when_the_store_is_opened_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    with Store.open(url) as store:
        Answers(store)["llm:1"] = "first"
        Answers(store)["llm:1"] = "second 💥"
    with Store.open(url) as store:
        assert dict(Answers(store)) == {"llm:1": "second 💥"}


def test_a_database_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    engine = connect(url)
    config = Config()
    config.set_main_option("script_location", "review.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        assert "answer" not in inspect(connection).get_table_names()
    engine.dispose()
    with Store.open(url) as store:
        Answers(store)["llm:1"] = "kept"
        assert len(Answers(store)) == 1


def test_it_is_a_mapping(store: Store) -> None:
    answers = Answers(store)
    assert answers.get("llm:1") is None
    answers.update({f"llm:{number}": str(number) for number in range(CHUNK + 1)}, other="x")
    assert (len(answers), answers[f"llm:{CHUNK}"], answers["other"]) == (CHUNK + 2, str(CHUNK), "x")
    del answers["other"]
    assert "other" not in answers
    with pytest.raises(KeyError):
        del answers["other"]
    with pytest.raises(KeyError):
        answers["other"]


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def loaded(desk: Desk) -> Article:
    with desk.store.read() as connection:
        return articles.load(connection, desk.article, history=False)


def standing(desk: Desk, article: Article | None = None) -> list[Judgement]:
    with desk.store.read() as connection:
        return judgements.standing(connection, article or loaded(desk))


def found(desk: Desk, place: int = 0) -> Flag:
    return flag(desk.ids()[place], TEXTS[place], "Kaos", "COSMOPlat", detector="llm")


def test_a_judgement_holds_while_text_and_source_are_what_was_read(desk: Desk) -> None:
    first, second = desk.ids()[:2]
    given = [
        Judgement(str(first), "llm", True, (found(desk),), 5.0, "penalty"),
        Judgement(str(second), "llm", False, reason="No answer."),
        Judgement("999", "llm", True),
    ]
    desk.store.write(lambda connection: judgements.save(connection, loaded(desk), given))
    assert standing(desk) == given[:2]
    desk.do("edit", [first], {"texts": ["Kaos helps."]})
    assert standing(desk) == given[1:2]
    desk.do("edit", [first], {"texts": [TEXTS[0]]})
    assert standing(desk) == given[:2]
    desk.do("repair", [second], {"sources": ["另一句。"]})
    assert standing(desk) == given[:1]
    desk.do("delete", [first], {})
    assert standing(desk) == []


def test_a_later_judgement_takes_the_place_of_the_same_judges_earlier_one(desk: Desk) -> None:
    first = str(desk.ids()[0])
    for given in (
        Judgement(first, "llm", False, reason="x"),
        Judgement(first, "b", True),
        Judgement(first, "llm", True),
    ):
        desk.store.write(lambda connection, given=given: judgements.save(connection, loaded(desk), [given]))
    assert standing(desk) == [Judgement(first, "b", True), Judgement(first, "llm", True)]


def test_a_judgement_is_on_the_text_that_was_read_not_on_the_one_that_came_meanwhile(desk: Desk) -> None:
    read = loaded(desk)
    desk.do("edit", desk.ids()[:1], {"texts": ["Kaos helps."]})
    given = [Judgement(str(desk.ids()[0]), "llm", True)]
    desk.store.write(lambda connection: judgements.save(connection, read, given))
    assert standing(desk) == []
    segments = (replace(read.segments[0], correction=Correction(TEXTS[0])), *read.segments[1:])
    assert standing(desk, replace(read, segments=segments)) == given


def test_judgements_go_with_a_batch_that_is_removed(desk: Desk) -> None:
    given = [Judgement(str(desk.ids()[0]), "llm", True)]
    desk.store.write(lambda connection: judgements.save(connection, loaded(desk), given))
    desk.store.write(lambda connection: batches.discard(connection, desk.batch))
    assert batches.sweep(desk.store) == 1
    with desk.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM judgement").scalar() == 0
