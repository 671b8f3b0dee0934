"""A case of the web tests brought on by the engine's own commands, where the way there is not the subject."""

from __future__ import annotations

from engine.actors import Actor
from engine.cases import open_case
from engine.store import Store
from tests.house import SETTINGS
from tests.walk import Walk
from tests.web.conftest import MAIN, WANG, Somebody


class Strides(Walk):
    """Walks as the engine's tests do, at the branch of the web tests."""

    def __init__(self, store: Store, who: Somebody = WANG, **settings: object) -> None:
        self.store, self.branch, self.me = store, who.branch, Actor("investor", who.id, who.name)
        self.id = open_case(
            store,
            business=MAIN,
            customer_id=who.id,
            branch_id=who.branch,
            settings={**SETTINGS, **settings},
        )
