"""Settings are read from the environment, typed, and a wrong value is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.errors import InputError
from review.settings import Settings, read


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read({}) == Settings()


def test_an_empty_value_counts_as_not_set() -> None:
    assert read({"REVIEW_UPLOAD_MEGABYTES": ""}) == Settings()


def test_values_are_typed() -> None:
    found = read({"REVIEW_SAMPLES": "no", "REVIEW_UPLOAD_MEGABYTES": "5", "REVIEW_SECRET": "s"})
    assert (found.samples, found.upload_bytes, found.secret) == (False, 5 * 1024 * 1024, "s")


@pytest.mark.parametrize(
    ("name", "value"),
    [("REVIEW_SAMPLES", "maybe"), ("REVIEW_UPLOAD_MEGABYTES", "ten"), ("REVIEW_LINE_MEGABYTES", "0")],
)
def test_a_wrong_value_is_named_with_its_remedy(name: str, value: str) -> None:
    with pytest.raises(InputError, match=f"{name} is '{value}'; set it to"):
        read({name: value})


def test_only_an_sqlite_store_has_a_path() -> None:
    assert read({"REVIEW_DATABASE_URL": "sqlite:///a/b.db"}).database_path == Path("a/b.db")
    assert read({"REVIEW_DATABASE_URL": "sqlite:////a/b.db"}).database_path == Path("/a/b.db")
    assert read({"REVIEW_DATABASE_URL": "postgresql://x/y"}).database_path is None


def test_a_user_without_a_home_has_a_cache_until_the_process_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    folder = read({}).cache_folder
    assert folder.is_dir()
    assert read({}).cache_folder == folder
    assert read({"REVIEW_CACHE": "/elsewhere"}).cache_folder == Path("/elsewhere")
