"""Tests of pages read and written again."""
