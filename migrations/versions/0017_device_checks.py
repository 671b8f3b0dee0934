"""The checks of devices before a video call, and when a booking was reminded of"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "device_checks",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("case_id", sa.String(32), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("task_id", sa.String(36), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
    )
    op.create_index("ix_device_checks_case", "device_checks", ["case_id", "at"])
    op.add_column("appointments", sa.Column("reminded_at", MOMENT))


def downgrade() -> None:
    op.drop_column("appointments", "reminded_at")
    op.drop_table("device_checks")
