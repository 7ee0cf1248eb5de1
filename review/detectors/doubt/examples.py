"""Cases for the doubt model: made when the weights are there."""

from review.detectors.base import Example

EXAMPLES: tuple[Example, ...] = ()
