"""A worker killed in the middle of a propagation leaves nothing of it; the next worker does the whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from review.model import Article, Rule, Scope, Segment
from review.steps import propagating
from review.steps.replaying import replay
from review.store import Store, articles, jobs, schema
from tests.steps.desk import Desk

KEY = "00000000-0000-4000-8000-000000000002"
MANY = 30

CODE = """
import sys
from review.steps.propagating import making
real, done = making._prepare, []
def told(*given):
    real(*given)
    done.append(given)
    if len(done) == 2:
        print("halfway", flush=True)
        sys.stdin.read()
making._prepare = told
from review.cli import main
main(["work"], prog_name="review")
"""


def texts(store: Store, desk: Desk) -> list[str]:
    with store.read() as connection:
        return [segment.text for number in desk.articles for segment in articles.load(connection, number).segments]


def test_all_of_it_or_nothing_after_kill_minus_nine(tmp_path: Path) -> None:
    database = tmp_path / "test.sqlite3"
    url = f"sqlite:///{database}"
    with Store.open(url) as store:
        many = (
            Article(f"n{n}", tuple(Segment(f"Kaos {n} {m}", source="卡奥斯") for m in range(60)), "mt", "zh", "en")
            for n in range(MANY)
        )
        desk = Desk(store, list(many))
        before = texts(store, desk)
        scope = Scope(desk.project, desk.batch)
        rule = Rule("Kaos", "COSMOPlat")
        job = propagating.propagate(store, desk.actor, desk.batch, scope, rule, key=KEY).job
        worker = subprocess.Popen(
            [sys.executable, "-c", CODE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
            env={"REVIEW_DATABASE_URL": url, "PATH": "/usr/bin:/bin"},
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == "halfway\n"
        with store.read() as connection:
            assert connection.execute(select(schema.staged.c.segment).limit(1)).first() is not None
        worker.kill()
        worker.communicate()
        assert texts(store, desk) == before
        assert replay(store).differences == []
        done = subprocess.run(
            [sys.executable, "-m", "review", "work"],
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
            env={"REVIEW_DATABASE_URL": url, "PATH": "/usr/bin:/bin"},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert job is not None
        with store.read() as connection:
            assert jobs.get(connection, job).state == "done"
            assert connection.execute(select(schema.staged.c.segment)).all() == []
        assert texts(store, desk) == [text.replace("Kaos", "COSMOPlat") for text in before]
        assert replay(store).differences == []
