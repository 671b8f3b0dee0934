"""我的业务."""

from webapp.my.views import blueprint

__all__ = ["blueprint"]
