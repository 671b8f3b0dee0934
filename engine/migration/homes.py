"""What elements that are gone become: said by a person, checked before anything is tried."""

from __future__ import annotations

from collections.abc import Iterable

from engine.bundles import Bundle
from engine.feel.said import Said
from engine.interpreter import LET_GO, Homes

FORM = Said("“{text}”不是 旧=新 的写法，例如 old_step=new_step；“旧=”表示不再等待",
            "“{text}” is not OLD=NEW, like old_step=new_step; OLD= lets it go")  # fmt: skip
NOWHERE = Said("新版本没有 {home}，{old} 不能改到那里；请写流程图里有的编号",
               "the version has no {home} that {old} could become; give an id of its diagrams")  # fmt: skip
THERE = Said("新版本还有 {old}，停在那里的受理单留在那里；只有新版本没有的才需要指定去向",
             "the version still has {old}, cases there stay; only what it has not needs another place")  # fmt: skip


class BadHomes(ValueError):
    """A mapping leads nowhere; `said` tells which and what to do."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


def read_homes(texts: Iterable[str]) -> Homes:
    """`OLD=NEW` and `OLD=`; BadHomes for anything else."""
    homes: dict[str, str] = {}
    for text in texts:
        old, equals, home = (part.strip() for part in text.partition("="))
        if not old or not equals:
            raise BadHomes(FORM.filled(text=text))
        homes[old] = home
    return homes


def checked(target: Bundle, homes: Homes) -> Homes:
    """The same; BadHomes where one is to become what the version has not, or is there itself: nothing is skipped so.

    That a step done by others now is the same as before is said by naming it twice.
    """
    there = {element.id for element in target.drawing.elements.values()}
    for old, home in homes.items():
        if home != LET_GO and home not in there:
            raise BadHomes(NOWHERE.filled(home=home, old=old))
        if old in there and home != old:
            raise BadHomes(THERE.filled(old=old))
    return homes
