"""What the three programs share of Qt: the link to the server, a list model, and how a program starts and ends."""
