"""Who may give whom a PIN: an administrator everybody, a head the own agency's officers and nobody above them."""

from __future__ import annotations

import pytest

from server.app.catalogue_editing.rights import Editor, may_give_pin
from server.domain.catalogue import Officer
from shared.vocabulary import AgencyId, OfficerId, Role

OWN, OTHER = AgencyId("police"), AgencyId("registry")


@pytest.mark.parametrize(
    ("role", "agency", "may"),
    [
        (Role.OFFICER, OWN, True),
        (Role.OFFICER, OTHER, False),
        (Role.OFFICER, None, False),
        (Role.AGENCY_HEAD, OWN, False),
        (Role.SUPERVISOR, OWN, False),
        (Role.ADMINISTRATOR, None, False),
    ],
)
def test_a_head_gives_pins_to_the_own_officers_alone(role: Role, agency: AgencyId | None, may: bool) -> None:
    officer = Officer(OfficerId("someone"), "Someone", role, agency)
    assert may_give_pin(Editor("chief", Role.AGENCY_HEAD, OWN), officer) is may
    assert may_give_pin(Editor("boss", Role.ADMINISTRATOR), officer)
    assert not may_give_pin(Editor("chief", Role.AGENCY_HEAD, None), officer), "the head of none"
