"""The satisfaction survey: who is invited, what was answered, which periods are published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0009_surveys", "0008_booked", None, None

ELEMENTS = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")


def upgrade() -> None:
    op.add_column("visits", sa.Column("invited", sa.Text, comment="the leg that the satisfaction survey asks about"))
    invited = sa.text("invited IS NOT NULL")
    op.create_index("visits_invited", "visits", ["service_date"], sqlite_where=invited, postgresql_where=invited)
    _answers()
    op.create_table(
        "survey_spent",
        sa.Column("visit", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("service_date", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("visit", "what", name="survey_spent_pk"),
        sqlite_with_rowid=False,
    )
    op.create_index("survey_spent_service_date", "survey_spent", ["service_date"])
    op.create_table(
        "index_publications",
        sa.Column("number", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("first_month", sa.Text, nullable=False),
        sa.Column("last_month", sa.Text, nullable=False),
        sa.Column("published_at", sa.BigInteger, nullable=False),
        sa.Column("published_by", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False, comment="a JSON object: every figure as it was published"),
        sa.PrimaryKeyConstraint("number", name="index_publications_pk"),
    )
    _append_only("index_publications", "what was published stays")


def _answers() -> None:
    about = (
        ("survey_answers", ("counter", "channel"), "survey_answers_month"),
        ("survey_texts", ("language", "text"), "survey_texts_month"),
        ("service_ratings", ("counter", "channel"), "service_ratings_month"),
    )
    for table, further, index in about:
        op.create_table(
            table,
            sa.Column("id", sa.Text, nullable=False),
            sa.Column("month", sa.Text, nullable=False),
            sa.Column("agency", sa.Text, nullable=False),
            sa.Column("service", sa.Text, nullable=False),
            *(sa.Column(name, sa.Text, nullable=False) for name in further),
            *_scores(table),
            sa.PrimaryKeyConstraint("id", name=f"{table}_pk"),
            sqlite_with_rowid=False,
        )
        op.create_index(index, table, ["month"])


def _scores(table: str) -> list[sa.Column[int] | sa.CheckConstraint]:
    if table == "survey_answers":
        columns = [sa.Column(element, sa.Integer) for element in ELEMENTS]
        in_scale = [
            sa.CheckConstraint(f"{element} BETWEEN 1 AND 4", name=op.f(f"survey_answers_{element}_in_scale"))
            for element in ELEMENTS
        ]
        return [*columns, *in_scale]
    if table == "service_ratings":
        in_scale = [sa.CheckConstraint("rating BETWEEN 1 AND 4", name=op.f("service_ratings_in_scale"))]
        return [sa.Column("rating", sa.Integer, nullable=False), *in_scale]
    return []


def _append_only(table: str, because: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{because}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{because}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse_change()"
    )
