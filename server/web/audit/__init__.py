"""The record: who decided what (the audit log), and everything that happened to one number."""
