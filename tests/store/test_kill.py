"""A process killed in the middle of its writes has lost nothing that it acknowledged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from review.steps.replaying import replay
from review.store import Store, events

CODE = """
import sys
from threading import Thread
from uuid import uuid4
from review.store import Store
from review.steps import reviewing
from tests.steps.desk import Desk, article
store = Store.open(sys.argv[1], serve=True)
desk = Desk(store, [article([f"text {n}" for n in range(8)], None)])
ids = desk.ids()
print(desk.project, flush=True)
def edit(segment):
    version = 0
    while True:
        event = {"id": str(uuid4()), "kind": "edit", "payload": {"texts": [f"text {version}"]},
                 "targets": [{"segment": segment, "base_version": version}]}
        assert reviewing.record(store, desk.actor, desk.batch, [event])["stored"]
        version += 1
        sys.stdout.write(event["id"] + "\\n")
        sys.stdout.flush()
for segment in ids:
    Thread(target=edit, args=(segment,), daemon=True).start()
sys.stdin.read()
"""


def test_every_acknowledged_event_survives_kill_minus_nine(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    root = Path(__file__).parents[2]
    for round_number in range(2):
        server = subprocess.Popen(
            [sys.executable, "-c", CODE, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
        )
        assert server.stdout is not None
        project = int(server.stdout.readline())
        acknowledged = [server.stdout.readline().strip() for _ in range(100)]
        server.kill()
        rest, _ = server.communicate()
        # The last line may have been cut short by the kill; only whole lines were acknowledged.
        acknowledged += [line for line in rest.split("\n")[:-1] if line]
        with Store.open(url, serve=True) as store:
            with store.read() as connection:
                stored = {stored.event.id for stored in events.of_project(connection, project)}
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert set(acknowledged) <= stored, f"round {round_number}"
            assert len(acknowledged) >= 100
            assert replay(store).differences == []
