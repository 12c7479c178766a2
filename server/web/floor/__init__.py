"""The floor: what a supervisor sees of the hall right now, and what they may do about it."""
