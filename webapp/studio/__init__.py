"""The analysts' pages: a business is downloaded, handed in changed, looked at, and published with a note."""

from webapp.studio import mending, proposals, withdrawing
from webapp.studio.views import blueprint

__all__ = ["blueprint", "mending", "proposals", "withdrawing"]
