"""What each part of the counter's window shows, derived from the state and the server's clock. Pure."""
