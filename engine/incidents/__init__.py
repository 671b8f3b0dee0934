"""Incidents: jobs that nobody could finish, grouped by their cause, for an operator to settle."""

from engine.incidents.causes import Cause, error_class
from engine.incidents.listing import Group, Listed, Wish, causes, count_open, listed, of_case
from engine.incidents.reading import Report, report
from engine.incidents.retrying import Retried, retry, retry_all
from engine.incidents.settling import leave, resolve

__all__ = [
    "Cause", "Group", "Listed", "Report", "Retried", "Wish", "causes", "count_open", "error_class", "leave", "listed",
    "of_case", "report", "resolve", "retry", "retry_all",
]  # fmt: skip
