"""What is remembered: tables, events, queries. ``Store.open`` is the door."""

from sqlalchemy import Connection

from review.store.door import Store

__all__ = ["Connection", "Store"]
