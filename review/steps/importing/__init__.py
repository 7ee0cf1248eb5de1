"""Importing: a file is looked at, then read into a batch that appears when it is whole; sides are attached later."""

from review.steps.importing.attaching import Attached, attach_reference, attach_source
from review.steps.importing.batch import import_batch, import_samples
from review.steps.importing.folders import Folder, folder
from review.steps.importing.inputs import Input, plan
from review.steps.importing.jobs import JOBS
from review.steps.importing.previewing import Preview, Shown, preview

__all__ = [
    "JOBS",
    "Attached",
    "Folder",
    "Input",
    "Preview",
    "Shown",
    "attach_reference",
    "attach_source",
    "folder",
    "import_batch",
    "import_samples",
    "plan",
    "preview",
]
