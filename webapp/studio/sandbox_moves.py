"""A play goes on, or back: played from its beginning in the sandbox, then kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from engine import plays
from engine.bundles import Bundle
from engine.errors import Refused
from engine.feel.said import Said
from engine.plays import MovedMeanwhile
from engine.scenarios.recorded import MOST, Line, Recorded
from engine.scenarios.walking import Stand
from webapp.access import current_staff
from webapp.house import look_again, store
from webapp.language import language
from webapp.language import words as _
from webapp.studio.asked import Broken
from webapp.studio.sandbox_page import Here
from webapp.studio.sandboxes import Busy, Sandboxes
from webapp.studio.sketches import refusal

sandboxes = Sandboxes()


class NotMoved(Exception):
    """The play is where it was; the message says why and what to do."""


def begin(found: Here, bundle: Bundle, settings: dict[str, bool], seen: int) -> None:
    """From the first page on; what was played before is gone."""
    recorded = Recorded(settings)
    _keep(found, bundle, recorded, _walked(bundle, recorded), seen)


def go_on(found: Here, bundle: Bundle, line: Line, seen: int) -> None:
    """One more thing happens; NotMoved where the flow, a form or the engine does not take it."""
    if seen != found.version:
        raise NotMoved(_already())
    if not found.may_go_on:
        raise NotMoved(_("这里不能再往下走。请从较早的一步重来，或者从头开始。"))
    if len(found.recorded.lines) >= MOST:
        raise NotMoved(_("一次最多走 %(n)d 步。请保存为场景，或从较早的一步重来。", n=MOST))
    recorded = found.recorded.then(line)
    stand = _walked(bundle, recorded)
    if stand.stopped is not None:
        raise NotMoved(stand.stopped[1 if language() == "en" else 0])
    _keep(found, bundle, recorded, stand, seen)


def rewind(found: Here, bundle: Bundle, count: int, seen: int) -> None:
    """As it was when `count` things had happened, on the draft as it is now."""
    recorded = found.recorded.upto(count)
    _keep(found, bundle, recorded, _walked(bundle, recorded), seen)


def tried(bundle: Bundle, file: str, text: str) -> list[str]:
    """What keeps this scenario from holding, each in the reader's language."""
    answer = _asked(bundle, {"file": file, "text": text})
    return [Said(**one["why"]).to(language()) for one in answer["findings"]]


def day_of(stand: Stand) -> date:
    """Which day it is in the sandbox."""
    return datetime.fromisoformat(stand.clock).date()


def keep_on(found: Here, bundle_hash: str) -> None:
    """The play goes on with a draft that holds the scenario of it by now."""
    stand = found.stand
    assert stand is not None
    plays.keep(
        store(), found.sketch.id, found.version, plays.Moved(found.recorded, stand, bundle_hash), current_staff().actor
    )


def _walked(bundle: Bundle, recorded: Recorded) -> Stand:
    return Stand.of(_asked(bundle, recorded.plain()))


def _asked(bundle: Bundle, question: dict[str, object]) -> dict[str, Any]:
    try:
        return sandboxes.ask(bundle, question)
    except Busy:
        raise NotMoved(_("同事正在用沙盒。请稍等片刻，再按一次；您填的还在下面。")) from None
    except Broken:
        raise NotMoved(
            _(
                "沙盒没有走完这一步，已经结束；这一步没有记下，之前的都在。请再按一次；还是不行，请检查流程里有没有走不完的循环。"
            )
        ) from None


def _keep(found: Here, bundle: Bundle, recorded: Recorded, stand: Stand, seen: int) -> None:
    try:
        plays.keep(store(), found.sketch.id, seen, plays.Moved(recorded, stand, bundle.hash), current_staff().actor)
    except MovedMeanwhile:
        raise NotMoved(_already()) from None
    except Refused as refused:
        raise NotMoved(refusal(refused)[0]) from None
    finally:
        look_again()


def _already() -> str:
    return _("这一步已经走过了，没有重复走。下面是现在的位置。")
