"""Staff sign-in."""

from webapp.staff.views import blueprint

__all__ = ["blueprint"]
