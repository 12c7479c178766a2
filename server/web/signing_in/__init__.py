"""Signing in to the pages, signing out, and the own password."""
