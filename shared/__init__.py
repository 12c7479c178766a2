"""What both sides of the wire share: words, messages, the session, and the look of the three programs."""
