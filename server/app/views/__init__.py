"""Views: pure functions from the lobby and the hall to the tables that streams carry. One module per family."""
