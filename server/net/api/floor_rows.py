"""Rows of the table: the floor, and a supervisor's acts on it. Each act has a reason, which the audit log keeps."""

from __future__ import annotations

from collections.abc import Sequence

from server.app.api import resources as r
from server.net.api import queries as q
from server.net.api.floor_reading import FloorReading
from server.net.api.operations import Operation
from shared.protocol import steering as s
from shared.protocol.replies import Done
from shared.protocol.steering import Steered
from shared.vocabulary import ErrorCode as E
from shared.vocabulary import Words

_AT = "/floor/counters/{counter}"
_LEG = (E.UNKNOWN_VISIT, E.WRONG_STATE)
_VISIT = (*_LEG, E.VISIT_IN_HAND)
_SERVICE = (E.UNKNOWN_SERVICE, E.SERVICE_REMOVED)
_COUNTER = (E.UNKNOWN_COUNTER, E.WRONG_STATE)


def floor_rows(read: FloorReading) -> Sequence[Operation]:
    return (
        Operation(
            "GET",
            "/floor",
            "floor",
            Words("Lantai layanan: loket, antrean, perangkat, peringatan, pengumuman",
                  "The floor: counters, lines, devices, alerts, bulletins"),
            r.Floor,
            read.floor,
            query=q.OfAgency,
            refusals=(E.UNKNOWN_STREAM,),
        ),
        Operation(
            "GET",
            "/floor/lines/{service}",
            "floor_line",
            Words("Satu antrean: siapa menunggu, dan siapa di luar antrean",
                  "One line: who waits, and who is at a counter, put aside or was missed"),
            r.FloorLine,
            read.line,
            refusals=(E.UNKNOWN_SERVICE,),
        ),
    )  # fmt: skip


def _act(path: str, name: str, says: Words, command: type[Steered], *refusals: E) -> Operation:
    return Operation("POST", path, name, says, Done, command=command, refusals=refusals)


ACTS: Sequence[Operation] = (
    _act(
        "/floor/legs/{leg}/move",
        "move_visit",
        Words("Pindahkan ke antrean atau loket lain", "Move to another line, or to one counter"),
        s.MoveVisit,
        *_VISIT,
        *_SERVICE,
        E.UNKNOWN_COUNTER,
        E.ALREADY_CHOSEN,
        E.NOT_IN_PROFILE,
    ),
    _act(
        "/floor/legs/{leg}/reopen",
        "reopen",
        Words("Buka kembali kunjungan yang terlewat", "Put a missed visit back into its line"),
        s.Reopen,
        *_LEG,
    ),
    _act(
        "/floor/visits/{visit}/call-off",
        "call_off",
        Words("Batalkan kunjungan", "Call a visit off"),
        s.CallOff,
        *_VISIT,
    ),
    _act(
        "/floor/visits/{visit}/reprioritise",
        "reprioritise",
        Words("Perbaiki prioritas", "Correct the priority"),
        s.Reprioritise,
        *_LEG,
    ),
    _act(
        "/floor/services/{service}/close",
        "close_service",
        Words("Tutup layanan untuk hari ini", "Close a service for today"),
        s.CloseService,
        *_SERVICE,
        E.WRONG_STATE,
    ),
    _act(
        "/floor/services/{service}/open",
        "open_service",
        Words("Buka kembali layanan yang ditutup", "Take the closing of a service back"),
        s.OpenService,
        *_SERVICE,
        E.WRONG_STATE,
    ),
    _act(
        f"{_AT}/stand",
        "stand_counter",
        Words("Buka, istirahatkan, atau tutup loket dari jauh", "Open, pause or close a counter from afar"),
        s.StandCounter,
        *_COUNTER,
        E.COUNTER_BUSY,
        E.REASON_NEEDED,
    ),
    _act(
        f"{_AT}/announce-pause",
        "announce_counter_pause",
        Words("Umumkan istirahat suatu loket", "Announce a counter's pause"),
        s.AnnounceCounterPause,
        *_COUNTER,
    ),
    _act(
        f"{_AT}/call-off-pause",
        "call_off_counter_pause",
        Words("Batalkan istirahat loket yang diumumkan", "Call a counter's announced pause off"),
        s.CallOffCounterPause,
        *_COUNTER,
    ),
    _act(
        "/floor/bulletins",
        "give_bulletin",
        Words("Umumkan teks dengan suara dan teks berjalan", "Announce a text by voice and in the running text"),
        s.GiveBulletin,
        E.WRONG_STATE,
    ),
    _act(
        "/floor/bulletins/{bulletin}/end",
        "end_bulletin",
        Words("Tarik pengumuman", "Take a bulletin back"),
        s.EndBulletin,
        E.WRONG_STATE,
    ),
    _act(
        "/floor/alerts/{alert}/acknowledge",
        "acknowledge_alert",
        Words("Tandai peringatan sudah diketahui", "Say that somebody has seen an alert"),
        s.AcknowledgeAlert,
        E.WRONG_STATE,
    ),
    _act(
        "/floor/close-day",
        "close_day",
        Words("Tutup hari satu instansi, atau seluruh gedung", "End the day of an agency, or of the whole hall"),
        s.CloseDay,
        E.WRONG_STATE,
    ),
)
