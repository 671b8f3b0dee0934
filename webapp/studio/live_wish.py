"""What of the live figures somebody wishes to see: which version, how far back, coloured by what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine import flow_figures
from engine.bundles.versions import Version
from webapp.studio.live_measures import MEASURES

DAYS = (7, 30, 90)
USUAL_DAYS = 30


@dataclass(frozen=True)
class LiveWish:
    """`version` is None for all together; `days` reaches back from now; `by` names the measure of the colours."""

    version: Version | None
    days: int
    by: str

    def figures_wish(self, business: str, now: datetime) -> flow_figures.Wish:
        since = now - timedelta(days=self.days)
        return flow_figures.Wish(business, since, self.version.hash if self.version else None)

    def asked(self, **other: object) -> dict[str, object]:
        """The words of an address that asks for this, or for something else in one of them."""
        mine = {"version": self.version.number if self.version else None, "days": self.days, "by": self.by}
        return {**mine, **other}


def read_wish(words: Mapping[str, str], known: Sequence[Version]) -> LiveWish:
    """What an address asks for; what it says wrongly is as if it said nothing."""
    version = next((one for one in known if str(one.number) == words.get("version")), None)
    days = next((days for days in DAYS if str(days) == words.get("days")), USUAL_DAYS)
    by = words.get("by", "")
    return LiveWish(version, days, by if by in MEASURES else next(iter(MEASURES)))
