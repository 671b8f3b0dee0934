"""What analysts play through in a sandbox, and how far a trial has come"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plays",
        sa.Column("sketch_id", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("bundle_hash", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("stand", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sketch_id"], ["sketches.id"], name=op.f("fk_plays_sketch_id_sketches")),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_plays_by_staff")),
        sa.PrimaryKeyConstraint("sketch_id", "by", name=op.f("pk_plays")),
    )
    op.create_table(
        "trial_runs",
        sa.Column("bundle_hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("broken_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_trial_runs_by_staff")),
        sa.PrimaryKeyConstraint("bundle_hash", name=op.f("pk_trial_runs")),
    )


def downgrade() -> None:
    op.drop_table("trial_runs")
    op.drop_table("plays")
