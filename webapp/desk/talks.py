"""The calls of a case as a desk reads them: how they went, and what happened when, in the film's own time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine import call_timeline, calls, films, recording_term, recordings, stills
from engine.bundles import Bundle
from engine.recordings import Fault
from engine.tables import CallStill, Case, Recording, Task, VideoCall
from webapp.desk.passing import still_name
from webapp.desk.queue import name_of
from webapp.house import form_of, reading, say, store
from webapp.language import words as _


@dataclass(frozen=True)
class Moment:
    """Something that happened at `at`; `second` is its place in the film, None while there is no film."""

    at: datetime
    said: str
    second: float | None

    @property
    def clock(self) -> str:
        """The place in the film as a player shows it: 1:05."""
        minutes, seconds = divmod(int(self.second or 0), 60)
        return f"{minutes}:{seconds:02}"


class Talk:
    """One call that was made."""

    def __init__(self, call: VideoCall, bundle: Bundle) -> None:
        self.row, self.bundle = call, bundle
        self.film: Recording | None = recordings.joined(reading(), call.id)

    @property
    def deleted_at(self) -> datetime | None:
        """When its recording was deleted because its term was over."""
        return None if self.film or not self.row.chunks else recording_term.deleted_at(reading(), self.row.case_id)

    @property
    def verifier(self) -> str:
        return name_of(self.row.verifier)

    @property
    def outcome(self) -> str:
        names = {
            calls.PASS: _("通过"),
            calls.REJECT: _("驳回"),
            calls.INTERRUPTED: _("用户中断"),
            calls.NO_SHOW: _("客户未到"),
            calls.LEFT: _("没有结论，领取已结束"),
        }
        return names.get(self.row.outcome or "", _("通话中"))

    @property
    def length(self) -> str:
        minutes, seconds = divmod((self.film.duration_ms if self.film else 0) // 1000, 60)
        return f"{minutes}:{seconds:02}"

    @property
    def stills(self) -> list[tuple[str, CallStill]]:
        """What counts and can be shown, with its name, in the order of the kinds."""
        taken = stills.counting(reading(), self.row.id)
        return [(still_name(kind), taken[kind]) for kind in stills.KINDS if kind in taken and taken[kind].picture]

    @property
    def recoded(self) -> list[int]:
        """The parts that the film does not hold as they came."""
        return [one["part"] for one in (self.film.parts if self.film else ()) if one.get("recoded")]

    @property
    def faults(self) -> list[Fault]:
        return films.faults(reading(), self.row, self.film)

    def moments(self) -> list[Moment]:
        """Parts of the recording, ticks, notes and stills, in the order of time."""
        parts = recordings.parts(reading(), self.row.id)
        found = sorted(self._happened(), key=lambda one: one[0])
        return [Moment(at, said, films.place(self.film, parts, at) if self.film else None) for at, said in found]

    def _happened(self) -> Iterator[tuple[datetime, str]]:
        if self.row.consented_at:
            yield self.row.consented_at, _("客户同意录像")
        for part in recordings.parts(reading(), self.row.id):
            if part.part == 1 or not part.track:  # a media server writes one for each picture and each voice
                yield part.began_at, _("录像开始") if part.part == 1 else _("录像继续（第 %(n)d 段）", n=part.part)
        labels = self._points()
        for tick in call_timeline.ticks(reading(), self.row.id):
            point = labels.get(tick.item, tick.item)
            yield tick.at, f"✓ {point}" if tick.ticked else _("取消勾选：%(point)s", point=point)
        for still in stills.of_call(reading(), self.row.id):
            yield still.at, _("拍照：%(still)s", still=still_name(still.kind))
        for note in call_timeline.notes(store(), reading(), self.row.id):
            yield note.at, _("备注：%(text)s", text=note.text)

    def _points(self) -> Mapping[str, str]:
        task = reading().get_one(Task, self.row.task_id)
        if not self.bundle.has_step(task.step):  # a step of the version that the case was on before
            return {}
        form = form_of(self.bundle, self.bundle.step(task.step).form)
        return {part.key: say(self.bundle, part.label) for part in form.fields if part.widget == "desk_check"}


def talks(case: Case, bundle: Bundle) -> list[Talk]:
    """The calls of a case that are over, the first one first."""
    return [Talk(row, bundle) for row in calls.of_whole_case(reading(), case.id) if row.ended_at is not None]
