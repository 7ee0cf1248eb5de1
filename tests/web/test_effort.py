"""The route of a person's own time: taken where they switched it on, else refused and nothing is stored."""

from __future__ import annotations

from review.steps import opening, saving
from tests.web.conftest import Desk


def spent(desk: Desk) -> dict[str, object]:
    return {"article": desk.article, "segments": [{"segment": desk.segments[0], "time": 1200, "keystrokes": 3}]}


def measured(desk: Desk) -> dict[int, tuple[int, float, int]]:
    return saving.own(opening.shared(), desk.actor, desk.project).articles


def test_while_it_is_off_nothing_is_taken(desk: Desk) -> None:
    status, answer = desk.post("effort", spent(desk))
    assert status == 400
    assert "switched off" in answer["error"]
    assert measured(desk) == {}


def test_what_is_measured_is_kept_for_who_sent_it(desk: Desk) -> None:
    saving.choose(opening.shared(), desk.actor, on=True)
    assert desk.post("effort", spent(desk)) == (200, {"segments": 1})
    assert measured(desk) == {desk.article: (1, 1.2, 3)}


def test_without_a_pass_or_with_nonsense_nothing_is_taken(desk: Desk) -> None:
    saving.choose(opening.shared(), desk.actor, on=True)
    assert desk.post("effort", spent(desk), **{"X-Rendition-Token": "x"})[0] == 401
    assert desk.post("effort", {**spent(desk), "article": True})[0] == 400
    assert desk.post("effort", {"article": desk.article})[0] == 400
    assert desk.post("effort", {**spent(desk), "article": desk.article + 1})[0] == 404
    assert measured(desk) == {}
