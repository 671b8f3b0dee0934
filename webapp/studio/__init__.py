"""The analysts' pages: a business is downloaded, handed in changed, looked at, and published with a note; banks too."""

from webapp.studio import banks, mending, proposals, withdrawing
from webapp.studio.views import blueprint

__all__ = ["banks", "blueprint", "mending", "proposals", "withdrawing"]
