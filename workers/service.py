"""What a service task is to the worker: a function with one decorator, what it is given, and what it answers.

Files under `workers/services/` import nothing heavy at their top: the web and the diagram lint read their declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from engine.services import ByHand, ServiceSpec

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.accounts import AccountSystem
    from engine.pki import CertificateAuthority
    from engine.store import Store
    from workers.drivers.sms import SmsGateway

Effect = Callable[["Session"], None]
Spared = Callable[..., bool]
"""Asked with the store, the case, the job's arguments, and `there`: whether a worker takes from its queue."""


@dataclass(frozen=True)
class JobContext:
    """The job at hand, and the house it works in. `job_id` is the idempotency key towards anything outside."""

    store: Store
    case_id: str
    job_id: str
    attempt: int
    accounts: AccountSystem
    sms: SmsGateway
    authority: CertificateAuthority | None
    last: bool = False  # no attempt comes after this one


@dataclass(frozen=True)
class Result:
    """`facts` are exactly the declared results. `effect` writes in the transaction that accepts them, so once."""

    facts: Mapping[str, object] = field(default_factory=dict)
    effect: Effect | None = None


def together(effects: Iterable[Effect | None]) -> Effect:
    """One effect of several."""
    wanted = [effect for effect in effects if effect is not None]

    def all_of_them(tx: Session) -> None:
        for effect in wanted:
            effect(tx)

    return all_of_them


class Impossible(Exception):
    """Trying again cannot help: the job goes to an operator at once. The message holds no personal data."""


class Service(Protocol):
    """A service's function. Arguments come from the diagram (or the upload) by name."""

    def __call__(self, job: JobContext, **args: str) -> Result: ...


@dataclass(frozen=True)
class Declared:
    """A declaration with its function.

    `spared` says that no worker need come: what the job would do is done, or would keep somebody waiting for little.
    """

    spec: ServiceSpec
    function: Callable[..., Result]
    spared: Spared | None = None


_declared: dict[str, Declared] = {}


def service(
    name: str,
    params: Iterable[str] = (),
    results: Mapping[str, type] | None = None,
    *,
    task: bool = True,
    lease: int = 120,
    max_attempts: int = 3,
    title: str = "",
    title_en: str = "",
    by_hand: Iterable[ByHand] = (),
    queue: str = "",
    spared: Spared | None = None,
    values: Mapping[str, tuple[str, ...]] | None = None,
) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Declare the function as the service of this name. Two functions of one name are an error.

    Only a service without results can be `spared`: nobody is there to say them.
    """

    def declare(function: Callable[..., Result]) -> Callable[..., Result]:
        if name in _declared and _declared[name].function.__qualname__ != function.__qualname__:
            raise ValueError(f"service {name} is declared twice")
        answers, hands = dict(results or {}), tuple(by_hand)
        texts = dict(values or {})
        spec = ServiceSpec(
            name, tuple(params), answers, task, lease, max_attempts, title, title_en, hands, queue, texts
        )
        _declared[name] = Declared(spec, function, spared)
        return function

    return declare


def declared() -> Mapping[str, Declared]:
    """Every service that was declared by the modules loaded so far."""
    return _declared
