"""Moving pictures: the parts of a recording become one file."""
