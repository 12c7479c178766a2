"""Reporting: a process of its own that reads, adds up and draws reports, so that no lobby waits for one."""
