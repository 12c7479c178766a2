"""The phone page: a visitor follows the own number at `/v/KEY`. Under 30 kB in all, no build step, no names."""
