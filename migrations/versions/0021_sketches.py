"""Sketches: what analysts are changing in the browser, saved as they go"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sketches",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("business", sa.String(length=64), nullable=False),
        sa.Column("bundle_hash", sa.String(length=64), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.Column("base_hash", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("saved_by", sa.String(length=32), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["base_hash"], ["bundles.hash"], name=op.f("fk_sketches_base_hash_bundles")),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_sketches_by_staff")),
        sa.ForeignKeyConstraint(["saved_by"], ["staff.id"], name=op.f("fk_sketches_saved_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sketches")),
    )
    op.create_index("ix_sketches_business", "sketches", ["business", "at"])


def downgrade() -> None:
    op.drop_table("sketches")
