"""What the scenarios of a version came to"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trials",
        sa.Column("bundle_hash", sa.String(length=64), nullable=False),
        sa.Column("business", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("green", sa.Boolean(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_trials_by_staff")),
        sa.PrimaryKeyConstraint("bundle_hash", name=op.f("pk_trials")),
    )


def downgrade() -> None:
    op.drop_table("trials")
