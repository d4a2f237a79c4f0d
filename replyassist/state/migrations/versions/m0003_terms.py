"""The termbase."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables of concepts and their words."""
    op.create_table(
        "concepts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_concepts"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "words",
        sa.Column("concept_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("word", sa.String(500), nullable=False),
        sa.PrimaryKeyConstraint("concept_id", "language", name="pk_words"),
        sa.ForeignKeyConstraint(
            ["concept_id"], ["concepts.id"], name="fk_words_concept_id", ondelete="CASCADE"
        ),
    )
