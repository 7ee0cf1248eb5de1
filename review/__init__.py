"""Rendition: review machine-translated articles, flag awkward renderings, record every correction."""

__version__ = "0.1.0"
