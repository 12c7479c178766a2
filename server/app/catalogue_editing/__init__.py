"""Editing the catalogue piece by piece: the TOML text stays the one truth, with its comments and its order."""
