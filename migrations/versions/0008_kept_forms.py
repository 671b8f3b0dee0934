"""Kept forms: what came after its session had slept in"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_forms",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("path", sa.String(length=512), nullable=False),
        sa.Column("back", sa.String(length=512), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_forms")),
    )
    op.create_index("ix_kept_forms_person", "kept_forms", ["kind", "person_id"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_kept_forms_person", table_name="kept_forms")
    op.drop_table("kept_forms")
