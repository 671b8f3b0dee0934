"""Reads cards: pixels and the day in, plain data out. Knows no rows, no queue, no network."""

from workers.photos.reading.model import Bin, Field, Line, Reading
from workers.photos.reading.reader import read, warm

__all__ = ["Bin", "Field", "Line", "Reading", "read", "warm"]
