"""How a detector stands with a project's reviewers: what they did with its flags, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from math import sqrt

from review.model.flag import Flag

STATES = ("on", "demoted", "off")

LEAST = 20
"""Decisions before a detector can be demoted.

A lower Wilson bound above SHARE would ask for 35 dismissals without one exception, and let 47 of 50 pass. A
demotion hides nothing and one click takes it back, so it may come sooner than proof.
"""

SHARE = 0.9
"""More than this share dismissed, and a detector is demoted."""

CAP = 0.1
"""The most confidence that a demoted detector's flags show: at least nine in ten of them were dismissed."""


def demotes(decided: int, dismissed: int, *, again: int = 0) -> bool:
    """Whether reviewers' decisions demote a detector: at least LEAST of them, more than SHARE dismissals.

    After a detector was restored both numbers count from then on, and ``again`` is the number of dismissals that
    had demoted it: as many must come anew.
    """
    return decided >= LEAST and dismissed >= again and dismissed > SHARE * decided


def wilson(count: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95% score interval of a share, each end 0 to 1; (0, 1) where nothing was counted.

    Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
    """
    if of <= 0:
        return 0.0, 1.0
    share, square = count / of, z * z / of
    middle = (share + square / 2) / (1 + square)
    reach = z * sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True, slots=True)
class Standing:
    """A detector's state in a project, and how it came by it. ``by`` is "" where the program did it.

    ``rule`` is the detector's version then: a demotion holds for it alone. ``decided`` and ``dismissed`` are the
    decisions that a demotion is based on; else all there were at that time. ``at`` is UTC microseconds.
    """

    detector: str
    state: str
    rule: int
    decided: int
    dismissed: int
    at: int
    by: str = ""

    @property
    def notice(self) -> str:
        """A demotion's reason in words: "47 of 50 dismissed"; "" for another state."""
        return f"{self.dismissed} of {self.decided} dismissed" if self.state == "demoted" else ""


@dataclass(frozen=True, slots=True)
class Standings:
    """The detectors of a project that are not simply on, by name."""

    by_name: dict[str, Standing] = field(default_factory=dict)

    @property
    def off(self) -> frozenset[str]:
        """Detectors whose flags are not shown at all."""
        return frozenset(name for name, one in self.by_name.items() if one.state == "off")

    @property
    def demoted(self) -> frozenset[tuple[str, int]]:
        """Detectors, each with the version of its rule, whose flags are shown last and faint."""
        return frozenset((name, one.rule) for name, one in self.by_name.items() if one.state == "demoted")

    @property
    def key(self) -> str:
        """The same text as long as the same detectors are off and demoted; "" where all are on."""
        parts = [f"-{name}" for name in sorted(self.off)] + [f"~{name} {rule}" for name, rule in sorted(self.demoted)]
        return "\n".join(parts)

    def demotion(self, flag: Flag) -> Standing | None:
        """The demotion that a flag is under, or None."""
        found = self.by_name.get(flag.detector)
        return found if found and found.state == "demoted" and found.rule == flag.version else None

    def seen(self, flag: Flag) -> Flag:
        """The flag as it is shown: a demoted detector's is neutral, and CAP sure at most."""
        if self.demotion(flag) is None:
            return flag
        return replace(flag, severity="neutral", confidence=min(flag.confidence, CAP))

    def shown(self, flags: Iterable[Flag]) -> list[Flag]:
        """Those whose detectors are not off, as they are shown."""
        return [self.seen(flag) for flag in flags if flag.detector not in self.off]
