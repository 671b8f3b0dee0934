"""Administration: last sign-in, who locked, one-time passwords; what was changed in the company's record"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("locked_by", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("one_time_until", MOMENT, nullable=True))
        table.add_column(sa.Column("signed_in_at", MOMENT, nullable=True))
    op.create_table(
        "company_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_changes")),
    )
    _last_sign_ins()


def _last_sign_ins() -> None:
    """Sessions are kept for thirty days: from them the last sign-in is known."""
    op.execute(
        "UPDATE staff SET signed_in_at = (SELECT MAX(created_at) FROM sessions"
        " WHERE sessions.kind = 'staff' AND sessions.person_id = staff.id)"
    )


def downgrade() -> None:
    op.drop_table("company_changes")
    with op.batch_alter_table("staff") as table:
        table.drop_column("signed_in_at")
        table.drop_column("one_time_until")
        table.drop_column("locked_by")
