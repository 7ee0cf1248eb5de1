"""Large acts, as jobs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from review.model import Job, Scope
from review.steps import finding
from review.steps.propagating import acting, making
from review.steps.propagating.rules import choice_of, rule_of
from review.store import Store, events


def run(store: Store, job: Job, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Do a job of kind "propagate": ``{"key", "batch", "scope", "rule", "choice"}``, or, to take one back or do it
    again, ``{"key", "batch", "event", "redo"}``. Returns what ``Outcome`` holds, and ``left``, how many segments were
    left alone (of which a thousand are named).
    """
    given = job.payload
    key = str(given["key"])
    with store.read() as connection:
        if events.known(connection, [key]):
            segments, articles = events.reach(connection, key)
            return {"event": key, "segments": segments, "articles": articles, "skipped": [], "left": 0}
        past = acting.past_of(connection, given["event"]) if "event" in given else None
    if past is not None:
        event = acting.turning_of(key, job.actor, past, redo=given["redo"])
        total = sum(count for _, _, count in past.payload["parts"])
        done = making.turn(store, event, past, redo=given["redo"], progress=lambda looked: progress(looked, total))
    else:
        scope = Scope(job.project, given["scope"], given.get("article"))
        rule, choice = rule_of(given["rule"]), choice_of(given["choice"])
        event = acting.event_of(key, job.actor, int(given["batch"]), scope, rule)
        total = finding.find(store, scope, rule, limit=1).segments
        wanted = finding.targets(store, scope, rule, choice)
        done = making.propagate(store, event, wanted, lambda looked: progress(looked, max(total, looked)))
    told = asdict(acting.outcome(event, done))
    del told["job"]
    return {**told, "skipped": list(told["skipped"]), "left": done.left}


JOBS = {"propagate": run}
"""Kinds of jobs that this step does, for the worker."""
