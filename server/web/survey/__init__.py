"""Asking: the nine questions on a visitor's own phone, the quick rating, and the page behind a counter's code."""
