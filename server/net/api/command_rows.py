"""Rows of the table: what another system asks for, as a kiosk, a phone or an officer at a counter does."""

from __future__ import annotations

from collections.abc import Sequence

from server.app.api.keys import ApiKey
from server.net.api.operations import AT_COUNTER, Operation
from shared.protocol import commands as c
from shared.protocol.commands import Command
from shared.protocol.replies import Booked, Called, Done, Issued, SignedIn
from shared.vocabulary import ErrorCode as E
from shared.vocabulary import Words

_LEG = f"{AT_COUNTER}/legs/{{leg}}"
_HAND = (E.UNKNOWN_VISIT, E.UNKNOWN_COUNTER, E.HAND_MISMATCH, E.WRONG_STATE)
_CALL = (E.UNKNOWN_COUNTER, E.COUNTER_NOT_OPEN, E.HAND_MISMATCH, E.WRONG_STATE)
_ISSUE = (E.UNKNOWN_SERVICE, E.SERVICE_CLOSED, E.SERVICE_REMOVED, E.QUOTA_REACHED, E.ALREADY_CHOSEN, E.TOO_MANY_STOPS)
_BOOK = (E.NOT_BOOKABLE, E.UNKNOWN_SLOT, E.SLOT_FULL)
_BOOKING = (E.UNKNOWN_BOOKING, E.BOOKING_USED, E.BOOKING_OVER)
_SERVICE = (E.UNKNOWN_SERVICE, E.SERVICE_REMOVED)

_NOT_LOOKED_AT = "0000"  # a PIN as the protocol wants one


def _command(path: str, name: str, says: Words, command: type[Command], *refusals: E, answer: type = Done) -> Operation:
    return Operation("POST", path, name, says, answer, command=command, refusals=refusals)


def _seat_of(key: ApiKey) -> dict[str, str]:
    """The key stands in the place of the PIN."""
    return {"officer": key.officer or "", "counter": key.counter or "", "pin": _NOT_LOOKED_AT}


COMMANDS: Sequence[Operation] = (
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
        Words("Yang memesan sudah di gedung: beri nomor", "Who booked is in the hall: give the number"),
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
        f"{AT_COUNTER}/sign-in",
        "sign_in",
        Words("Petugas kunci ini menempati loketnya", "The key's officer takes the key's counter"),
        SignedIn,
        command=c.SignIn,
        from_key=_seat_of,
        refusals=(E.COUNTER_TAKEN, E.WRONG_PIN, E.UNKNOWN_COUNTER),
    ),
    _command(
        f"{AT_COUNTER}/sign-out", "sign_out", Words("Tinggalkan loket", "Leave the counter"), c.SignOut, E.COUNTER_BUSY
    ),
    _command(
        f"{AT_COUNTER}/open", "open_counter", Words("Buka loket", "Open the counter"), c.OpenCounter, E.WRONG_STATE
    ),
    _command(
        f"{AT_COUNTER}/pause",
        "pause_counter",
        Words("Istirahatkan loket", "Pause the counter"),
        c.PauseCounter,
        E.COUNTER_NOT_OPEN,
        E.COUNTER_BUSY,
    ),
    _command(
        f"{AT_COUNTER}/announce-pause",
        "announce_pause",
        Words("Umumkan istirahat loket", "Announce a pause of the counter"),
        c.AnnouncePause,
        E.WRONG_STATE,
    ),
    _command(
        f"{AT_COUNTER}/call-off-pause",
        "call_off_pause",
        Words("Batalkan istirahat yang diumumkan", "Call the announced pause off"),
        c.CallOffPause,
        E.WRONG_STATE,
    ),
    _command(
        f"{AT_COUNTER}/close",
        "close_counter",
        Words("Tutup loket", "Close the counter"),
        c.CloseCounter,
        E.WRONG_STATE,
        E.COUNTER_BUSY,
    ),
    _command(
        f"{AT_COUNTER}/call-next",
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
        f"{AT_COUNTER}/visits/{{visit}}/cancel",
        "cancel",
        Words("Batalkan kunjungan, dengan alasan", "Cancel a visit, with a reason"),
        c.Cancel,
        E.UNKNOWN_VISIT,
        E.WRONG_STATE,
        E.VISIT_IN_HAND,
    ),
)
