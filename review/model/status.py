"""How far a segment has come. Whether its text changed is computed, never a status."""

STATUSES = ("new", "draft", "confirmed", "approved", "rejected")

DONE = ("confirmed", "approved")
"""Progress counts the words of segments in one of these."""
