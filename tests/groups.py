"""Which tests stay together on one worker: those of a file that names an `xdist_group`.

pytest-xdist 3.8 tells groups by an attribute that pytest 9.2 no longer reads, so that its `--dist loadgroup` spreads
them in silence (github.com/pytest-dev/pytest-xdist/issues/1386). Here the name is read from the file itself.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadGroupScheduling

MARK = re.compile(r"""xdist_group\(\s*["']([\w ]+)["']\s*\)""")


@cache
def group_of(file: Path) -> str:
    """The group of a test file; empty when it names none."""
    found = MARK.search(file.read_text("utf-8")) if file.is_file() else None
    return found[1] if found else ""


class ByFile(LoadGroupScheduling):  # type: ignore[misc]
    """Everything of a group goes to one worker; every other test goes wherever there is room."""

    def _split_scope(self, nodeid: str) -> str:
        file = self.config.rootpath / nodeid.split("::", 1)[0]
        return group_of(file) or super()._split_scope(nodeid)
