"""What the database tests share: a lobby read again, a reply, and SQL on a store's own connection."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text

from server.app.days import restored
from server.app.ports import StoredReply
from server.db import Store
from server.db.address import parse_address
from server.db.engine import writing_engine
from server.domain.lobby import Lobby
from shared.vocabulary import RequestId
from tests.support.builders import NINE


def reloaded(store: Store, lobby: Lobby) -> Lobby:
    """The lobby that a server started now would have."""
    return restored(store.lobbies.read_lobby(lobby.service_date), lobby.catalogue, rule=lobby.rule)


def a_reply(request: str, at: datetime = NINE) -> StoredReply:
    return StoredReply(RequestId(request), "kiosk-1", b"\x00" * 32, b"{}", at)


def run_sql(url: str, statement: str) -> None:
    """As somebody with a database tool would, beside the program."""
    engine = writing_engine(parse_address(url))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
