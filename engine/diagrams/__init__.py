"""Diagrams (BPMN 2.0.2): read closed, checked against an allow-list, linted, and turned into the engine's specs."""
