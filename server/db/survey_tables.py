"""Tables of the satisfaction survey: what was answered, and, apart from it, who has answered today.

An answer bears no visit, no key, no day and no hour: only its month. Its id is random, and on SQLite the rows lie in
the order of that id, so that not even their place tells when they came. `survey_spent` says for one day that a visit
has answered, and is emptied when the day is over.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, Text

from server.db.tables import metadata
from server.domain.satisfaction import ELEMENTS, HIGHEST, LOWEST

survey_answers = Table(
    "survey_answers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("month", Text, nullable=False),  # YYYY-MM, in the site's time zone
    Column("agency", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("counter", Text, nullable=False),
    Column("channel", Text, nullable=False),
    *(Column(element.value, Integer) for element in ELEMENTS),
    *(
        CheckConstraint(f"{element.value} BETWEEN {LOWEST} AND {HIGHEST}", name=f"{element.value}_in_scale")
        for element in ELEMENTS
    ),
    sqlite_with_rowid=False,
)
Index("survey_answers_month", survey_answers.c.month)

survey_texts = Table(
    "survey_texts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("month", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("survey_texts_month", survey_texts.c.month)

service_ratings = Table(  # one tap, from whoever likes: never part of the index
    "service_ratings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("month", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("counter", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("rating", Integer, nullable=False),
    CheckConstraint(f"rating BETWEEN {LOWEST} AND {HIGHEST}", name="in_scale"),
    sqlite_with_rowid=False,
)
Index("service_ratings_month", service_ratings.c.month)

survey_spent = Table(
    "survey_spent",
    metadata,
    Column("visit", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("service_date", Text, nullable=False, index=True),
    sqlite_with_rowid=False,
)

index_publications = Table(  # a trigger of the migration refuses UPDATE and DELETE
    "index_publications",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("first_month", Text, nullable=False),
    Column("last_month", Text, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    Column("published_by", Text, nullable=False),
    Column("content", Text, nullable=False, comment="a JSON object: every figure as it was published"),
)
