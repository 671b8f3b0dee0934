"""The versions of a business in lines of text: what they differ in, who published them, which cases run on them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from cli.known import known
from engine.bundles import SECTIONS, Bundle, Running, Signed, Version, bundle_of, differences, running, versions
from engine.bundles.plans import told
from engine.clock import SystemClock
from engine.feel.said import Said, listed

FIRST = Said("{business}：首次发布，版本 {version}", "{business}: the first version, {version}")
AGAINST = Said("{business}：版本 {version} 与使用中的版本 {before} 相比",
               "{business}: version {version} compared with {before}, which is in use")  # fmt: skip
CASES = Said("{cases} 件受理单在办", "{cases} cases running")
UNSTARTED = Said("，其中 {count} 件还没有提交第一步", ", {count} of them have submitted nothing yet")
RUNNING = Said("办理中的受理单（都留在原版本）", "Running cases (each stays with its version)")
NO_CASES = Said("没有办理中的受理单", "No case is running")
OF_VERSION = Said("版本 {version}：{cases}", "version {version}: {cases}")
ELSEWHERE = Said("等待系统、消息或时间", "waiting for a service, a message or a timer")
STATES = {
    "current": Said("使用中", "in use"),
    "earlier": Said("较早", "earlier"),
    "waiting": Said("等待启用", "waits for its time"),
    "part": Said("试行", "on trial"),
}
AGAIN = Said("与第 {number} 版相同", "the same as version {number}")
PROPOSED = Said("由 {name} 提交", "made by {name}")
NO_NOTE = Said("没有说明", "no note")
WITHDRAWN = Said("已撤回：{at} {name}，{note}", "withdrawn {at} by {name}: {note}")


def comparison(tx: Session, bundle: Bundle, before: str | None, lang: str) -> Iterator[str]:
    """What publishing would change, and where the running cases stand."""
    business, version = bundle.business.id, bundle.hash[:12]
    if before is None:
        yield FIRST.filled(business=business, version=version).to(lang)
    elif before != bundle.hash:
        yield AGAINST.filled(business=business, version=version, before=before[:12]).to(lang)
        yield from _differences(bundle_of(tx, before, known()), bundle, lang)
    yield from _running(tx, business, lang)


def listing(tx: Session, business: str, lang: str) -> Iterator[str]:
    """Every version, the latest first."""
    cases = {each.hash: each for each in running(tx, business)}
    for version in versions(tx, business, SystemClock().now()):
        yield f"{version.number}  {version.hash[:12]}  {_signed(version.published)}  [{_state(version, lang)}]"
        mine = cases.pop(version.hash, None)  # a version that was published twice has one count
        if mine is not None:
            yield f"   {_cases(mine, lang)}"


def _differences(before: Bundle, after: Bundle, lang: str) -> Iterator[str]:
    section = ""
    for each in differences(before, after):
        if each.section != section:
            section = each.section
            yield SECTIONS[section].to(lang)
        yield f"  {each.said.to(lang)}"


def _running(tx: Session, business: str, lang: str) -> Iterator[str]:
    found = running(tx, business)
    yield (RUNNING if found else NO_CASES).to(lang)
    for each in found:
        yield "  " + OF_VERSION.filled(version=each.hash[:12], cases=_cases(each, lang)).to(lang)
        bundle = bundle_of(tx, each.hash, known())
        for step, cases in each.steps.items():
            yield f"    {bundle.say(bundle.step_name(step), lang)} ({step}): {cases}"
        if each.elsewhere:
            yield f"    {ELSEWHERE.to(lang)}: {each.elsewhere}"


def _cases(each: Running, lang: str) -> str:
    said = CASES.filled(cases=str(each.cases)).to(lang)
    return said + (UNSTARTED.filled(count=str(each.unstarted)).to(lang) if each.unstarted else "")


def _signed(signed: Signed) -> str:
    return f"{signed.at:%Y-%m-%d %H:%M}  {signed.name}  {signed.note}"


def _state(version: Version, lang: str) -> str:
    if version.withdrawn is not None:
        signed = version.withdrawn
        at = f"{signed.at:%Y-%m-%d %H:%M}"
        return WITHDRAWN.filled(at=at, name=signed.name, note=signed.note or NO_NOTE).to(lang)
    said = [STATES[version.state], *(told(version.plan) if version.state in ("waiting", "part") else ())]
    if version.again is not None:
        said.append(AGAIN.filled(number=str(version.again)))
    if version.proposed is not None and version.proposed.by != version.published.by:
        said.append(PROPOSED.filled(name=version.proposed.name))
    return listed(said).to(lang)
