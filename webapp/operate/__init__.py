"""Operating: jobs that nobody could finish, and a case as whoever keeps the installation running may see it."""

from webapp.operate import bulk, case, finding, incident, listing, stuck
from webapp.operate.views import blueprint

__all__ = ["blueprint", "bulk", "case", "finding", "incident", "listing", "stuck"]
