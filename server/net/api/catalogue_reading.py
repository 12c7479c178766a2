"""The catalogue for another system: which versions were published, and the text of the newest."""

from __future__ import annotations

from server.app.api.results import CatalogueText, CatalogueVersion, CatalogueVersions
from server.app.catalogue_editing.ports import DraftStore
from server.net.api.operations import Call
from server.net.api.scoping import key_of, refuse_part
from server.net.gate import Gate


class CatalogueReading:
    def __init__(self, gate: Gate, drafts: DraftStore) -> None:
        self._gate = gate
        self._drafts = drafts

    async def versions(self, call: Call) -> CatalogueVersions:
        refuse_part(key_of(call))
        found = await self._gate.aside(self._drafts.versions)
        return CatalogueVersions(
            items=tuple(
                CatalogueVersion(
                    number=one.number,
                    published_at=one.published_at,
                    by=one.by,
                    note=one.note,
                    reverts_to=one.reverts_to,
                )
                for one in found
            )
        )

    async def newest(self, call: Call) -> CatalogueText:
        refuse_part(key_of(call))
        return await self._gate.aside(self._newest)

    def _newest(self) -> CatalogueText:
        """Raises StorageError."""
        number = self._drafts.newest_version()
        return CatalogueText(number=number, toml=self._drafts.text_of(number) or "")
