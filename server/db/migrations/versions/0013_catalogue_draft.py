"""The draft of a catalogue, and who published each version and why."""

import sqlalchemy as sa
from alembic import op

revision = "0013_catalogue_draft"
down_revision = "0012_floor"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue_draft",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("based_on", sa.BigInteger, nullable=False),
        sa.Column("edited_by", sa.Text, nullable=False),
        sa.Column("edited_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="catalogue_draft_pk"),
    )
    version = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "catalogue_notes",
        sa.Column("version", version, autoincrement=False, nullable=False),
        sa.Column("published_by", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("reverts_to", sa.Integer),
        sa.PrimaryKeyConstraint("version", name="catalogue_notes_pk"),
        sa.ForeignKeyConstraint(["version"], ["catalogue_versions.version"], name="catalogue_notes_version_fk"),
    )
