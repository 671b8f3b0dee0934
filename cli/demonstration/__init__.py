"""The demonstration's data. Business ids may occur here and in the tests, nowhere else in Python."""
