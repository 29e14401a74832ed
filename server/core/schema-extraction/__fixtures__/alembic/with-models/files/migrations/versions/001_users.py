from alembic import op
import sqlalchemy as sa

revision = "001"
down_revision = None


def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table("audit_log", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("user_id", sa.ForeignKey("users.id")))
