"""The desks: queue and appointments of the video desk, comments, whom a task is kept for, codes on their way"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ACTIVE = sa.text("closed_at IS NULL")


def upgrade() -> None:
    _tasks()
    _queue_places()
    _appointments()
    _video_calls()
    _comments()
    _outgoing_texts()


def _tasks() -> None:
    with op.batch_alter_table("tasks") as table:
        table.add_column(sa.Column("preferred_by", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("preferred_until", MOMENT, nullable=True))


def _queue_places() -> None:
    op.create_table(
        "queue_places",
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("branch_id", sa.String(length=32), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_queue_places_case_id_cases")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_queue_places")),
    )
    op.create_index(op.f("ix_queue_places_case_id"), "queue_places", ["case_id"])
    op.create_index("ix_queue_places_order", "queue_places", ["branch_id", "joined_at"])


def _appointments() -> None:
    op.create_table(
        "appointments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("branch_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(length=2), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("booked_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_how", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_appointments_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
    )
    op.create_index(op.f("ix_appointments_case_id"), "appointments", ["case_id"])
    op.create_index("ix_appointments_half", "appointments", ["branch_id", "day", "half"])
    op.create_index(
        "uq_appointments_active",
        "appointments",
        ["case_id"],
        unique=True,
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )


def _video_calls() -> None:
    op.create_table(
        "video_calls",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("task_id", sa.String(length=36), nullable=False),
        sa.Column("verifier", sa.String(length=32), nullable=False),
        sa.Column("medium", sa.String(length=16), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_video_calls_case_id_cases")),
        sa.ForeignKeyConstraint(["verifier"], ["staff.id"], name=op.f("fk_video_calls_verifier_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video_calls")),
    )
    op.create_index(op.f("ix_video_calls_case_id"), "video_calls", ["case_id"])


def _comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_comments_case_id_cases")),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_comments_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index(op.f("ix_comments_case_id"), "comments", ["case_id"])


def _outgoing_texts() -> None:
    op.create_table(
        "outgoing_texts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("run_after", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_texts")),
    )
    op.create_index("ix_outgoing_texts_status", "outgoing_texts", ["status", "run_after"])


def downgrade() -> None:
    for table in ("outgoing_texts", "comments", "video_calls", "appointments", "queue_places"):
        op.drop_table(table)
    with op.batch_alter_table("tasks") as table:
        table.drop_column("preferred_until")
        table.drop_column("preferred_by")
