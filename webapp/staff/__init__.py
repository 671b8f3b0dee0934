"""Staff sign-in, and their passwords."""

from webapp.staff import password
from webapp.staff.views import blueprint

__all__ = ["blueprint", "password"]
