"""TMX in and out: whole or not at all, in sight when it is whole, gone when it is removed."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from review.errors import AccessError, FormatError, InputError, MissingError
from review.formats import Source
from review.model import Unit
from review.steps import jobs, memory
from review.store import Store, batches, memories, people, schema
from review.store import jobs as queue
from tests.formats.tmx.samples import DTD, GOOD, units
from tests.steps.desk import Desk, article
from tests.steps.memory.test_matching import bring_in, found

SOURCE = Source.of(GOOD.encode(), "client.tmx")


def names(desk: Desk) -> list[tuple[str, int]]:
    with desk.store.read() as connection:
        return [(row.name, row.units) for row in memories.rows(connection, desk.project)]


def rows(store: Store, table: Any) -> int:
    with store.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def exported(desk: Desk, name: str | None = None) -> tuple[bytes, memory.importing.Exported]:
    out = io.BytesIO()
    said = memory.export(desk.store, desk.project, out, name)
    return out.getvalue(), said


def test_a_file_becomes_a_memory_that_is_searched(desk: Desk) -> None:
    memory.bring_in(desk.store, desk.project, desk.actor, SOURCE)
    assert names(desk) == [("client", 3)]
    (match,) = found(desk, "最后一句。")
    assert (match.known.target, match.known.origin) == ("The last.", "client")
    with desk.store.read() as connection:
        (row,) = memories.rows(connection, desk.project)
    assert row.languages == (("zh-CN", "de", 1), ("zh-CN", "en-GB", 2))
    assert row.header["srclang"] == "zh-CN"


def test_a_preview_says_what_is_in_the_file_and_stores_nothing(desk: Desk) -> None:
    shown = memory.preview(SOURCE)
    assert (len(shown.units), shown.whole) == (3, True)
    assert shown.languages[0] == ("zh-CN", "en-GB", 2)
    assert rows(desk.store, schema.unit) == 0


def test_a_file_with_nothing_to_remember_is_refused_and_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(InputError, match="no unit is from xx to yy"):
        memory.bring_in(desk.store, desk.project, desk.actor, SOURCE, "", ("xx", "yy"))
    assert names(desk) == []
    assert rows(desk.store, schema.unit) == 0


def test_a_name_is_one_line(desk: Desk) -> None:
    memory.bring_in(desk.store, desk.project, desk.actor, SOURCE, "two\nlines ")
    assert names(desk) == [("two lines", 3)]


def test_a_name_is_given_once(desk: Desk) -> None:
    memory.bring_in(desk.store, desk.project, desk.actor, SOURCE)
    with pytest.raises(InputError, match="already"):
        memory.bring_in(desk.store, desk.project, desk.actor, SOURCE)
    memory.bring_in(desk.store, desk.project, desk.actor, SOURCE, "again")
    assert names(desk) == [("again", 3), ("client", 3)]


def broken() -> Source:
    return Source.of(GOOD.replace("</body>", "<tu><tuv><seg>x</seg></tuv></tu></body>").encode(), "broken.tmx")


def test_an_import_that_fails_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(FormatError, match="no language"):
        memory.bring_in(desk.store, desk.project, desk.actor, broken())
    assert names(desk) == []
    memories.sweep(desk.store)
    assert (rows(desk.store, schema.unit), rows(desk.store, schema.memory)) == (0, 0)


def test_an_import_that_is_cancelled_leaves_nothing(desk: Desk) -> None:
    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        memory.bring_in(desk.store, desk.project, desk.actor, SOURCE, progress=cancel)
    assert names(desk) == []
    assert found(desk, "最后一句。") == []


def test_a_memory_is_not_seen_before_it_is_whole(desk: Desk) -> None:
    seen: list[Any] = []

    def look(done: int, total: int) -> None:
        seen.append((names(desk), found(desk, "最后一句。"), rows(desk.store, schema.unit)))

    memory.bring_in(desk.store, desk.project, desk.actor, SOURCE, progress=look)
    assert seen == [([], [], 3)]


KILLED = """
import sys
from itertools import count
from review.model import Unit
from review.store import Store, memories, people
store = Store.open(sys.argv[1])
project, actor = store.write(people.ensure_local)
memory = store.write(lambda c: memories.create(c, project, actor, "endless", {}))
units = (Unit(f"句子{n}", f"Sentence {n}", "zh", "en", number=n) for n in count())
memories.add_units(store, memory, units, lambda done: print(done, flush=True))
"""


def test_an_import_that_is_killed_leaves_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    importer = subprocess.Popen(
        [sys.executable, "-c", KILLED, url], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    )
    assert importer.stdout is not None
    for _ in range(3):
        importer.stdout.readline()
    importer.kill()
    importer.communicate()
    with Store.open(url) as store:
        assert rows(store, schema.unit) > 0
        desk = Desk(store)
        assert names(desk) == []
        assert found(desk, "句子1") == []
        memories.sweep(store)
        assert (rows(store, schema.unit), rows(store, schema.memory)) == (0, 0)


def test_a_removed_memory_goes_by_its_name(desk: Desk) -> None:
    memory.bring_in(desk.store, desk.project, desk.actor, SOURCE)
    assert memory.remove(desk.store, desk.project, desk.actor, "client") == 3
    assert names(desk) == []
    with pytest.raises(MissingError, match="none was imported"):
        memory.remove(desk.store, desk.project, desk.actor, "client")
    memory.bring_in(desk.store, desk.project, desk.actor, SOURCE)
    assert len(found(desk, "最后一句。")) == 1


def test_the_jobs_bring_in_and_write_out(desk: Desk) -> None:
    said = memory.payload(desk.store, SOURCE, "named", ("zh", "en"))
    number = jobs.start(desk.store, desk.project, desk.actor, "memory-import", said)
    stop = threading.Event()
    jobs.work(desk.store, stop)
    with desk.store.read() as connection:
        job = queue.get(connection, number)
    assert (job.state, job.result) == ("done", {"memory": 1, "warnings": []})
    assert names(desk) == [("named", 2)]
    number = jobs.start(desk.store, desk.project, desk.actor, "memory-export", {})
    jobs.work(desk.store, stop)
    with desk.store.read() as connection:
        job = queue.get(connection, number)
    assert job.result is not None
    assert len(units(memory.kept(desk.store, job.result["sha"]))) == 2


def test_what_is_written_has_the_work_and_what_was_brought_in(store: Store) -> None:
    from lxml import etree

    desk = Desk(store, [article(), article(("No source.",), None, "bare")])
    desk.do("edit", desk.ids()[:1], {"texts": ["COSMOPlat helps small firms."]})
    desk.article = desk.articles[1]
    desk.do("status", desk.ids(), {"status": "confirmed"})
    memory.bring_in(store, desk.project, desk.actor, SOURCE)
    data, said = exported(desk)
    assert etree.DTD(io.StringIO(DTD)).validate(etree.fromstring(data, etree.XMLParser(load_dtd=False)))
    work, *brought = units(data)
    assert (work.source, work.target) == ("卡奥斯助力小企业。", "COSMOPlat helps small firms.")
    assert (work.source_language, work.target_language, work.by) == ("zh", "en", "Local user")
    assert ["tu", "x-article", "", "one"] in work.props["props"]
    assert work.at is not None
    assert [(unit.source, unit.target) for unit in brought] == [(unit.source, unit.target) for unit in units(GOOD)]
    assert said.units == 3
    assert said.warnings == ("1 segment has no source and cannot stand in TMX.",)


def test_one_memory_alone_is_written_with_its_source_language(desk: Desk) -> None:
    memory.bring_in(desk.store, desk.project, desk.actor, SOURCE)
    bring_in(desk, "other", Unit("另", "another", "zh", "en"))
    data, _ = exported(desk, "client")
    assert b'srclang="zh-CN"' in data
    assert units(data) == units(GOOD)
    with pytest.raises(MissingError):
        exported(desk, "nowhere")


def test_what_is_not_to_be_seen_is_not_written(desk: Desk) -> None:
    desk.do("status", desk.ids()[:1], {"status": "confirmed"})
    desk.store.write(lambda c: batches.discard(c, desk.batch))
    assert exported(desk)[1].units == 0


def test_who_may_only_look_or_is_no_member_neither_brings_in_nor_removes(desk: Desk) -> None:
    memory.bring_in(desk.store, desk.project, desk.actor, SOURCE)
    stranger = desk.store.write(lambda c: people.ensure_actor(c, "i", "s", "Stranger"))
    for role in (None, "viewer"):
        if role:
            desk.store.write(lambda c: people.grant(c, desk.project, stranger, "viewer"))
        with pytest.raises(AccessError, match="ask its owner"):
            memory.remove(desk.store, desk.project, stranger, "client")
        with pytest.raises(AccessError, match="ask its owner"):
            memory.bring_in(desk.store, desk.project, stranger, SOURCE, "mine")
    assert names(desk) == [("client", 3)]
    assert rows(desk.store, schema.memory) == 1
