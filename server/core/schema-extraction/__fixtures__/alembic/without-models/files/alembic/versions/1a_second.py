"""second"""
import sqlalchemy as sa
from alembic import op

revision: str = "1a"
down_revision: str | None = "9f"


def upgrade() -> None:
    op.add_column("users", sa.Column("name", sa.String(80), nullable=True))
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_column("old")
        batch_op.add_column(sa.Column("role", sa.Enum("owner", "member", name="role"), nullable=False))
        batch_op.alter_column("team_id", existing_type=sa.Integer(), type_=sa.BigInteger(), nullable=True)
    op.alter_column("users", "settings", new_column_name="preferences")
    op.rename_table("users", "accounts")
    op.drop_table("passing")


def downgrade() -> None:
    op.drop_column("users", "name")
