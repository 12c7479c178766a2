"""The booking pages: choose a service, a day and a slot; keep, change or give up the place by one link."""
