"""A call is a row from its beginning, and what it leaves behind has rows: recording, stills, ticks, notes"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("ended_at IS NULL")
AFTERWARDS = ("call_notes", "call_ticks", "call_stills", "recordings", "call_chunks", "call_parts")


def upgrade() -> None:
    _live_calls()
    _recorded()
    _joined()
    _stills()
    _said()


def _live_calls() -> None:
    with op.batch_alter_table("video_calls") as table:
        table.alter_column("ended_at", existing_type=MOMENT, nullable=True)
        table.alter_column("outcome", existing_type=sa.String(16), nullable=True)
        table.add_column(sa.Column("consented_at", MOMENT))
        table.add_column(sa.Column("connected_at", MOMENT))
        table.add_column(sa.Column("simulated", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("chunks", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("size", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("head", sa.String(64), nullable=False, server_default=""))
    op.create_index("ix_video_calls_task", "video_calls", ["task_id"])
    op.create_index(
        "uq_video_calls_open", "video_calls", ["task_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )


def _of_a_call(*, key: bool = True) -> list[sa.Column[str]]:
    return [
        sa.Column("call_id", sa.String(32), sa.ForeignKey("video_calls.id"), primary_key=key, nullable=False),
        sa.Column("case_id", sa.String(32), sa.ForeignKey("cases.id"), nullable=False),
    ]


def _recorded() -> None:
    op.create_table(
        "call_parts",
        *_of_a_call(),
        sa.Column("part", sa.Integer(), primary_key=True),
        sa.Column("began_at", MOMENT, nullable=False),
    )
    op.create_index("ix_call_parts_case_id", "call_parts", ["case_id"])
    op.create_table(
        "call_chunks",
        *_of_a_call(),
        sa.Column("part", sa.Integer(), primary_key=True),
        sa.Column("n", sa.Integer(), primary_key=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(64), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
    )
    op.create_index("ix_call_chunks_case_id", "call_chunks", ["case_id"])


def _joined() -> None:
    op.create_table(
        "recordings",
        *_of_a_call(),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("chunks", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
    )
    op.create_index("ix_recordings_case_id", "recordings", ["case_id"])


def _stills() -> None:
    op.create_table(
        "call_stills",
        sa.Column("id", sa.String(32), primary_key=True),
        *_of_a_call(key=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("side", sa.String(8), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("original", sa.String(64), nullable=False),
        sa.Column("picture", sa.String(64)),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_call_stills_case_id", "call_stills", ["case_id"])
    op.create_index("uq_call_stills_nonce", "call_stills", ["call_id", "nonce"], unique=True)


def _said() -> None:
    op.create_table(
        "call_ticks",
        sa.Column("call_id", sa.String(32), sa.ForeignKey("video_calls.id"), primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("ticked", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "call_notes",
        sa.Column("id", sa.String(32), primary_key=True),
        *_of_a_call(key=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_call_notes_call_id", "call_notes", ["call_id"])
    op.create_index("ix_call_notes_case_id", "call_notes", ["case_id"])


def downgrade() -> None:
    for table in AFTERWARDS:
        op.drop_table(table)
    op.execute("DELETE FROM video_calls WHERE ended_at IS NULL OR outcome IS NULL")
    op.drop_index("uq_video_calls_open", "video_calls")
    op.drop_index("ix_video_calls_task", "video_calls")
    with op.batch_alter_table("video_calls") as table:
        for column in ("head", "size", "chunks", "simulated", "connected_at", "consented_at"):
            table.drop_column(column)
        table.alter_column("outcome", existing_type=sa.String(16), nullable=False)
        table.alter_column("ended_at", existing_type=MOMENT, nullable=False)
