"""Finding: where a rule's words stand in a batch or a project, and what following it would change.

``index`` keeps a batch's texts ready to be looked through, ``tables`` holds every hit as numbers, ``listing`` reads
pages and targets, ``alike`` finds what is much like a corrected segment.
"""

from review.steps.finding.alike import similar
from review.steps.finding.hits import Found, Hit, Target
from review.steps.finding.jobs import JOBS
from review.steps.finding.listing import find, protected, targets

__all__ = ["JOBS", "Found", "Hit", "Target", "find", "protected", "similar", "targets"]
