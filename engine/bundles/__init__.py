"""Bundles: everything that one published version of a business is made of, under one hash."""

from engine.bundles.known import Known
from engine.bundles.loading import BadBundle, describe, load_files, load_folder
from engine.bundles.model import Bundle, Business, Milestone, Reason
from engine.bundles.publishing import bundle_of, businesses, publish, published
from engine.bundles.questions import Question, Questions

__all__ = [
    "BadBundle",
    "Bundle",
    "Business",
    "Known",
    "Milestone",
    "Question",
    "Questions",
    "Reason",
    "bundle_of",
    "businesses",
    "describe",
    "load_files",
    "load_folder",
    "publish",
    "published",
]
