"""The masked phone that a sign-in page shows is kept with its code, so that nobody is looked up again for it"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sign_in_codes") as table:
        table.add_column(sa.Column("shown", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sign_in_codes") as table:
        table.drop_column("shown")
