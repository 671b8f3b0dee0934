"""The investor's steps: each user task of a business as a page made from its form."""

from webapp.steps import calendar_file, call, flow, keys, line, outlining, photos, submitting, told
from webapp.steps.views import blueprint

__all__ = ["blueprint", "calendar_file", "call", "flow", "keys", "line", "outlining", "photos", "submitting", "told"]
