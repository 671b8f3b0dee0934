"""Bundles: everything that one published version of a business is made of, under one hash."""

from engine.bundles.archive import businesses_in, read_archive
from engine.bundles.choosing import in_use, published
from engine.bundles.differences import SECTIONS, Difference, differences
from engine.bundles.known import Known
from engine.bundles.loading import BadBundle, load_files, load_folder
from engine.bundles.model import Bundle, Business, Milestone, Reason
from engine.bundles.publishing import bundle_of, businesses, publish
from engine.bundles.questions import Question, Questions
from engine.bundles.releasing import release, withdraw
from engine.bundles.running import Running, running
from engine.bundles.versions import Signed, Version, versions

__all__ = [
    "SECTIONS",
    "BadBundle",
    "Bundle",
    "Business",
    "Difference",
    "Known",
    "Milestone",
    "Question",
    "Questions",
    "Reason",
    "Running",
    "Signed",
    "Version",
    "bundle_of",
    "businesses",
    "businesses_in",
    "differences",
    "in_use",
    "load_files",
    "load_folder",
    "publish",
    "published",
    "read_archive",
    "release",
    "running",
    "versions",
    "withdraw",
]
