"""The photo pipeline: pixels in, a record and two JPEGs out. It knows of no case, table or queue."""
