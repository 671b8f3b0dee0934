"""A video call and what it leaves behind: its recording in pieces, the joined file, stills, ticks and notes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.tables.base import Base, Moment


class VideoCall(Base):
    """One call of a verifier with a customer, from the claim to the conclusion; open until `ended_at`.

    `outcome`: pass | reject | interrupted | no_show | left (the claim ended without a conclusion). `medium`:
    what carried it, peer (browser to browser) | janus | none; `engine`: what was chosen when its room was opened.
    `simulated`: a side said that its camera is a simulated one. `chunks`, `size` and `head` (the last link of the
    hash chain) sum up what was recorded.
    """

    __tablename__ = "video_calls"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    task_id: Mapped[str] = mapped_column(String(36))
    verifier: Mapped[str] = mapped_column(String(32), ForeignKey("staff.id"))
    medium: Mapped[str] = mapped_column(String(16))
    engine: Mapped[str] = mapped_column(String(16), default="peer")
    began_at: Mapped[datetime] = mapped_column(Moment)
    consented_at: Mapped[datetime | None] = mapped_column(Moment)
    connected_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(String(16))
    simulated: Mapped[bool] = mapped_column(default=False)
    chunks: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    head: Mapped[str] = mapped_column(String(64), default="")
    __table_args__ = (
        Index("ix_video_calls_task", "task_id"),
        Index(
            "uq_video_calls_open",
            "task_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class CallPart(Base):
    """One run of a recorder: a page load of the verifier's, which is a WebM, or one `track` that a server wrote.

    `began_at` is the server's time.
    """

    __tablename__ = "call_parts"
    call_id: Mapped[str] = mapped_column(String(32), ForeignKey("video_calls.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(Moment)
    track: Mapped[str] = mapped_column(String(64), default="")


class CallChunk(Base):
    """Half a second of a part, written once. `seq` is the order of receipt in the call, `chain` hashes all up to it."""

    __tablename__ = "call_chunks"
    call_id: Mapped[str] = mapped_column(String(32), ForeignKey("video_calls.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    seq: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    blob: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(Moment)
    chain: Mapped[str] = mapped_column(String(64))


class Recording(Base):
    """The parts of a call as one seekable file, in sealed `pieces` of equal length; `chunks` says of how many.

    `parts`: part, start_ms and duration_ms in the file, and whether it was `recoded`. `faults`: chunks that could not
    be read, and why.
    """

    __tablename__ = "recordings"
    call_id: Mapped[str] = mapped_column(String(32), ForeignKey("video_calls.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    duration_ms: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    pieces: Mapped[list[str]] = mapped_column(JSON)
    parts: Mapped[list[dict[str, int]]] = mapped_column(JSON)
    faults: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    chunks: Mapped[int]
    head: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(Moment)


class CallStill(Base):
    """A picture that was captured in a call; of each kind the newest counts. `kind`: face | face_with_id | id_closeup.

    `original` is the JPEG as it came, `picture` what is shown: pixels alone, made by a worker. `side`: investor |
    verifier, whose browser took it. `status`: processing | ready | unreadable. `nonce` names the command.
    """

    __tablename__ = "call_stills"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    call_id: Mapped[str] = mapped_column(String(32), ForeignKey("video_calls.id"))
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    side: Mapped[str] = mapped_column(String(8))
    nonce: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    original: Mapped[str] = mapped_column(String(64))
    picture: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(Moment)
    __table_args__ = (Index("uq_call_stills_nonce", "call_id", "nonce", unique=True),)


class CallTick(Base):
    """One point of the checklist ticked, or taken back, with its time; nothing is overwritten."""

    __tablename__ = "call_ticks"
    call_id: Mapped[str] = mapped_column(String(32), ForeignKey("video_calls.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(64))
    ticked: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Moment)


class CallNote(Base):
    """A remark of the verifier with its time in the call. `text` is sealed."""

    __tablename__ = "call_notes"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    call_id: Mapped[str] = mapped_column(String(32), ForeignKey("video_calls.id"), index=True)
    case_id: Mapped[str] = mapped_column(String(32), ForeignKey("cases.id"), index=True)
    text: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
