"""The voice: from a call's slots to sound. Nothing here plays; `display.speaker` does."""
