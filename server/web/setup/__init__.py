"""The first hours of a server: pages that make a hall out of nothing, behind a code from its console."""
