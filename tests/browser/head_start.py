"""A case brought some steps on by the engine's own commands, so that a test begins where its subject lies."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from engine.actors import Actor
from engine.cases import open_case
from tests.house import CHANGE, SETTINGS
from tests.walk import Walk

if TYPE_CHECKING:
    from tests.browser.town import Someone, Town


class HeadStart(Walk):
    """Walks as the engine's tests do, in the running product: services are its worker's business."""

    def __init__(self, town: Town, who: Someone) -> None:
        self.store = town.store
        self.me = Actor("investor", who.customer_id, who.file.name, frozenset({"investor"}))
        self.id = open_case(
            self.store,
            business=CHANGE,
            customer_id=who.customer_id,
            branch_id=who.file.branch,
            settings=SETTINGS,
        )

    def to_basic_data(self) -> str:
        """Photographs accepted: those that the company already holds."""
        self.do("upload_photos")
        self.until("check_photos").do("check_photos")
        return self.id

    def until(self, step: str, patience: float = 30.0) -> HeadStart:
        end = time.monotonic() + patience
        while step not in self.steps and time.monotonic() < end:
            time.sleep(0.05)  # the worker is another process: there is nothing to wait on
        return self
