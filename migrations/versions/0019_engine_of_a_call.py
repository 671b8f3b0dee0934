"""What carries a call stands in its row; a part of a recording may be one track that a media server wrote"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("video_calls", sa.Column("engine", sa.String(16), nullable=False, server_default="peer"))
    op.add_column("call_parts", sa.Column("track", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("call_parts") as table:
        table.drop_column("track")
    with op.batch_alter_table("video_calls") as table:
        table.drop_column("engine")
