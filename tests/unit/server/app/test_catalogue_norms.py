"""How a catalogue file says when a supervisor is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.app.catalogue_file import check
from server.domain.breaches import norms_of
from server.domain.norms import Norms
from shared.vocabulary import AgencyId
from tests.support.small_catalogue import SMALL, changed, read

POLICE = 'short_name = "Polres"\nnorms = { idle_minutes = 0 }'


def test_what_the_file_leaves_out_is_usual() -> None:
    assert read(SMALL).site.norms == Norms()


def test_an_agency_has_other_norms_and_the_rest_is_the_sites() -> None:
    text = changed('hours = "office"\n', 'hours = "office"\nnorms = { wait_minutes = 45 }\n')
    catalogue = read(changed('short_name = "Polres"', POLICE, text))
    assert norms_of(catalogue, AgencyId("registry")) == Norms(wait=timedelta(minutes=45))
    police = norms_of(catalogue, AgencyId("police"))
    assert (police.wait, police.idle) == (timedelta(minutes=45), timedelta(0))


@pytest.mark.parametrize("norms", ["3", "{ wait_minutes = -1 }", "{ wait = 3 }", "{ wait_minutes = 481 }"])
def test_a_wrong_norm_is_a_mistake(norms: str) -> None:
    text = changed('short_name = "Polres"', f'short_name = "Polres"\nnorms = {norms}')
    assert len(check(text)) == len(check(SMALL)) + 1
