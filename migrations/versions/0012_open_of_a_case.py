"""What is open of a case, and the last round of a step, are found without its history"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OPEN, AWAITED = sa.text("closed_at IS NULL"), sa.text("ended_at IS NULL AND task_id IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_tasks_open", "tasks", ["case_id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_jobs_awaited", "jobs", ["case_id", "status"], sqlite_where=AWAITED, postgresql_where=AWAITED)
    op.drop_index("ix_tasks_step", table_name="tasks")
    op.create_index("ix_tasks_step", "tasks", ["case_id", "step", "round"])


def downgrade() -> None:
    op.drop_index("ix_tasks_step", table_name="tasks")
    op.create_index("ix_tasks_step", "tasks", ["case_id", "step"])
    op.drop_index("ix_jobs_awaited", table_name="jobs")
    op.drop_index("ix_tasks_open", table_name="tasks")
