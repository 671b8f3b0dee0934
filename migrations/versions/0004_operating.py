"""Operating: every try of a job, the element a job belongs to, how an incident was settled"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("resolved_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("jobs") as table:
        table.add_column(sa.Column("element", sa.String(length=64), nullable=True))
    with op.batch_alter_table("incidents") as table:
        table.add_column(sa.Column("how", sa.String(length=16), nullable=True))
    op.create_index(op.f("ix_incidents_job_id"), "incidents", ["job_id"])
    op.create_index("ix_incidents_open", "incidents", ["at"], sqlite_where=OPEN, postgresql_where=OPEN)
    _tries()


def _tries() -> None:
    op.create_table(
        "tries",
        sa.Column("job_id", sa.String(length=32), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_tries_job_id_jobs")),
        sa.PrimaryKeyConstraint("job_id", "attempt", name=op.f("pk_tries")),
    )


def downgrade() -> None:
    op.drop_table("tries")
    op.drop_index("ix_incidents_open", "incidents")
    op.drop_index(op.f("ix_incidents_job_id"), "incidents")
    with op.batch_alter_table("incidents") as table:
        table.drop_column("how")
    with op.batch_alter_table("jobs") as table:
        table.drop_column("element")
