"""The translation memory."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of reviewed segments."""
    op.create_table(
        "segments",
        sa.Column("source_language", sa.String(20), nullable=False),
        sa.Column("target_language", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("reviewed", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source_language", "target_language", "digest", name="pk_segments"),
    )
