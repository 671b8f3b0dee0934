"""Impact and results of a migration in lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from cli.known import known
from engine.bundles import Bundle, bundle_of
from engine.feel.said import Said
from engine.migration import KINDS, Cause, Impact, Result
from engine.migration.impact import AtPlace
from engine.migration.words import NAMES

TOTAL = Said("{business}：版本 {version}，{cases} 件受理单在办", "{business}: version {version}, {cases} running cases")
FROM = Said("版本 {version} · {place}：{counts}", "version {version} · {place}: {counts}")
COUNT = Said("{name} {cases}", "{name} {cases}")
OFFERS = Said("（可以是：{offers}）", " (it could be: {offers})")
LET_GO = Said("不再等待或已取消（写成 {old}=）", "let go (written {old}=)")
WAITING = Said("等待系统、消息或时间", "waiting for a service, a message or a timer")
NOT_YET = Said("还没有试", "not tried yet")
TAKEN_BACK = Said("，已撤回", ", taken back")


def lines_of(tx: Session, found: Impact, target: Bundle, lang: str) -> Iterator[str]:
    """The whole, then place by place, each with what is said of its cases."""
    said = TOTAL.filled(business=found.business, version=found.target[:12], cases=str(found.cases))
    yield said.to(lang)
    yield "  " + _counts(found.kinds, lang)
    for at in found.places:
        source = bundle_of(tx, at.source, known())
        place = _place(source, at, lang)
        yield "  " + FROM.filled(version=at.source[:12], place=place, counts=_counts(at.kinds, lang)).to(lang)
        for cause, cases in at.most_said:
            yield f"    {cases}× {cause.said.to(lang)}{_offers(cause, target, lang)}"


def result_line(each: Result, lang: str) -> str:
    """One case by its number, what became of it, from which version it came and on which it was left, and why."""
    what = (NAMES[each.result] if each.result else NOT_YET).to(lang)
    why = "".join(f"; {cause.said.to(lang)}" for cause in each.causes)
    way = " → ".join(dict.fromkeys(version[:12] for version in (each.from_hash, each.to_hash) if version))
    return f"{each.number or each.case_id}  {what} ({way}){why}{TAKEN_BACK.to(lang) if each.undone_at else ''}"


def _counts(kinds: dict[str, int], lang: str) -> str:
    told = [(NAMES[kind].to(lang), kinds.get(kind, 0)) for kind in KINDS]
    return ", ".join(f"{name} {cases}" for name, cases in told if cases)


def _place(source: Bundle, at: AtPlace, lang: str) -> str:
    names = [f"{source.say(source.step_name(each), lang)} ({each})" for each in at.place]
    return " + ".join(names) or WAITING.to(lang)


def _offers(cause: Cause, target: Bundle, lang: str) -> str:
    if not cause.offers:
        return ""
    old = cause.what[0]
    offers = [LET_GO.filled(old=old).to(lang) if each == "" else each for each in cause.offers[:6]]
    return OFFERS.filled(offers=", ".join(offers)).to(lang)
