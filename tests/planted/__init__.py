"""Planted bugs: a test that cannot fail proves nothing. Each bug is put into a copy of the tree; its test must fail."""
