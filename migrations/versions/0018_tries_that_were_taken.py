"""Whether a worker took an attempt: what nobody came for was not tried"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tries", sa.Column("taken", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("tries", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.drop_column("taken")
