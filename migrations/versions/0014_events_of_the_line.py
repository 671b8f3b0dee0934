"""Every change of a place in line is kept, and which verifiers are there to call"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("queue_places") as table:
        table.add_column(sa.Column("state", sa.String(16), nullable=False, server_default="waiting"))
    op.create_table(
        "queue_events",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("branch_id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("task_id", sa.String(36), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("was", sa.String(16), nullable=False),
        sa.Column("became", sa.String(16), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("booked", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_queue_events_case_id", "queue_events", ["case_id"])
    op.create_index("ix_queue_events_branch", "queue_events", ["branch_id", "what", "id"])
    op.create_index("ix_queue_events_task_id", "queue_events", ["task_id"])
    op.create_table(
        "presences",
        sa.Column("staff_id", sa.String(32), primary_key=True),
        sa.Column("branch_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
    )
    op.create_index("ix_presences_branch_id", "presences", ["branch_id"])


def downgrade() -> None:
    op.drop_table("presences")
    op.drop_table("queue_events")
    with op.batch_alter_table("queue_places") as table:
        table.drop_column("state")
