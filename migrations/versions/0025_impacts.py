"""What a version would mean for running cases is tried beside the requests, and kept"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A trial on its way is over with the upgrade, so its table is made anew."""
    op.drop_table("trial_runs")
    _trial_runs("subject", 96)
    op.create_table(
        "impacts",
        sa.Column("subject", sa.String(length=96), nullable=False),
        sa.Column("business", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_impacts_by_staff")),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_impacts")),
    )


def downgrade() -> None:
    op.drop_table("impacts")
    op.drop_table("trial_runs")
    _trial_runs("bundle_hash", 64)


def _trial_runs(key: str, length: int) -> None:
    op.create_table(
        "trial_runs",
        sa.Column(key, sa.String(length=length), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("broken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_trial_runs_by_staff")),
        sa.PrimaryKeyConstraint(key, name=op.f("pk_trial_runs")),
    )
