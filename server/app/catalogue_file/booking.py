"""The `booking` table of a service: it may be booked, in slots of so many minutes."""

from __future__ import annotations

from server.app.catalogue_file.fields import Fields, kind_of
from server.app.catalogue_file.mistakes import Code
from server.domain.booking_slots import MINUTE, BookingRules
from server.domain.calling_order import CallingOrder

SHORTEST_SLOT, LONGEST_SLOT = 5, 480  # minutes
MOST_PLACES = 200
FARTHEST, USUAL_AHEAD = 90, 14  # days
EARLIEST = 480  # minutes before the slot
LATEST = 120  # minutes after its beginning


def read_booking(fields: Fields, order: CallingOrder) -> BookingRules | None:
    """None: the service is not booked. `order`: its agency's, or the site's, for what it leaves out."""
    if not fields.has("booking"):
        return None
    table = fields.table["booking"]
    if not isinstance(table, dict):
        fields.error("booking", Code.WRONG_TYPE, f"booking: a table is expected, not {kind_of(table)}")
        return None
    inner = Fields(table, (*fields.path, "booking"), fields.findings, f"{fields.label}, booking", fields.languages)
    rules = BookingRules(
        slot=inner.number("slot_minutes", SHORTEST_SLOT, LONGEST_SLOT) * MINUTE,
        per_slot=inner.number("per_slot", 1, MOST_PLACES),
        days_ahead=inner.number("days_ahead", 0, FARTHEST, default=USUAL_AHEAD),
        check_in_before=inner.number("check_in_before", 0, EARLIEST, default=order.check_in_before // MINUTE) * MINUTE,
        grace=inner.number("grace", 0, LATEST) * MINUTE if inner.has("grace") else None,
    )
    inner.done()
    return rules
