"""A list model whose rows have keys: a new list is turned into the fewest moves, so that a view does not flicker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex

Row = Mapping[str, Any]
_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_DISPLAY_ROLE, _USER_ROLE = 0, 0x100  # Qt's own; its namespace makes 120 enumerations, and a first frame waits for them


class KeyedListModel(QAbstractListModel):
    """Rows are mappings with the same fields; one field, `key`, is unique. In QML the roles are the fields."""

    def __init__(self, key: str, fields: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._fields = tuple(fields)
        self._rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Make the model equal to `rows` by removals, insertions, moves and changes of single rows."""
        wanted = {row[self._key] for row in rows}
        for at in range(len(self._rows) - 1, -1, -1):
            if self._rows[at][self._key] not in wanted:
                self.beginRemoveRows(_NOWHERE, at, at)
                del self._rows[at]
                self.endRemoveRows()
        for at, row in enumerate(rows):
            self._place(at, row)

    def _place(self, at: int, row: Row) -> None:
        key = row[self._key]
        if at >= len(self._rows) or self._rows[at][self._key] != key:
            found = next((i for i in range(at + 1, len(self._rows)) if self._rows[i][self._key] == key), None)
            if found is None:
                self.beginInsertRows(_NOWHERE, at, at)
                self._rows.insert(at, row)
                self.endInsertRows()
                return
            self.beginMoveRows(_NOWHERE, found, found, _NOWHERE, at)
            self._rows.insert(at, self._rows.pop(found))
            self.endMoveRows()
        if self._rows[at] != row:
            self._rows[at] = row
            index = self.index(at)
            self.dataChanged.emit(index, index)

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:  # noqa: N802  (Qt's name)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _AnyIndex, role: int = _DISPLAY_ROLE) -> Any:
        field = role - _USER_ROLE
        if not index.isValid() or not 0 <= field < len(self._fields):
            return None
        return self._rows[index.row()][self._fields[field]]

    def roleNames(self) -> dict[int, QByteArray]:  # noqa: N802  (Qt's name)
        return {_USER_ROLE + number: QByteArray(field.encode()) for number, field in enumerate(self._fields)}
