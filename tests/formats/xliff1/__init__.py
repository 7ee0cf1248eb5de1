"""XLIFF 1.2 and its dialects: read, held against their rules, and written over."""
