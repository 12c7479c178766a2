"""The server: one lobby, one writer, one port."""
