"""Clocks for every class of data; logs that only grow may be cut at their old end, behind a mark."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0017_retention", "0016_device_sightings", None, None

_LOGS = (("facts", "id", "facts are append-only"), ("audit", "number", "the audit log is append-only"))
_NEEDS = sa.text("needs <> ''")
_NEEDS_OR_NOTE = sa.text("(needs <> '' OR note <> '')")


def upgrade() -> None:
    op.create_table(
        "retention_runs",
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger, nullable=False),
        sa.Column("erased", sa.BigInteger, nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("data", name="retention_runs_pk"),
    )
    op.create_table(
        "cuts",
        sa.Column("log", sa.Text, nullable=False),
        sa.Column("up_to", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("log", name="cuts_pk"),
    )
    op.create_index("legs_visit", "legs", ["visit"])
    op.create_index("visits_needs", "visits", ["service_date"], sqlite_where=_NEEDS, postgresql_where=_NEEDS)
    op.create_index(
        "legs_needs", "legs", ["service_date"], sqlite_where=_NEEDS_OR_NOTE, postgresql_where=_NEEDS_OR_NOTE
    )
    if op.get_bind().dialect.name == "sqlite":
        _triggers_of_sqlite()
    else:
        _triggers_of_postgresql()


def _mark(log: str) -> str:
    return f"coalesce((SELECT up_to FROM cuts WHERE log = '{log}'), 0)"  # noqa: S608 - our words


def _triggers_of_sqlite() -> None:
    for log, number, words in _LOGS:
        op.execute(f"DROP TRIGGER {log}_refuse_delete")
        op.execute(
            f"CREATE TRIGGER {log}_refuse_delete BEFORE DELETE ON {log} WHEN OLD.{number} > {_mark(log)} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )


def _triggers_of_postgresql() -> None:
    for log, number, words in _LOGS:
        op.execute(f"DROP TRIGGER {log}_refuse_change ON {log}")
        op.execute(
            f"CREATE TRIGGER {log}_refuse_change BEFORE UPDATE OR TRUNCATE ON {log} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {log}_refuse_change()"
        )
        op.execute(
            f"CREATE FUNCTION {log}_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF OLD.{number} > {_mark(log)} THEN "
            f"RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {log}_refuse_delete BEFORE DELETE ON {log} "
            f"FOR EACH ROW EXECUTE FUNCTION {log}_refuse_delete()"
        )
