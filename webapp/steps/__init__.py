"""The investor's steps: each user task of a business as a page made from its form."""

from webapp.steps import flow, keys, line, outlining, photos, submitting
from webapp.steps.views import blueprint

__all__ = ["blueprint", "flow", "keys", "line", "outlining", "photos", "submitting"]
