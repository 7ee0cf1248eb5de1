"""What a project's reviewers make of each detector, and switching one off, on, or back to full standing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from review.detectors import Detector, Judge, detectors, judges
from review.errors import AccessError, InputError, MissingError
from review.model import Standing
from review.model.standing import wilson
from review.settings import settings
from review.store import Connection, Store, people, standings, tallies

LEADERS = ("owner", "lead")
"""The roles that may switch a detector off and on."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Flags now (``open``, and ``hidden`` by dismissals), and decisions in force: one act is one decision.

    ``said`` is the mean confidence of the flags decided on, None without decisions.
    """

    open: int = 0
    hidden: int = 0
    accepted: int = 0
    corrected: int = 0
    dismissed: int = 0
    said: float | None = None

    @property
    def decided(self) -> int:
        return self.accepted + self.corrected + self.dismissed

    @property
    def shown(self) -> int:
        """Flags open, and decisions taken."""
        return self.open + self.decided

    @property
    def acted(self) -> int:
        """Accepted, or corrected otherwise: what confidence foretells."""
        return self.accepted + self.corrected

    def share(self, count: int) -> float | None:
        """A count as a share of all decisions; None without any."""
        return count / self.decided if self.decided else None

    def interval(self, count: int) -> tuple[float, float]:
        """Its 95% Wilson interval."""
        return wilson(count, self.decided)


@dataclass(frozen=True, slots=True)
class Rate:
    """A detector or a judge with its counts, whole and by category, and how it stands in the project.

    ``missing`` says why a judge cannot be asked here; "" where it can. ``standing`` is None where nobody ever
    changed it, ``demotion`` the last demotion or None.
    """

    detector: Detector
    counts: Counts
    categories: dict[str, Counts]
    state: str
    standing: Standing | None
    demotion: Standing | None
    missing: str = ""

    @property
    def judge(self) -> bool:
        return isinstance(self.detector, Judge)


def rates(store: Store, project: int, batch: int | None = None) -> list[Rate]:
    """Every detector, then every judge, with what reviewers made of its present version; of one batch, or all."""
    with store.read() as connection:
        flags = tallies.flags(connection, project, batch)
        decided = tallies.decisions(connection, project, batch)
        log = standings.history(connection, project)
    found = []
    for one in known().values():
        own = [standing for standing in log if standing.detector == one.name]
        decisions = {category: row for (name, rule, category), row in decided.items() if (name, rule) == key(one)}
        now = {category: row for (name, category), row in flags.items() if name == one.name}
        parts = {
            category: _counts([now.get(category)], [decisions.get(category)])
            for category in sorted(now.keys() | decisions.keys())
        }
        ready, reason = one.available(settings()) if isinstance(one, Judge) else (True, "")
        found.append(
            Rate(
                one,
                _counts(now.values(), decisions.values()),
                parts,
                state(own[0] if own else None, one),
                own[0] if own else None,
                next((standing for standing in own if standing.state == "demoted"), None),
                "" if ready else reason,
            )
        )
    return found


def known() -> dict[str, Detector]:
    """Detectors and judges by name."""
    return {**detectors(), **judges()}


def key(detector: Detector) -> tuple[str, int]:
    """A detector's name and the version of its rule: what decisions are counted under."""
    return detector.name, detector.version


def state(last: Standing | None, detector: Detector) -> str:
    """A detector's state by the last change of it; a new version of its rule is not demoted for the old one's flags."""
    if last is None or (last.state == "demoted" and last.rule != detector.version):
        return "on"
    return last.state


def switch(store: Store, project: int, actor: int, name: str, to: str) -> None:
    """Switch a detector "on" (also back from a demotion) or "off" for a project; logged with who and when.

    Switched on, it counts anew: what was dismissed before does not demote it again. Asked for what is so already
    it logs nothing. Raises MissingError for an unknown detector, InputError for another state, AccessError where
    the actor is no lead of the project.
    """
    if name not in known():
        raise MissingError(f"There is no detector {name!r}; there are {', '.join(known())}.")
    if to not in ("on", "off"):
        raise InputError(f"A detector is switched on or off, not {to!r}.")
    store.write(partial(_switch, project=project, actor=actor, detector=known()[name], to=to))


def _switch(connection: Connection, project: int, actor: int, detector: Detector, to: str) -> None:
    if people.role(connection, project, actor) not in LEADERS:
        raise AccessError("Only a lead of the project can switch its detectors; ask one.")
    log = standings.history(connection, project, detector.name)
    if state(log[0] if log else None, detector) == to:
        return
    counts = standings.decisions(connection, project, *key(detector))
    standings.put(connection, project, detector.name, to, detector.version, actor, counts, worker=actor)


def history(store: Store, project: int, name: str) -> list[Standing]:
    """Every change of a detector's state in a project, newest first."""
    with store.read() as connection:
        return standings.history(connection, project, name)


def _counts(now: Iterable[tuple[int, int] | None], decisions: Iterable[tuple[int, int, int, float] | None]) -> Counts:
    flags = [row for row in now if row]
    acts = [row for row in decisions if row]
    accepted, corrected, dismissed = (sum(int(row[place]) for row in acts) for place in range(3))
    total = accepted + corrected + dismissed
    return Counts(
        sum(row[0] for row in flags),
        sum(row[1] for row in flags),
        accepted,
        corrected,
        dismissed,
        sum(row[3] for row in acts) / total if total else None,
    )
