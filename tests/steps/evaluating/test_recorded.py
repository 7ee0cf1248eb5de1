"""Marks that reviewers made in a batch are what raters say of it."""

from __future__ import annotations

import pytest

from review.errors import InputError, MissingError
from review.steps.evaluating import recorded
from review.store import marks
from tests.steps.desk import TEXTS, Desk, mark


def test_marks_of_reviewers_make_rated_articles(desk: Desk) -> None:
    first, second, *_ = desk.ids()
    desk.do("mark", [first], mark())
    desk.do("mark", [second], mark(TEXTS[1], id="m2", severity="minor"), actor=desk.colleague())
    (item,) = recorded.rated(desk.store, desk.project, "batch")
    assert [(s.segment, s.start, s.end, s.severity) for s in item.spans] == [
        (str(first), 0, 4, "major"),
        (str(second), 0, 4, "minor"),
    ]
    assert {len(names) for names in item.raters.values()} == {2}
    assert len(item.raters) == len(TEXTS)
    assert item.document == "one"


def test_a_mark_on_a_text_that_a_reviewer_made_is_left_out_and_edits_do_not_move_others(desk: Desk) -> None:
    first, second, *_ = desk.ids()
    desk.do("mark", [first], mark())
    desk.do("edit", [first], {"texts": ["Small firms are helped."], "origin": "typed"})
    desk.do("edit", [second], {"texts": ["A new text."], "origin": "typed"})
    desk.do("mark", [second], mark("A new text.", id="m2"))
    (item,) = recorded.rated(desk.store, desk.project, str(desk.batch))
    assert [s.segment for s in item.spans] == [str(first)]
    assert item.article.segments[0].text == TEXTS[0]


def test_a_batch_without_marks_and_an_unknown_one_are_said(desk: Desk) -> None:
    with pytest.raises(InputError, match="Nobody has marked an error in batch"):
        recorded.rated(desk.store, desk.project, "batch")
    with pytest.raises(MissingError, match="There is no batch 'none'"):
        recorded.rated(desk.store, desk.project, "none")


def test_batches_with_marks_are_found_with_their_number(desk: Desk) -> None:
    first, second, *_ = desk.ids()

    def found() -> dict[int, int]:
        with desk.store.read() as connection:
            return marks.batches(connection, desk.project)

    assert found() == {}
    desk.do("mark", [first], mark())
    made = desk.do("mark", [second], mark(TEXTS[1], id="m2"))
    assert found() == {desk.batch: 2}
    desk.do("undo", [second], {"event": made})
    assert found() == {desk.batch: 1}
