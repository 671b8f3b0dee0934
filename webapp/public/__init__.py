"""The public pages."""

from webapp.public.views import blueprint

__all__ = ["blueprint"]
