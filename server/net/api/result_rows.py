"""Rows of the table: results of days that were, and the catalogue's versions. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Sequence

from server.app.api import results as r
from server.net.api import queries as q
from server.net.api.catalogue_reading import CatalogueReading
from server.net.api.operations import Operation
from server.net.api.results_reading import ResultsReading
from shared.vocabulary import ErrorCode as E
from shared.vocabulary import Words

_DATES = E.MALFORMED  # dates may each be right, and wrong together


def result_rows(read: ResultsReading) -> Sequence[Operation]:
    return (
        Operation(
            "GET",
            "/report",
            "report",
            Words("Laporan satu bagian gedung dan satu kurun waktu", "A report of one part of the hall and one period"),
            r.HallReport,
            read.report,
            query=q.ReportQuery,
            refusals=(_DATES, E.UNKNOWN_STREAM),
        ),
        Operation(
            "GET",
            "/index",
            "index",
            Words("Indeks kepuasan satu periode, nilai cepat, dan saran",
                  "The satisfaction index of a period, quick ratings and suggestions"),
            r.IndexResults,
            read.index,
            query=q.IndexQuery,
            refusals=(_DATES,),
        ),
        Operation(
            "GET",
            "/public/index",
            "published_index",
            Words("Indeks kepuasan yang diterbitkan", "The satisfaction index as it was published"),
            r.PublishedIndexes,
            read.published,
            query=q.PublishedQuery,
        ),
        Operation(
            "GET",
            "/forecasts",
            "forecasts",
            Words("Perkiraan yang diberitahukan dibanding yang terjadi", "Waits as they were told, against what came"),
            r.ForecastScores,
            read.forecasts,
            query=q.ForecastsQuery,
            refusals=(_DATES,),
        ),
    )  # fmt: skip


def catalogue_rows(read: CatalogueReading) -> Sequence[Operation]:
    return (
        Operation(
            "GET",
            "/catalogue",
            "catalogue",
            Words("Berkas pengaturan yang berlaku", "The catalogue's file as it holds now"),
            r.CatalogueText,
            read.newest,
        ),
        Operation(
            "GET",
            "/catalogue/versions",
            "catalogue_versions",
            Words("Versi pengaturan yang pernah diterbitkan", "Which versions of the catalogue were published"),
            r.CatalogueVersions,
            read.versions,
        ),
    )
