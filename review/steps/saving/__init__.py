"""What corrections saved: by hand, by propagation, by suggestion; and what each article took."""

from review.steps.saving.articles import Reviewed, Stretch, reviewed, stretches
from review.steps.saving.counting import CAPTIONS, Counted, Counts, Moment, count
from review.steps.saving.learned import Learned, learned
from review.steps.saving.own import Choice, Own, choose, forget, measure, own, settings_of, shared

__all__ = [
    "CAPTIONS",
    "Choice",
    "Counted",
    "Counts",
    "Learned",
    "Moment",
    "Own",
    "Reviewed",
    "Stretch",
    "choose",
    "count",
    "forget",
    "learned",
    "measure",
    "own",
    "reviewed",
    "settings_of",
    "shared",
    "stretches",
]
