"""The database: the only package that knows SQLAlchemy. `open_store(url)` gives the ports of `server.app.ports`."""

from server.db.store import Store, open_beside, open_store

__all__ = ["Store", "open_beside", "open_store"]
