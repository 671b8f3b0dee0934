"""Drawn photographs of papers that do not exist, for demonstrations and tests. Nobody is asked to upload a real one."""

from workers.specimens.photograph import SLOTS, SpecimenPerson, photograph

__all__ = ["SLOTS", "SpecimenPerson", "photograph"]
