"""Bookings: taking a place in a slot, giving it up, becoming a number at a kiosk. Rules: `server.domain.booking`."""
