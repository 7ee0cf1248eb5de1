"""Opening: made, migrated, locked, or refused in one sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from review.errors import StoreError
from review.store import Store, engine
from review.store.migrating import HEAD
from review.store.schema import metadata


def url(path: Path) -> str:
    return f"sqlite:///{path / 'test.sqlite3'}"


def test_the_folder_and_the_file_are_made(tmp_path: Path) -> None:
    with Store.open(url(tmp_path / "new" / "folder")) as store:
        store.ping()
    assert (tmp_path / "new" / "folder" / "test.sqlite3").is_file()


def test_what_the_migrations_make_is_what_the_program_expects(tmp_path: Path) -> None:
    with Store.open(url(tmp_path)) as store, store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_migration_is_the_one_that_the_program_names() -> None:
    config = Config()
    config.set_main_option("script_location", "review.store:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_commits_are_on_disk_before_they_are_answered(tmp_path: Path) -> None:
    with Store.open(url(tmp_path)) as store, store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "FULL"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_second_server_is_refused_and_other_programs_are_not(tmp_path: Path) -> None:
    with Store.open(url(tmp_path), serve=True):
        with pytest.raises(StoreError, match="served by another process"):
            Store.open(url(tmp_path), serve=True)
        with Store.open(url(tmp_path)) as beside:
            beside.ping()
    with Store.open(url(tmp_path), serve=True) as store:
        store.ping()


def test_the_lock_goes_with_a_server_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from review.store import Store; store = Store.open(sys.argv[1], serve=True); "
        "print('open', flush=True); sys.stdin.read()"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", code, url(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert server.stdout is not None
    assert server.stdout.readline() == b"open\n"
    with pytest.raises(StoreError):
        Store.open(url(tmp_path), serve=True)
    server.kill()
    server.communicate()
    with Store.open(url(tmp_path), serve=True) as store:
        store.ping()


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    with Store.open(url(tmp_path)) as store:
        store.write(lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="update the program"):
        Store.open(url(tmp_path))


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "test.sqlite3") as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreError, match="another program"):
        Store.open(url(tmp_path))


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "test.sqlite3").write_text("no database at all, but long enough to look at" * 100)
    with pytest.raises(StoreError, match="not a database"):
        Store.open(url(tmp_path))


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("nonsense", "not a database URL"),
        ("mysql://x/y", "not offered"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite:////proc/none/x.sqlite3", "cannot be made"),
    ],
)
def test_a_url_that_cannot_be_used_is_told(bad: str, says: str) -> None:
    with pytest.raises(StoreError, match=says):
        Store.open(bad)


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 6, 23), True),
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_an_sqlite_that_may_corrupt_its_file_is_refused(version: tuple[int, int, int], sound: bool) -> None:
    if sound:
        engine.check_version(version)
    else:
        with pytest.raises(StoreError, match="WAL-reset"):
            engine.check_version(version)
