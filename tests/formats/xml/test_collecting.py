"""The garbage collector is off while a file is read, and on again whatever happens."""

from __future__ import annotations

import gc
from threading import Event, Thread

import pytest

from review.formats.xml import uncollected


def test_it_is_on_again_after_an_error() -> None:
    def broken() -> None:
        with uncollected():
            assert not gc.isenabled()
            raise ValueError

    assert gc.isenabled()
    with pytest.raises(ValueError, match=r"^$"):
        broken()
    assert gc.isenabled()


def test_it_stays_off_where_it_was() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_one_reader_does_not_turn_it_on_for_another() -> None:
    inside, done, seen = Event(), Event(), []

    def other() -> None:
        with uncollected():
            inside.set()
            done.wait(10)
            seen.append(gc.isenabled())

    thread = Thread(target=other)
    with uncollected():
        thread.start()
        assert inside.wait(10)
    assert not gc.isenabled()
    done.set()
    thread.join()
    assert seen == [False]
    assert gc.isenabled()
