"""Metrics: numbers on text. Adding one is adding a file that sets ``METRIC``."""

from __future__ import annotations

import re
from collections.abc import Iterable

import review.metrics as room
from review import registry
from review.errors import MissingError
from review.metrics.base import Matrix, Metric, Options, Prepared

__all__ = ["Matrix", "Metric", "Options", "Prepared", "available", "find", "known", "metrics"]


def available() -> dict[str, type[Metric]]:
    """Every metric by the name a user types, in the order of their files."""
    return {metric.name: metric for metric in registry.find(room, "METRIC").values()}


def known(name: str) -> bool:
    """True where ``name`` (or every name in a comma-separated list) is a metric's."""
    return all(_find(part) is not None for part in name.split(",") if part) and bool(name.strip(","))


def _find(name: str) -> type[Metric] | None:
    for metric in available().values():
        if name.lower() in (metric.name, metric.label.lower(), *metric.aliases):
            return metric
    return None


def find(name: str) -> type[Metric]:
    """The metric of that name, label or alias, whatever its case. Raises MissingError, naming all."""
    metric = _find(name)
    if metric is None:
        raise MissingError(f"There is no metric {name!r}; choose from {', '.join(available())}.")
    return metric


def metrics(names: Iterable[str], options: Options | None = None) -> list[Metric]:
    """Make each metric that is named (a name may be several, by commas or spaces), once, in that order."""
    wanted: dict[str, type[Metric]] = {}
    for name in (part for group in names for part in re.split(r"[\s,]+", group) if part):
        metric = find(name)
        wanted[metric.name] = metric
    return [metric(options) for metric in wanted.values()]
