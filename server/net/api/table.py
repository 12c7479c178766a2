"""The table: every operation of the API once. Routes, checks, the OpenAPI document and the page are made from it."""

from __future__ import annotations

from collections.abc import Sequence

from server.app.api import resources as r
from server.app.api.keys import ApiKey
from server.net.api import queries as q
from server.net.api.operations import Operation
from server.net.api.reading import Reading
from shared.protocol import commands as c
from shared.protocol.commands import Command
from shared.protocol.replies import Booked, Called, Done, Issued, SignedIn
from shared.protocol.views import ServiceItem
from shared.vocabulary import ErrorCode as E
from shared.vocabulary import Words

_AT = "/counters/{counter}"
_LEG = "/counters/{counter}/legs/{leg}"
_HAND = (E.UNKNOWN_VISIT, E.UNKNOWN_COUNTER, E.HAND_MISMATCH, E.WRONG_STATE)
_CALL = (E.UNKNOWN_COUNTER, E.COUNTER_NOT_OPEN, E.HAND_MISMATCH, E.WRONG_STATE)
_ISSUE = (E.UNKNOWN_SERVICE, E.SERVICE_CLOSED, E.SERVICE_REMOVED, E.QUOTA_REACHED, E.ALREADY_CHOSEN, E.TOO_MANY_STOPS)
_BOOK = (E.NOT_BOOKABLE, E.UNKNOWN_SLOT, E.SLOT_FULL)
_BOOKING = (E.UNKNOWN_BOOKING, E.BOOKING_USED, E.BOOKING_OVER)
_SERVICE = (E.UNKNOWN_SERVICE, E.SERVICE_REMOVED)


EVENTS = Operation(
    "GET",
    "/events",
    "events",
    Words("Aliran kejadian (server-sent events), bisa dilanjutkan", "A stream of events, which can be resumed"),
    str,
    query=q.EventsQuery,
    media_type="text/event-stream",
)
WAITING = Operation(
    "GET",
    "/public/waiting",
    "waiting",
    Words("Waktu tunggu untuk situs mana pun", "Waiting times, for any site"),
    r.Waiting,
)


def operations(reading: Reading) -> Sequence[Operation]:
    return (*_of_the_hall(reading), *_of_visits(reading), *_COMMANDS, EVENTS, WAITING)


def _of_the_hall(read: Reading) -> Sequence[Operation]:
    return (
        Operation("GET", "/site", "site", Words("Aula ini", "This hall"), r.Site, read.site),
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
            f"{_AT}/desk",
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


def _command(path: str, name: str, says: Words, command: type[Command], *refusals: E, answer: type = Done) -> Operation:
    return Operation("POST", path, name, says, answer, command=command, refusals=refusals)


def _seat_of(key: ApiKey) -> dict[str, str]:
    """The key stands in the place of the PIN."""
    return {"officer": key.officer or "", "counter": key.counter or "", "pin": ""}


_COMMANDS: Sequence[Operation] = (
    Operation(
        "POST",
        "/visits",
        "issue",
        Words("Ambil nomor", "Take a number"),
        Issued,
        command=c.IssueTicket,
        status=201,
        refusals=_ISSUE,
    ),
    Operation(
        "POST",
        "/bookings",
        "book",
        Words("Pesan tempat pada satu waktu", "Book a place in a slot"),
        Booked,
        command=c.Book,
        status=201,
        refusals=(*_BOOK, E.ALREADY_BOOKED, E.BAD_PHONE),
    ),
    _command(
        "/bookings/change",
        "change_booking",
        Words("Pindahkan pemesanan ke waktu lain", "Move a booking to another slot"),
        c.ChangeBooking,
        *_BOOK,
        *_BOOKING,
        answer=Booked,
    ),
    _command(
        "/bookings/cancel",
        "cancel_booking",
        Words("Batalkan pemesanan", "Give a booking back"),
        c.CancelBooking,
        *_BOOKING,
    ),
    Operation(
        "POST",
        "/check-ins",
        "check_in",
        Words("Yang memesan sudah di aula: beri nomor", "Who booked is in the hall: give the number"),
        Issued,
        command=c.CheckIn,
        status=201,
        refusals=(E.TOO_EARLY, E.WRONG_DAY, E.COOLDOWN, *_BOOKING, *_ISSUE),
    ),
    _command(
        "/visits/{visit}/print-reports",
        "report_print",
        Words("Laporkan nasib struk nomor", "Say what became of the slip"),
        c.ReportPrint,
        E.UNKNOWN_VISIT,
    ),
    Operation(
        "POST",
        f"{_AT}/sign-in",
        "sign_in",
        Words("Petugas kunci ini menempati loketnya", "The key's officer takes the key's counter"),
        SignedIn,
        command=c.SignIn,
        from_key=_seat_of,
        refusals=(E.COUNTER_TAKEN, E.WRONG_PIN, E.UNKNOWN_COUNTER),
    ),
    _command(f"{_AT}/sign-out", "sign_out", Words("Tinggalkan loket", "Leave the counter"), c.SignOut, E.COUNTER_BUSY),
    _command(f"{_AT}/open", "open_counter", Words("Buka loket", "Open the counter"), c.OpenCounter, E.WRONG_STATE),
    _command(
        f"{_AT}/pause",
        "pause_counter",
        Words("Istirahatkan loket", "Pause the counter"),
        c.PauseCounter,
        E.COUNTER_NOT_OPEN,
        E.COUNTER_BUSY,
    ),
    _command(
        f"{_AT}/announce-pause",
        "announce_pause",
        Words("Umumkan istirahat loket", "Announce a pause of the counter"),
        c.AnnouncePause,
        E.WRONG_STATE,
    ),
    _command(
        f"{_AT}/call-off-pause",
        "call_off_pause",
        Words("Batalkan istirahat yang diumumkan", "Call the announced pause off"),
        c.CallOffPause,
        E.WRONG_STATE,
    ),
    _command(
        f"{_AT}/close",
        "close_counter",
        Words("Tutup loket", "Close the counter"),
        c.CloseCounter,
        E.WRONG_STATE,
        E.COUNTER_BUSY,
    ),
    _command(
        f"{_AT}/call-next",
        "call_next",
        Words("Panggil berikutnya", "Call the next one"),
        c.CallNext,
        E.NOBODY_WAITING,
        *_CALL,
        answer=Called,
    ),
    _command(
        f"{_LEG}/call",
        "call_ticket",
        Words("Panggil nomor tertentu, dengan alasan", "Call a given number, with a reason"),
        c.CallTicket,
        E.UNKNOWN_VISIT,
        E.VISIT_IN_HAND,
        E.NOT_IN_PROFILE,
        *_CALL,
        answer=Called,
    ),
    _command(
        f"{_LEG}/recall",
        "recall",
        Words("Panggil ulang", "Announce again"),
        c.Recall,
        E.RECALL_LIMIT,
        E.TOO_SOON,
        *_HAND,
    ),
    _command(f"{_LEG}/serve", "serve", Words("Pengunjung sudah datang", "The visitor has come"), c.Serve, *_HAND),
    _command(
        f"{_LEG}/finish", "finish", Words("Selesai, dengan hasilnya", "Finish, with an outcome"), c.Finish, *_HAND
    ),
    _command(f"{_LEG}/park", "park", Words("Sisihkan", "Put aside"), c.Park, *_HAND),
    _command(
        f"{_LEG}/resume",
        "resume",
        Words("Lanjutkan yang disisihkan", "Take up again"),
        c.Resume,
        E.COUNTER_BUSY,
        E.NOT_IN_PROFILE,
        *_CALL,
        E.UNKNOWN_VISIT,
    ),
    _command(
        f"{_LEG}/transfer",
        "transfer",
        Words("Teruskan ke layanan lain", "Send on to another service"),
        c.Transfer,
        *_HAND,
        *_SERVICE,
    ),
    _command(
        f"{_LEG}/add-stop",
        "add_stop",
        Words("Tambah layanan pada nomor yang sama", "A further service on the same number"),
        c.AddStop,
        E.ALREADY_CHOSEN,
        E.TOO_MANY_STOPS,
        *_HAND,
        *_SERVICE,
    ),
    _command(
        f"{_LEG}/mark-missed",
        "mark_missed",
        Words("Dipanggil, tidak datang", "Called, did not come"),
        c.MarkMissed,
        E.TOO_SOON,
        *_HAND,
    ),
    _command(
        f"{_LEG}/return",
        "return_to_line",
        Words("Kembalikan ke antrean", "Put back into the line"),
        c.Return,
        E.NOT_IN_PROFILE,
        *_HAND,
    ),
    _command(
        f"{_AT}/visits/{{visit}}/cancel",
        "cancel",
        Words("Batalkan kunjungan, dengan alasan", "Cancel a visit, with a reason"),
        c.Cancel,
        E.UNKNOWN_VISIT,
        E.WRONG_STATE,
        E.VISIT_IN_HAND,
    ),
)
