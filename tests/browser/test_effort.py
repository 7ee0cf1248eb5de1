"""A person's own time in a real browser: nothing while it is off; idle time is cut; the clock is the test's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from scripts.serving import Served
from tests.browser.desk import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

WATCH = """
window.heard = [];
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, ...rest) {
  const where = this === window ? "window" : this.classList?.contains("rendition") ? "grid" : "";
  if (where) window.heard.push(`${where} ${type}`);
  return listen.call(this, type, ...rest);
};
"""
OURS = {"grid wheel", "grid pointerdown", "grid input"}
"""What nothing but the measuring listens to on the grid."""


@pytest.fixture
def desk(serve: Callable[..., Served], page: Page) -> Desk:
    """The review page over samples, its clock in the test's hands; what it sends is in ``sent``."""
    page.clock.install()
    page.add_init_script(WATCH)
    return Desk(page, serve())


def requests(desk: Desk) -> list[str]:
    """The bodies that are sent from now on to the route of time and keystrokes."""
    sent: list[str] = []
    desk.page.on("request", lambda one: sent.append(one.post_data or "") if one.url.endswith("/effort") else None)
    return sent


def stored(desk: Desk) -> list[tuple[int, int]]:
    """Milliseconds and keystrokes of each segment, in the order of the text."""
    with sqlite3.connect(desk.served.database) as connection:
        query = (
            "SELECT effort.time, effort.keystrokes FROM effort JOIN segment ON segment.id = effort.segment "
            "ORDER BY segment.position"
        )
        return list(connection.execute(query))


def longest(response: Response) -> int:
    """The most milliseconds that a request told of a segment; 0 for other requests."""
    if not response.url.endswith("/effort"):
        return 0
    return max(one["time"] for one in response.request.post_data_json["segments"])


def begin(desk: Desk) -> None:
    desk.page.goto(desk.served.url)
    desk.ready()
    desk.page.keyboard.press("Escape")


def switch(desk: Desk) -> None:
    """Press the switch on the page that says what is kept, and wait until the server has it."""
    desk.page.goto(f"{desk.served.url}/saved")
    desk.page.get_by_text("Off unless you switch it on.").wait_for()
    desk.page.get_by_text("Count my time and keystrokes").click()
    desk.page.get_by_text("It is on, and nothing has been counted here yet").wait_for()


def pass_time(desk: Desk, seconds: int) -> None:
    desk.page.clock.fast_forward(seconds * 1000)


def test_while_it_is_off_nothing_listens_nothing_is_sent_and_nothing_is_stored(desk: Desk) -> None:
    sent = requests(desk)
    begin(desk)
    for _ in range(3):
        desk.page.keyboard.press("j")
        pass_time(desk, 60)
    desk.page.goto(f"{desk.served.url}/articles")
    desk.page.get_by_role("heading", name="Articles").wait_for()
    heard = set(desk.page.evaluate("window.heard"))
    assert not OURS & heard
    assert sent == []
    assert stored(desk) == []


def test_switched_on_time_and_keys_are_counted_and_idle_time_is_cut(desk: Desk) -> None:
    switch(desk)
    sent = requests(desk)
    begin(desk)
    assert set(desk.page.evaluate("window.heard")) >= OURS
    desk.page.get_by_text("Your time and key presses are counted here").wait_for()
    desk.page.clock.pause_at(desk.page.evaluate("Date.now()") / 1000 + 1)  # seconds
    desk.page.keyboard.press("j")
    pass_time(desk, 10)
    desk.page.keyboard.press("k")
    with desk.page.expect_response(lambda one: longest(one) >= 10_000):
        pass_time(desk, 600)
    desk.page.keyboard.press("j")
    with desk.page.expect_response(lambda one: longest(one) >= 30_000):
        pass_time(desk, 25)
    desk.page.clock.resume()
    first, second = stored(desk)[:2]
    assert 30_000 <= first[0] < 45_000, "ten minutes without an act are thirty seconds"
    assert 10_000 <= second[0] < 45_000
    assert first[1] + second[1] >= 3
    assert sent
    assert all('key"' not in body and '"j"' not in body for body in sent), "which keys were pressed is not sent"


def test_switched_off_elsewhere_the_page_stops_and_deleting_leaves_nothing(desk: Desk) -> None:
    switch(desk)
    begin(desk)
    desk.page.keyboard.press("j")
    with desk.page.expect_response("**/rendition/effort"):
        pass_time(desk, 25)
    assert stored(desk)
    other = desk.page.context.new_page()
    other.goto(f"{desk.served.url}/saved")
    other.get_by_text("Count my time and keystrokes").click()
    other.get_by_role("button", name="Delete all of mine…").click()
    other.get_by_role("button", name="Delete", exact=True).click()
    other.get_by_text("Deleted: your time on").wait_for()
    other.close()
    assert stored(desk) == []
    desk.page.bring_to_front()
    desk.page.keyboard.press("j")
    with desk.page.expect_response("**/rendition/effort") as refusal:
        pass_time(desk, 25)
    assert refusal.value.status == 400
    sent = requests(desk)
    desk.page.keyboard.press("k")
    pass_time(desk, 60)
    desk.page.goto(f"{desk.served.url}/articles")
    desk.page.get_by_role("heading", name="Articles").wait_for()
    assert (sent, stored(desk)) == ([], [])
