"""The few refusals of the engine, each with what its caller needs to answer a person."""

from __future__ import annotations

from datetime import datetime


class Refused(Exception):
    """The engine refuses; the class says why. The message is for logs, not for pages."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class Gone(Refused):
    """There is no such case, task or photo for this person."""


class NotYours(Refused):
    """The person lacks the role or branch, or `notSameAs` forbids him this step."""


class Stale(Refused):
    """The task is no longer open."""

    def __init__(self, case_id: str, closed_by: str | None, closed_at: datetime | None, how: str) -> None:
        super().__init__(f"task closed: {how}")
        self.case_id, self.closed_by, self.closed_at, self.how = case_id, closed_by, closed_at, how


class Claimed(Refused):
    """Somebody else holds the claim of this task."""

    def __init__(self, by: str, since: datetime) -> None:
        super().__init__(f"claimed by {by}")
        self.by, self.since = by, since


class NeedsReason(Refused):
    """The task is kept for a colleague, or lay with one whose lease ran out: taking it needs a reason."""

    def __init__(self, by: str, until: datetime | None) -> None:
        super().__init__(f"kept for {by}")
        self.by, self.until = by, until


class NotClaimed(Refused):
    """A desk task is completed only by the holder of a live claim."""


class Pending(Refused):
    """The customer has a business in flight that blocks this start."""

    def __init__(self, case_id: str) -> None:
        super().__init__("a business is pending")
        self.case_id = case_id


class Reused(Refused):
    """This submission id was used before with other answers."""


class Conflict(Refused):
    """Two writers met and this one lost; nothing was written. Trying again is safe."""


class NoRoom(Refused):
    """The disk is full; nothing was stored."""


class Unchanged(Refused):
    """What is to be published is the published version already."""


class Overtaken(Refused):
    """Another version was published since this one was compared; nothing was changed."""

    def __init__(self, by: str) -> None:
        super().__init__(f"published meanwhile: {by}")
        self.by = by


class NoVersionBefore(Refused):
    """There is no earlier version that new cases could take."""


class UnderWay(Refused):
    """A version waits for its time or is tried with a part of the new cases: that one is decided first."""


class NeedsAnother(Refused):
    """The company asks for a second person: who made a version does not publish it, and who made it is on record."""
