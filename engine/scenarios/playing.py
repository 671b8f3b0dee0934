"""A scenario is played line by line, by the same commands by which people, services and the clock move a case."""

from __future__ import annotations

from engine.bundles.lengths import length_of
from engine.cases import abandon, go_back, open_case, send_message
from engine.cases.abandoning import MESSAGE as GIVEN_UP
from engine.errors import Refused
from engine.feel.said import Words
from engine.interpreter import NotOpen, NotWaiting, Runaway
from engine.scenarios import model, passing, stepping
from engine.scenarios.answering import Services
from engine.scenarios.bounds import Bounds
from engine.scenarios.faults import FAULTS
from engine.scenarios.model import Move, Scenario
from engine.scenarios.sandbox import BRANCH, CUSTOMER, Sandbox
from engine.scenarios.standing import Standing
from engine.scenarios.stepping import CUSTOMER_HIMSELF
from engine.scenarios.wrong import Wrong
from engine.store import Store


class Player:
    """One case, moved by one scenario."""

    def __init__(self, sandbox: Sandbox, store: Store, scenario: Scenario, bounds: Bounds, services: Services) -> None:
        self.sandbox, self.store, self.scenario, self.bounds = sandbox, store, scenario, bounds
        self.services = services
        self.case = open_case(
            store,
            business=sandbox.bundle.business.id,
            customer_id=CUSTOMER,
            branch_id=BRANCH,
            settings=scenario.settings,
        )

    def play(self) -> None:
        """Every line; Wrong at the first that does not fit."""
        for move in self.scenario.moves:
            self.move(move)
        self.settle(self.scenario.then.line)

    @property
    def stands(self) -> Standing:
        return Standing(self.store, self.sandbox.bundle, self.case)

    def settle(self, line: int, but: str = "") -> None:
        self.services.answer_all(self.stands, line, self.bounds, but)

    def move(self, move: Move) -> None:
        """What services have to do before it is done before it; what the engine cannot do is said of this line."""
        self.bounds.spend(self.scenario.file, move.line)
        try:
            self.settle(move.line, but=move.target if move.word == model.FAILS else "")
            self._do(move)
        except (Runaway, NotOpen) as wrong:
            raise self.wrong("engine", move, why=str(wrong)) from wrong

    def _do(self, move: Move) -> None:
        events = {
            model.BACK: self.back,
            model.MESSAGE: self.message,
            model.TIMER: self.timer,
            model.FAILS: self.fails,
            model.ADVANCE: self.advance,
        }
        if move.word in events:
            events[move.word](move)
        else:
            stepping.do(self.scenario, move, self.stands)

    def back(self, move: Move) -> None:
        task = self.stands.task(move.target)
        if task is None:
            raise self.wrong("back", move, found=self.stands.told)
        try:
            go_back(self.store, task.id, CUSTOMER_HIMSELF, self.store.ids.new())
        except Refused as refused:
            raise self.wrong("refused", move, why=str(refused)) from refused

    def message(self, move: Move) -> None:
        try:
            if move.target == GIVEN_UP:
                abandon(self.store, self.case, CUSTOMER_HIMSELF, self.store.ids.new())
            else:
                send_message(self.store, self.case, move.target, CUSTOMER_HIMSELF)
        except (Refused, NotWaiting) as refused:
            raise self.wrong("message", move, found=self.stands.told) from refused

    def timer(self, move: Move) -> None:
        """Time passes until this timer is due; others that are due before it fire before it."""
        due = next((one.due_at for one in self.stands.timers if one.element == move.target), None)
        if due is None:
            raise self.wrong("timer", move, found=self.stands.told)
        passing.pass_until(self.stands, due, lambda: self.settle(move.line))

    def fails(self, move: Move) -> None:
        job = next((one for one in self.stands.jobs if one.element == move.target), None)
        if job is None:
            raise self.wrong("fails", move, found=self.stands.told)
        self.services.give_up(self.stands, job)

    def advance(self, move: Move) -> None:
        length = length_of(move.target)
        assert length is not None  # lint has read it
        passing.pass_until(self.stands, self.store.clock.now() + length, lambda: self.settle(move.line))

    def wrong(self, variant: str, move: Move, /, **what: Words) -> Wrong:
        name = move.target or move.word
        return Wrong(FAULTS.found(f"scenario.play/{variant}", self.scenario.file, name, move.line, name=name, **what))
