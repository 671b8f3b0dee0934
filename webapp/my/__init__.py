"""我的业务."""

from webapp.my import giving_up
from webapp.my.views import blueprint

__all__ = ["blueprint", "giving_up"]
