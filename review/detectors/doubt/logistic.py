"""Logistic regression: small, exact, and kept as JSON. Fitted by Newton's method with an L2 penalty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Logistic:
    """``sigmoid(bias + sum(weight * (x - mean) / scale))``. Features have names; an absent one counts as its mean."""

    names: tuple[str, ...]
    mean: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    bias: float

    def predict(self, x: np.ndarray) -> np.ndarray:
        """Probabilities of n rows; ``x`` is n by ``names``, NaN where a feature is not known."""
        z = np.nan_to_num((x - self.mean) / self.scale, nan=0.0) @ self.weights + self.bias
        return 1 / (1 + np.exp(-np.clip(z, -30, 30)))

    def to_json(self) -> dict[str, Any]:
        """The model as plain data, rounded to five digits."""
        rows = zip(self.names, self.mean, self.scale, self.weights, strict=True)
        return {
            "bias": _short(self.bias),
            "features": {name: [_short(m), _short(s), _short(w)] for name, m, s, w in rows},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Logistic:
        """The model that ``to_json`` wrote. Features come as name to [mean, scale, weight]."""
        features = data["features"]
        table = np.array(list(features.values()), dtype=float).reshape(-1, 3)
        return cls(tuple(features), table[:, 0], table[:, 1], table[:, 2], float(data["bias"]))


def fit(names: Sequence[str], x: np.ndarray, y: np.ndarray, penalty: float, rounds: int = 25) -> Logistic:
    """Fit to labels ``y`` (0 to 1, shares allowed); ``penalty`` is the L2 weight on standardised features.

    A feature that is known nowhere (NaN in all rows) has mean 0, scale 1 and weight 0.

    Newton's method (iteratively reweighted least squares): McCullagh and Nelder, "Generalized Linear Models", 4.4.
    """
    known = np.isfinite(x)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, x, 0.0).sum(axis=0) / count
    scale = np.sqrt((np.where(known, x - mean, 0.0) ** 2).sum(axis=0) / count)
    scale = np.where(scale < 1e-6, 1.0, scale)
    z = np.column_stack([np.ones(len(x)), np.nan_to_num((x - mean) / scale, nan=0.0)])
    weights = np.zeros(z.shape[1])
    ridge = np.diag([0.0] + [penalty] * len(names))
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(z @ weights, -30, 30)))
        gradient = z.T @ (p - y) + ridge @ weights
        hessian = (z * (p * (1 - p))[:, None]).T @ z + ridge
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-7:
            break
    return Logistic(tuple(names), mean, scale, weights[1:], float(weights[0]))


def _short(value: float) -> float:
    return float(f"{float(value):.{_DIGITS}g}")
