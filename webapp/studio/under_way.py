"""What was published and is not taken by everybody yet: it waits for its time, or is tried, and how that goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.bundles.plans import told
from engine.bundles.versions import Version
from engine.flow_figures import Faring, faring
from webapp.house import bundle_named, reading, say
from webapp.language import language
from webapp.language import words as _


@dataclass(frozen=True)
class Line:
    """One figure of the version on trial beside that of the version in use; `share` is of the cases that began."""

    name: str
    tried: str
    usual: str


@dataclass(frozen=True)
class UnderWay:
    """`usual` is the version that all other cases take; `lines` are empty while it waits."""

    version: Version
    usual: Version
    plan: list[str]
    lines: list[Line]


def under_way(business: str, versions: list[Version]) -> UnderWay | None:
    """The version that somebody has to decide about, if there is one."""
    version = next((one for one in versions if one.state in ("waiting", "part")), None)
    usual = next((one for one in versions if one.current), None)
    if version is None or usual is None:
        return None
    since = version.plan.starts_at or version.published.at
    lines = _lines(business, version, usual, since) if version.state == "part" else []
    return UnderWay(version, usual, [one.to(language()) for one in told(version.plan)], lines)


def _lines(business: str, version: Version, usual: Version, since: datetime) -> list[Line]:
    tried, others = (faring(reading(), business, one.hash, since) for one in (version, usual))
    ends = dict.fromkeys([*tried.ended, *others.ended])
    bundle = bundle_named(version.hash)
    rows = [
        (_("办结"), tried.finished, others.finished),
        *((say(bundle, end), tried.ended.get(end, 0), others.ended.get(end, 0)) for end in ends),
        (_("被退回过"), tried.rejected, others.rejected),
        (_("出过故障"), tried.troubled, others.troubled),
    ]
    begun = Line(_("开始的受理单"), str(tried.begun), str(others.begun))
    return [begun, *(Line(name, _of(new, tried), _of(old, others)) for name, new, old in rows)]


def _of(cases: int, all_of_them: Faring) -> str:
    """The number, and its share of what began."""
    share = f" · {round(100 * cases / all_of_them.begun)} %" if all_of_them.begun else ""
    return f"{cases}{share}"
