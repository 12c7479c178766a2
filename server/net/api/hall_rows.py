"""Rows of the table: the hall as it is, visits, what happened. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Sequence

from server.app.api import resources as r
from server.net.api import queries as q
from server.net.api.operations import AT_COUNTER, Operation
from server.net.api.reading import Reading
from shared.protocol.views import ServiceItem
from shared.vocabulary import ErrorCode as E
from shared.vocabulary import Words


def hall_rows(read: Reading) -> Sequence[Operation]:
    return (*_of_the_hall(read), *_of_visits(read))


def _of_the_hall(read: Reading) -> Sequence[Operation]:
    return (
        Operation("GET", "/site", "site", Words("Gedung ini", "This hall"), r.Site, read.site),
        Operation("GET", "/agencies", "agencies", Words("Instansi", "Agencies"), r.Agencies, read.agencies),
        Operation(
            "GET",
            "/services",
            "services",
            Words("Layanan, dengan persyaratan dan biaya", "Services, with what to bring and the fee"),
            r.Services,
            read.services,
            query=q.OfAgency,
        ),
        Operation(
            "GET",
            "/services/{service}",
            "service",
            Words("Satu layanan", "One service"),
            ServiceItem,
            read.service,
            refusals=(E.UNKNOWN_SERVICE,),
        ),
        Operation(
            "GET",
            "/services/{service}/slots",
            "slots",
            Words("Waktu yang bisa dipesan dan sisa tempatnya", "Slots that may be booked, and the places left"),
            r.Slots,
            read.slots,
            refusals=(E.UNKNOWN_SERVICE,),
        ),
        Operation(
            "GET",
            "/bookings/{booking}",
            "booking",
            Words("Satu pemesanan, menurut kuncinya", "One booking, by its key"),
            r.BookedPlace,
            read.booking,
            refusals=(E.UNKNOWN_BOOKING,),
        ),
        Operation(
            "GET",
            "/lines",
            "lines",
            Words("Antrean tiap layanan: buka, yang menunggu, perkiraan menit", "Each line: open, waiting, minutes"),
            r.Lines,
            read.lines,
            query=q.OfAgency,
        ),
        Operation(
            "GET",
            "/counters",
            "counters",
            Words("Loket dan keadaannya", "Counters, and whether they are open"),
            r.Counters,
            read.counters,
            query=q.OfAgency,
        ),
        Operation(
            "GET",
            "/boards/{zone}",
            "board",
            Words("Panggilan terakhir di satu zona", "The last calls of a zone"),
            r.Board,
            read.board,
            refusals=(E.UNKNOWN_STREAM,),
        ),
        Operation(
            "GET",
            f"{AT_COUNTER}/desk",
            "desk",
            Words("Meja satu loket: di tangan, menunggu, disisihkan", "A counter's desk: in hand, waiting, put aside"),
            r.Desk,
            read.desk,
            refusals=(E.UNKNOWN_COUNTER,),
        ),
    )


def _of_visits(read: Reading) -> Sequence[Operation]:
    return (
        Operation(
            "GET",
            "/visits",
            "visits",
            Words("Kunjungan satu tanggal, menurut nomornya", "Visits of a service date, by ticket"),
            r.Visits,
            read.visits,
            query=q.VisitsQuery,
        ),
        Operation(
            "GET",
            "/visits/{visit}",
            "visit",
            Words("Satu kunjungan", "One visit"),
            r.VisitNow,
            read.visit,
            refusals=(E.UNKNOWN_VISIT,),
        ),
        Operation(
            "GET",
            "/visits/{visit}/history",
            "history_of_visit",
            Words("Apa yang terjadi dengan satu kunjungan", "What happened to a visit"),
            r.Events,
            read.history_of_visit,
            refusals=(E.UNKNOWN_VISIT,),
        ),
        Operation(
            "GET",
            "/history",
            "history",
            Words("Apa yang terjadi, halaman demi halaman", "What happened, page by page"),
            r.Events,
            read.history,
            query=q.HistoryQuery,
        ),
        Operation(
            "GET",
            "/audit",
            "audit",
            Words("Catatan keputusan, berantai dengan hash", "The log of decisions, chained by hashes"),
            r.AuditEntries,
            read.audit,
            query=q.AuditQuery,
        ),
    )
