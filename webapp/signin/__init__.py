"""Signing in as an investor."""

from webapp.signin.views import blueprint

__all__ = ["blueprint"]
