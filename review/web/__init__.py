"""What the browser calls: events, article, flags, terms, the grid's files, health."""

from review.web.routes import routes

__all__ = ["routes"]
