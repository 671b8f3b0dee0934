"""Each stage of a photograph has a record of its own, and a hand-made outline begins a new run"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "photo_records",
        sa.Column("photo_id", sa.String(32), sa.ForeignKey("photos.id"), primary_key=True),
        sa.Column("run", sa.Integer(), primary_key=True),
        sa.Column("stage", sa.String(16), primary_key=True),
        sa.Column("case_id", sa.String(32), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("blob", sa.String(64)),
        sa.Column("by", sa.String(32)),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_photo_records_case_id", "photo_records", ["case_id"])


def downgrade() -> None:
    op.drop_table("photo_records")
