"""How a source term is rendered in many segments, and which source words are worth asking about. Pure functions."""

from review.text.renderings.finding import Group, Known, renderings
from review.text.renderings.indexed import Bitext, Place
from review.text.renderings.recurring import recurring

__all__ = ["Bitext", "Group", "Known", "Place", "recurring", "renderings"]
