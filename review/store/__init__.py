"""What is remembered: tables, events, queries. ``Store.open`` is the door."""

from review.store.door import Store

__all__ = ["Store"]
