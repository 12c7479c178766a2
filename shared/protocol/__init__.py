"""Every message between a program and the server, once. Speaks JSON; see docs/protocol.md."""
