"""Texts under their hashes."""

from __future__ import annotations

import pytest

from review.store import Store, texts
from review.store.texts import Erased, canonical, digest


def test_a_text_is_kept_once_and_an_erased_one_keeps_its_hash(store: Store) -> None:
    store.write(lambda c: texts.put(c, ["a", "a", "b"]))
    store.write(lambda c: texts.put(c, ["b", "c"]))
    store.write(lambda c: c.exec_driver_sql("UPDATE text SET body = NULL WHERE body = 'a'"))
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM text").scalar() == 3
        found = texts.get(connection, [digest("a"), digest("b"), None, b"nowhere"])
    assert found == {digest("a"): "", digest("b"): "b"}
    assert isinstance(found[digest("a")], Erased)
    assert digest(found[digest("a")]) == digest("a")


def test_more_hashes_than_one_query_takes_are_all_found(store: Store) -> None:
    bodies = [f"text {number}" for number in range(texts.CHUNK * 2 + 1)]
    store.write(lambda c: texts.put(c, bodies))
    with store.read() as connection:
        assert set(texts.get(connection, map(digest, bodies)).values()) == set(bodies)


def test_canonical_json_has_one_form() -> None:
    assert canonical({"b": [1, "é"], "a": None}) == '{"a":null,"b":[1,"é"]}'
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})
