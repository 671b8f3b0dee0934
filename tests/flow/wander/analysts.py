"""What analysts can do while cases are on their way: publish another version, and take it back."""

from __future__ import annotations

from functools import partial

from hypothesis.stateful import precondition, rule
from hypothesis.strategies import DataObject, data

from engine.bundles import release, withdraw
from engine.errors import NotYours, NoVersionBefore, Overtaken, Unchanged
from tests.flow.wander.acting import Why, one_of
from tests.flow.wander.editions import EDITIONS
from tests.flow.wander.ground import PEOPLE
from tests.flow.wander.moves import Moves
from tests.house import CHANGE, SUPPLEMENT, drawn
from tests.walk import Walk

WHO = ("ana", "ana", "ana", "li")


class Analysts(Moves):
    """`published` are the versions that were not taken back, the one in use last."""

    @rule(data=data())
    def an_analyst_publishes(self, data: DataObject) -> None:
        bundle, who = one_of(data, EDITIONS, "what")(), PEOPLE[one_of(data, WHO, "who")]
        over = one_of(data, [self.published[-1], drawn(SUPPLEMENT).hash], "over")
        why = NotYours if who.id != "ana" else self.why_not_over(over)
        why = Unchanged if why is None and bundle.hash == over else why
        publish = partial(release, self.store, bundle, "another", who, over=over)
        self.does(data, publish, unless=why, again=Overtaken)
        if why is None:
            self.published.append(bundle.hash)
            self.tally["published"] += 1

    @rule(data=data())
    def an_analyst_takes_it_back(self, data: DataObject) -> None:
        version = one_of(data, [self.published[-1], drawn(SUPPLEMENT).hash], "what")
        why = self.why_not_over(version) or (NoVersionBefore if len(self.published) < 2 else None)
        back = partial(withdraw, self.store, CHANGE, "not so", PEOPLE["ana"], version=version)
        self.does(data, back, unless=why, again=Overtaken)
        if why is None:
            self.published.pop()

    @precondition(lambda self: len(self.published) > 1 and bool(self.at_home()))
    @rule(data=data())
    def another_customer_comes(self, data: DataObject) -> None:
        """Whoever comes now has the version in use; those who were here before keep theirs."""
        self.begins(Walk(self.store, CHANGE, one_of(data, self.at_home(), "who")))

    def at_home(self) -> list[str]:
        """The customers who have nothing under way."""
        away = {walk.me.id for walk in self.walks if self.cases[walk.id].ended_at is None}
        return [name for name in ("zhang", "wang") if name not in away]

    def begins(self, walk: Walk) -> None:
        self.walks.append(walk)
        self.pinned[walk.id] = self.published[-1] if walk.case.business == CHANGE else drawn(SUPPLEMENT).hash

    def why_not_over(self, version: str) -> Why:
        return None if version == self.published[-1] else Overtaken
