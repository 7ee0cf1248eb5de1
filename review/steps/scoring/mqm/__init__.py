"""Scores of the errors that people marked: read a file or a batch, compare systems, write segment scores."""

from review.steps.scoring.mqm.comparing import Compared, Pair, compare
from review.steps.scoring.mqm.reading import Scored, of_batch, of_file
from review.steps.scoring.mqm.segment_scores import segment_scores

__all__ = ["Compared", "Pair", "Scored", "compare", "of_batch", "of_file", "segment_scores"]
