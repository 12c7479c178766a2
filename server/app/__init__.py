"""What the server does with a request. Synchronous; knows no socket, no database."""
