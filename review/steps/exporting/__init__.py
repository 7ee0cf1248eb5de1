"""Exporting: the corrected translation as a file, what that file cannot tell, and large ones as jobs."""

from review.steps.exporting.jobs import JOBS, opened, payload
from review.steps.exporting.losing import losses
from review.steps.exporting.writing import (
    AS_IT_CAME,
    ORIGINAL,
    ZIP,
    Choice,
    Download,
    choices,
    download,
    export,
    names,
)

__all__ = [
    "AS_IT_CAME",
    "JOBS",
    "ORIGINAL",
    "ZIP",
    "Choice",
    "Download",
    "choices",
    "download",
    "export",
    "losses",
    "names",
    "opened",
    "payload",
]
