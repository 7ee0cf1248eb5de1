"""Whether systems differ: paired bootstrap (Koehn, 2004) and approximate randomization (Riezler and Maxwell, 2005).

All systems and metrics share one set of draws, the ones that sacrebleu makes for each of them anew, and matrix
products add the resamples up. What sacrebleu can test comes out as sacrebleu's own numbers, to the last bit.
"""

from review.metrics.significance.means import compare_means, pairwise_means
from review.metrics.significance.pairs import Pairwise, clusters, holm, pairwise
from review.metrics.significance.subjects import Subject
from review.metrics.significance.testing import Outcome, against_first, run

__all__ = [
    "Outcome",
    "Pairwise",
    "Subject",
    "against_first",
    "clusters",
    "compare_means",
    "holm",
    "pairwise",
    "pairwise_means",
    "run",
]
