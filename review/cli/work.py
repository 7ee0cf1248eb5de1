"""``work``: do the jobs that the app has queued."""

from __future__ import annotations

import os
import signal
import stat
import sys
import threading

import click


@click.command(name="work")
@click.option("--follow", is_flag=True, help="Wait for further jobs until the standard input (a pipe) ends.")
def work(follow: bool) -> None:
    """Do the queued jobs: imports, flagging, large replacements, indexes, scores, and asking judges that are on.

    The app starts such a process by itself. Ending it is safe at any time: what it was doing is begun
    again by the next one.
    """
    from review.steps import jobs
    from review.store import Store

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if follow and stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
        threading.Thread(target=_wait_for_end, args=(stop,), daemon=True).start()
    os.nice(5)  # reviewers' requests go first
    with Store.open() as store:
        done = jobs.work(store, stop, follow=follow)
    if not follow:
        click.echo("No job is waiting." if not done else "1 job done." if done == 1 else f"{done} jobs done.")


def _wait_for_end(stop: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    stop.set()


COMMAND = work
