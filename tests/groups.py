"""Which tests stay together on one worker: those of a file that names an `xdist_group`.

pytest-xdist 3.8 tells groups by an attribute that pytest 9.2 no longer reads, so that its `--dist loadgroup` spreads
them in silence (github.com/pytest-dev/pytest-xdist/issues/1386). Here the name is read from the file itself.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from xdist.scheduler import LoadGroupScheduling

WHOLE = {"browser", "canary", "clock", "hostile product", "pages", "up", "video"}
"""Groups whose tests start the whole product, most of them browsers too."""
AT_ONCE = 2
"""Of those, beside each other: with a third, two cores are so busy that tests wait until their patience is over."""
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

    def _assign_work_unit(self, node: Any) -> None:
        given = [piece for pieces in self.assigned_work.values() for piece in pieces.items()]
        under_way = {name for name, tests in given if not all(tests.values())}
        if len(under_way & WHOLE) >= AT_ONCE:
            smaller = next((name for name in self.workqueue if name not in WHOLE), None)
            if smaller is not None:
                self.workqueue.move_to_end(smaller, last=False)
        super()._assign_work_unit(node)
